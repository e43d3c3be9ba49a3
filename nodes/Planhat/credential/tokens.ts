import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { CredentialType } from './authentication';
import type { CredentialProblem } from './credentialError';

/** A token of the credential. */
export type TokenField = 'apiToken' | 'tenantToken';

const missing: Record<TokenField, CredentialProblem> = {
	apiToken: {
		message: 'The Planhat credential has no API token',
		description:
			"Enter 'API Token' in the credential. It comes from a Private App in Planhat, under Settings > App Center.",
	},
	tenantToken: {
		message: 'The Planhat credential has no tenant token',
		description:
			"Enter 'Tenant Token' in the credential: metrics and user activities require it. Find it in Planhat under Settings > Developer module > Tokens.",
	},
};

const labels: Record<TokenField, string> = { apiToken: 'API Token', tenantToken: 'Tenant Token' };

/** What is copied along from examples of requests. */
const schemeWords = /^(?:authorization:\s*)?(?:(?:bearer|basic)(?:\s+|$))+/i;

/**
 * Parses a token as people paste it: blanks around it and the word Bearer or Basic before it are left out.
 * @returns the token, blank where there is none
 */
export function parseToken(given: unknown): string {
	return typeof given === 'string' || typeof given === 'number' ? String(given).trim().replace(schemeWords, '') : '';
}

/** What is wrong with a token. */
export function tokenProblem(field: TokenField, given: unknown): CredentialProblem | undefined {
	const token = parseToken(given);
	if (token === '') return missing[field];
	if (!/[^!-~]/.test(token)) return undefined;
	const what = /\s/.test(token) ? 'a space or a line break' : 'a character that tokens do not have';
	return {
		message: `'${labels[field]}' in the Planhat credential holds ${what}`,
		description: 'Copy the token from Planhat again, without anything before or after it.',
	};
}

/** The token for the API: the one that a person entered, or the one that n8n was given for the connection. */
export function bearerOf(type: CredentialType, { apiToken, oauthTokenData }: ICredentialDataDecryptedObject): string {
	if (type === 'planhatApi') return parseToken(apiToken);
	const data = typeof oauthTokenData === 'object' && oauthTokenData !== null ? oauthTokenData : {};
	return parseToken('access_token' in data ? data.access_token : '');
}

/** Why the API cannot be asked with a credential. */
export function bearerProblem(
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
): CredentialProblem | undefined {
	if (type === 'planhatApi') return tokenProblem('apiToken', credentials.apiToken);
	if (bearerOf(type, credentials) !== '') return undefined;
	return {
		message: 'The Planhat OAuth2 credential is not connected',
		description: 'Open the credential in n8n and connect it.',
	};
}

/** Whether a text has the form of a tenant token: a UUID (Planhat's documents, "Metrics"). */
export function isTenantToken(token: string): boolean {
	return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(token);
}

/**
 * Tells tokens apart without holding one in memory. However a token was pasted, it is the same.
 * @param scope where it is a token, such as an address
 */
export function tokenHash(scope: string, token: unknown): string {
	return createHash('sha256')
		.update(`${scope} ${parseToken(token)}`)
		.digest('hex');
}
