import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { readSettings, tenantTokenPlaceholder, tidyAddress } from './settings';

function originOf(address: string): string | undefined {
	return URL.canParse(address) ? new URL(address).origin : undefined;
}

function token(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** n8n's HTTP Request node, too, may use the credential. It has the address under the name that an older library wants. */
type Addressed = IHttpRequestOptions & { uri?: string };

/** The transport asks for the token before it sends, so that this is what the test of the credential says. */
const noApiToken =
	'There is no API token to test. Planhat Trigger needs only the webhook secret, metrics and user activities only the tenant token: for those, this credential is saved and ready. All else needs an API token.';

/**
 * Adds to a request what its host asks for, and nothing to requests for any other host: the API token as Bearer on the
 * API host; on the analytics host the tenant token in the place that the path leaves for it, or as Basic for Segment
 * (Planhat's documents, "Authentication", "Metrics", "User activities").
 * @param credentials the decrypted credential `planhatApi`
 * @param requestOptions the request as n8n is about to send it; it is not changed
 * @returns the request to send
 * @throws Error for the API host without an API token
 */
export function authenticatePlanhat(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	const settings = readSettings(credentials);
	const { uri, url = uri ?? '', baseURL }: Partial<Addressed> = requestOptions;
	const base = tidyAddress(baseURL, settings.baseUrl);
	const address = /^https?:\/\//i.test(url) ? url : `${base}/${url.replace(/^\/+/, '')}`;
	const { origin, pathname } = new URL(address);
	const request = { ...requestOptions, baseURL: undefined, url: address, ...(uri !== undefined && { uri: address }) };
	const onAnalytics = origin === originOf(settings.analyticsUrl);

	if (onAnalytics && address.includes(tenantTokenPlaceholder)) {
		const tenantToken = encodeURIComponent(token(credentials.tenantToken));
		return { ...request, url: address.replace(tenantTokenPlaceholder, tenantToken) };
	}
	if (onAnalytics && pathname.endsWith('/dock/segment')) {
		const basic = Buffer.from(`${token(credentials.tenantToken)}:`).toString('base64');
		return { ...request, headers: { ...request.headers, Authorization: `Basic ${basic}` } };
	}
	if (origin === originOf(settings.baseUrl)) {
		if (token(credentials.apiToken) === '') throw new Error(noApiToken);
		return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token(credentials.apiToken)}` } };
	}
	return request;
}
