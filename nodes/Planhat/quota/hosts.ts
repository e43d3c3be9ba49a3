import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { CredentialProblem } from '../credential/credentialError';
import type { Settings } from '../credential/settings';
import { parseToken, tokenProblem } from '../credential/tokens';
import { clock } from './clock';
import { Limiter } from './limiter';

/** One limiter per host and token in this process, over all nodes and executions: Planhat counts per token. */
const limiters = new Map<string, Limiter>();

function limiterOf(address: string, token: unknown): Limiter {
	// As they go out: however the token was pasted, and whatever the path on the host.
	const key = createHash('sha256')
		.update(`${new URL(address).origin} ${parseToken(token)}`)
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
	missing?: CredentialProblem;
}

/** The API host: its quota is that of the credential. */
export function apiHost({ baseUrl, callsPerMinute }: Settings, { apiToken }: ICredentialDataDecryptedObject): Host {
	const limiter = limiterOf(baseUrl, apiToken);
	return { address: baseUrl, callsPerMinute, limiter, missing: tokenProblem('apiToken', apiToken) };
}

/** The analytics host, for metrics and activities. */
export function analyticsHost({ analyticsUrl }: Settings, { tenantToken }: ICredentialDataDecryptedObject): Host {
	const limiter = limiterOf(analyticsUrl, tenantToken);
	return { address: analyticsUrl, callsPerMinute: 0, limiter, missing: tokenProblem('tenantToken', tenantToken) };
}
