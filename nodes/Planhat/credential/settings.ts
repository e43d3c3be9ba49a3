import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { parseAddress } from './addresses';
import { CredentialError } from './credentialError';
import { defaultBaseUrl, readRegion } from './regions';

/** Metrics and activities go here from every region (Planhat's documents). */
export const defaultAnalyticsUrl = 'https://analytics.planhat.com';

/** Planhat's soft limit for each token (Planhat's documents, "Authentication & limits"). */
export const defaultCallsPerMinute = 200;

/** Stands in a path for the tenant token until `authenticatePlanhat` fills it in, so that no other code holds the token. */
export const tenantTokenPlaceholder = '{tenantToken}';

/** Where the tokens of a credential may go. */
export interface Addresses {
	/** Address of the API, without a slash at the end. */
	baseUrl: string;
	/** Address for metrics and activities, without a slash at the end. */
	analyticsUrl: string;
}

/** What a run needs to know of the credential. It holds no token. */
export interface Settings extends Addresses {
	/** Calls per minute; 0 means no pacing. */
	callsPerMinute: number;
	/** Whether everything that writes is refused. */
	readOnly: boolean;
}

/** An expression may give a text in place of a switch. */
function switchText(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLowerCase();
}

/** Whether the credential is for reading alone. What is not clearly off protects. */
export function isReadOnly({ readOnly }: ICredentialDataDecryptedObject): boolean {
	return !['', 'false', '0', 'no', 'off'].includes(switchText(readOnly));
}

/**
 * Reads the addresses from the credential: that of its region, else the one that it holds; with defaults where a field is
 * blank.
 * @throws CredentialError for an address that cannot or may not be used, and for a region that is not known
 */
export function readAddresses(credentials: ICredentialDataDecryptedObject): Addresses {
	const allowHttp = switchText(credentials.allowHttp) === 'true';
	return {
		baseUrl:
			readRegion(credentials.region) ??
			parseAddress(credentials.baseUrl, { label: 'Base URL', fallback: defaultBaseUrl }, allowHttp),
		analyticsUrl: parseAddress(
			credentials.analyticsUrl,
			{ label: 'Analytics URL', fallback: defaultAnalyticsUrl },
			allowHttp,
		),
	};
}

function readCallsPerMinute(given: unknown): number {
	const value = typeof given === 'string' ? given.trim() : (given ?? '');
	if (value === '') return defaultCallsPerMinute;
	if (typeof value !== 'object' && /^\d+$/.test(String(value))) return Number(value);
	throw new CredentialError({
		message: "'Calls per Minute' in the Planhat credential is not a whole number from 0",
		description: `Enter a number such as ${defaultCallsPerMinute}, which is Planhat's own limit, or 0 for no pacing.`,
	});
}

/**
 * Reads hosts and pace from the credential, with defaults where a field is blank.
 * @throws CredentialError for an address or a pace that cannot be used
 */
export function readSettings(credentials: ICredentialDataDecryptedObject): Settings {
	return {
		...readAddresses(credentials),
		callsPerMinute: readCallsPerMinute(credentials.callsPerMinute),
		readOnly: isReadOnly(credentials),
	};
}
