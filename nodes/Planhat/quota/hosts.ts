import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { CredentialProblem } from '../credential/credentialError';
import type { Settings } from '../credential/settings';
import { tokenHash, tokenProblem } from '../credential/tokens';
import { clock } from './clock';
import { Health } from './health';
import { Limiter } from './limiter';

/** One limiter per host and token in this process, over all nodes and executions: Planhat counts per token. */
const limiters = new Map<string, Limiter>();

function limiterOf(address: string, token: unknown): Limiter {
	// As they go out: however the token was pasted, and whatever the path on the host.
	const key = tokenHash(new URL(address).origin, token);
	const limiter = limiters.get(key) ?? new Limiter(clock);
	limiters.set(key, limiter);
	return limiter;
}

/** One view of each host in this process, whoever asks it. */
const healths = new Map<string, Health>();

/**
 * @param address of a host, with whatever path
 */
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
	limiter: Limiter;
	health: Health;
	/** What the credential lacks to use it. */
	missing?: CredentialProblem;
}

/** The API host: its quota is that of the credential. */
export function apiHost({ baseUrl, callsPerMinute }: Settings, { apiToken }: ICredentialDataDecryptedObject): Host {
	const limiter = limiterOf(baseUrl, apiToken);
	const health = healthOf(baseUrl);
	return { address: baseUrl, callsPerMinute, limiter, health, missing: tokenProblem('apiToken', apiToken) };
}

/** The analytics host, for metrics and activities. */
export function analyticsHost({ analyticsUrl }: Settings, { tenantToken }: ICredentialDataDecryptedObject): Host {
	const limiter = limiterOf(analyticsUrl, tenantToken);
	const health = healthOf(analyticsUrl);
	return {
		address: analyticsUrl,
		callsPerMinute: 0,
		limiter,
		health,
		missing: tokenProblem('tenantToken', tenantToken),
	};
}
