import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { clock } from './clock';
import { Limiter } from './limiter';
import type { Settings } from './settings';

/** One limiter per host and token in this process, over all nodes and executions: Planhat counts per token. */
const limiters = new Map<string, Limiter>();

function limiterOf(address: string, token: unknown): Limiter {
	// As they go out: `authenticatePlanhat` takes blanks off a token, and a host is the same in capitals.
	const key = createHash('sha256')
		.update(`${new URL(address).origin} ${String(token).trim()}`)
		.digest('hex');
	const limiter = limiters.get(key) ?? new Limiter(clock);
	limiters.set(key, limiter);
	return limiter;
}

/** A host of Planhat's, as a run sees it. */
export interface Host {
	address: string;
	/** 0 on the analytics host, for which Planhat states no quota. */
	callsPerMinute: number;
	limiter: Limiter;
	/** What the credential lacks to use it. */
	lacks?: { message: string; description: string };
}

/** The API host: its quota is that of the credential. */
export function apiHost({ baseUrl, callsPerMinute }: Settings, { apiToken }: ICredentialDataDecryptedObject): Host {
	const lacks = {
		message: 'The Planhat credential has no API token',
		description:
			"Fill in 'API Token' in the credential. It comes from a Private App in Planhat, under Settings > App Center.",
	};
	const limiter = limiterOf(baseUrl, apiToken);
	return { address: baseUrl, callsPerMinute, limiter, ...(isBlank(apiToken) && { lacks }) };
}

/** The analytics host, for metrics and activities. */
export function analyticsHost({ analyticsUrl }: Settings, { tenantToken }: ICredentialDataDecryptedObject): Host {
	const lacks = {
		message: 'The Planhat credential has no tenant token',
		description:
			"Fill in 'Tenant Token' in the credential: metrics and user activities need it. It stands in Planhat under Settings > Developer module > Tokens.",
	};
	const limiter = limiterOf(analyticsUrl, tenantToken);
	return { address: analyticsUrl, callsPerMinute: 0, limiter, ...(isBlank(tenantToken) && { lacks }) };
}

function isBlank(token: unknown): boolean {
	return String(token ?? '').trim() === '';
}
