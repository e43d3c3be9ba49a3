import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The only main host that Planhat's current documents name. */
export const defaultBaseUrl = 'https://api.planhat.com';

/** Metrics and activities go here from every region (Planhat's documents). */
export const defaultAnalyticsUrl = 'https://analytics.planhat.com';

/** Planhat's soft limit for each token (Planhat's documents, "Authentication & limits"). */
export const defaultCallsPerMinute = 200;

/** Stands in a path for the tenant token until `authenticatePlanhat` fills it in, so that no other code holds the token. */
export const tenantTokenPlaceholder = '{tenantToken}';

/** What a run needs to know of the credential. It holds no token. */
export interface Settings {
	/** Address of the API, without a slash at the end. */
	baseUrl: string;
	/** Address for metrics and activities, without a slash at the end. */
	analyticsUrl: string;
	/** Calls per minute; 0 means no pacing. */
	callsPerMinute: number;
	/** Whether everything that writes is refused. */
	readOnly: boolean;
}

/**
 * Tidies an address as people type it: no blanks around it, no slash at the end, `https://` where it has no scheme.
 * @returns the address, or `fallback` for a blank one
 */
export function tidyAddress(value: unknown, fallback: string): string {
	const text = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
	if (text === '') return fallback;
	return /^https?:\/\//i.test(text) ? text : `https://${text}`;
}

/**
 * Reads hosts and pace from the credential, with defaults where a field is blank.
 * @param credentials the decrypted credential `planhatApi`
 */
export function readSettings(credentials: ICredentialDataDecryptedObject): Settings {
	const given = String(credentials.callsPerMinute ?? '').trim();
	const callsPerMinute = given === '' ? defaultCallsPerMinute : Number(given);
	return {
		baseUrl: tidyAddress(credentials.baseUrl, defaultBaseUrl),
		analyticsUrl: tidyAddress(credentials.analyticsUrl, defaultAnalyticsUrl),
		callsPerMinute: callsPerMinute >= 0 ? callsPerMinute : defaultCallsPerMinute,
		readOnly: credentials.readOnly === true,
	};
}
