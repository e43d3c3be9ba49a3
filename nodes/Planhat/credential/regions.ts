import { CredentialError } from './credentialError';

/** The only main host that Planhat's current documents name. */
export const defaultBaseUrl = 'https://api.planhat.com';

/** One of Planhat's installations, each with an API of its own. */
export interface Region {
	/** Value of the credential's field `region`. */
	value: string;
	name: string;
	description?: string;
	/** Address of its API; none where the field `baseUrl` holds it. */
	address?: string;
}

/** What a credential without a region has: those from before there were regions hold an address alone. */
export const defaultRegion = 'default';

export const customRegion = 'custom';

const numbered = ['eu', 'eu2', 'eu3', 'us1', 'us2', 'us3', 'us4'];

/** The regions that are named anywhere; no source holds a complete list (reference, "Hosts and regions"). */
export const regions: readonly Region[] = [
	{ value: defaultRegion, name: 'Default (api.planhat.com)', description: 'For Planhat at ws.planhat.com' },
	...numbered.map((value) => ({
		value,
		name: `${value.toUpperCase()} (api-${value}.planhat.com)`,
		address: `https://api-${value}.planhat.com`,
	})),
	{
		value: 'demo',
		name: 'Demo (api.planhatdemo.com)',
		description: "Planhat's demo environment",
		address: 'https://api.planhatdemo.com',
	},
	{ value: customRegion, name: 'Custom', description: "Any other address: enter it in 'Base URL'" },
];

/**
 * Reads which region a credential names. Case does not count: an expression may give it.
 * @returns the address of its API; undefined where the field `baseUrl` holds it
 * @throws CredentialError for a region that is not known
 */
export function readRegion(given: unknown): string | undefined {
	const value = typeof given === 'string' ? given.trim().toLowerCase() : (given ?? '');
	if (value === '') return undefined;
	const region = regions.find((known) => known.value === value);
	if (region !== undefined) return region.address;
	throw new CredentialError({
		message: "'Region' in the Planhat credential is not a known region",
		description: `Choose one from its list, or Custom and enter the address in 'Base URL'. Expressions take ${regions.map((known) => known.value).join(', ')}.`,
	});
}
