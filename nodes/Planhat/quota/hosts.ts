import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { CredentialType } from '../credential/authentication';
import type { CredentialProblem } from '../credential/credentialError';
import type { Settings } from '../credential/settings';
import { bearerOf, bearerProblem, tokenHash, tokenProblem } from '../credential/tokens';
import { clock } from './clock';
import { Health } from './health';
import { Limiter } from './limiter';

/** One limiter per token in this process, over all nodes and executions: Planhat counts per token, at whatever address. */
const limiters = new Map<string, Limiter>();

/** One that is idle knows nothing that a new one would not, so that it is forgotten when another token comes. */
function limiterOf(key: string): Limiter {
	const known = limiters.get(key);
	if (known !== undefined) return known;
	for (const [other, { isIdle }] of limiters) if (isIdle) limiters.delete(other);
	const limiter = new Limiter(clock);
	limiters.set(key, limiter);
	return limiter;
}

/** One view of each host in this process, whoever asks it. */
const healths = new Map<string, Health>();

export function healthOf(address: string): Health {
	const { origin } = new URL(address);
	const health = healths.get(origin) ?? new Health(clock);
	healths.set(origin, health);
	return health;
}

/** A host of Planhat's, as a run sees it. */
export interface Host {
	address: string;
	/** 0 on the analytics host, for which Planhat states no quota. */
	callsPerMinute: number;
	/** Looked up for each request, since a run may last longer than an idle limiter. */
	readonly limiter: Limiter;
	health: Health;
	/** What the credential lacks to use it. */
	missing?: CredentialProblem;
}

/** Whose quota it is. A connection of OAuth2 keeps its own when n8n renews its token (assumption oauth-quota). */
export interface QuotaOwner {
	type: CredentialType;
	/** n8n's ID of the credential. */
	id?: string;
}

/** The API host: its quota is that of the credential. */
export function apiHost(
	{ baseUrl, callsPerMinute }: Settings,
	credentials: ICredentialDataDecryptedObject,
	{ type, id }: QuotaOwner = { type: 'planhatApi' },
): Host {
	const key =
		type === 'planhatApi'
			? tokenHash('api', bearerOf(type, credentials))
			: tokenHash(`connection ${id ?? ''}`, credentials.clientId);
	const health = healthOf(baseUrl);
	return {
		address: baseUrl,
		callsPerMinute,
		get limiter() {
			return limiterOf(key);
		},
		health,
		missing: bearerProblem(type, credentials),
	};
}

/** Where an automation is started: the pace is that of the credential, the quota its own. */
export function automationHost(origin: string, callsPerMinute: number): Host {
	return {
		address: origin,
		callsPerMinute,
		get limiter() {
			return limiterOf(tokenHash('automation', origin));
		},
		health: healthOf(origin),
	};
}

/** The analytics host, for metrics and activities. */
export function analyticsHost({ analyticsUrl }: Settings, { tenantToken }: ICredentialDataDecryptedObject): Host {
	const key = tokenHash('analytics', tenantToken);
	const health = healthOf(analyticsUrl);
	return {
		address: analyticsUrl,
		callsPerMinute: 0,
		get limiter() {
			return limiterOf(key);
		},
		health,
		missing: tokenProblem('tenantToken', tenantToken),
	};
}
