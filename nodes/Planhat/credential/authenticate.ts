import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { isBelow, parseUrl, withScheme } from './addresses';
import type { CredentialType } from './authentication';
import { CredentialError } from './credentialError';
import { isReadOnly, readAddresses, tenantTokenPlaceholder } from './settings';
import { bearerOf, bearerProblem, parseToken, tokenProblem } from './tokens';

/**
 * What n8n's helpers, new and old, know of addresses and redirects. n8n's HTTP Request node, which may use the credential
 * too, calls the old one: it gives the address as `uri`.
 */
type HelperOptions = IHttpRequestOptions & { uri?: string; followRedirect?: boolean; followAllRedirects?: boolean };

/**
 * A redirect takes token, headers and body to where the answer says, in older versions of n8n to any host. Planhat
 * documents none, and one on the same host may lead out of the path that the token is for: so none is followed.
 */
const followsNoRedirect: Partial<HelperOptions> = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
};

function requireReading(method: string): void {
	if (/^(?:GET|HEAD)$/i.test(method)) return;
	throw new CredentialError({
		message: `The Planhat credential is read only, and ${method.toUpperCase()} may change data`,
		description: "Use GET, choose another credential, or turn off 'Read Only' in this one.",
	});
}

function tenantTokenOf({ tenantToken }: ICredentialDataDecryptedObject): string {
	const problem = tokenProblem('tenantToken', tenantToken);
	if (problem) throw new CredentialError(problem);
	return parseToken(tenantToken);
}

function requireBearer(type: CredentialType, credentials: ICredentialDataDecryptedObject): string {
	const problem = bearerProblem(type, credentials);
	if (problem) throw new CredentialError(problem);
	return bearerOf(type, credentials);
}

function addressOf({ uri, url = uri ?? '', baseURL }: Partial<HelperOptions>, baseUrl: string): string {
	if (/^https?:\/\//i.test(url)) return url;
	const base = baseURL?.trim().replace(/\/+$/, '') ?? '';
	return `${base === '' ? baseUrl : withScheme(base)}/${url.replace(/^\/+/, '')}`;
}

/**
 * Adds to a request what its host asks for, and nothing to requests for any other host or path: the API token as Bearer
 * below the base URL; below the analytics URL the tenant token in the place that the path leaves for it, or as Basic for
 * Segment (Planhat's documents, "Authentication", "Metrics", "User activities"). A request with a token follows no redirect.
 * @param requestOptions the request as n8n is about to send it; it is not changed
 * @returns the request to send, to the address that was looked at
 * @throws CredentialError for a credential that cannot be used, and for a write with one that is read only
 */
export function authenticatePlanhat(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	type: CredentialType = 'planhatApi',
): IHttpRequestOptions {
	const { baseUrl, analyticsUrl } = readAddresses(credentials);
	if (isReadOnly(credentials)) requireReading(requestOptions.method || 'GET');
	const address = addressOf(requestOptions, baseUrl);
	const url = parseUrl(address);
	const sentTo = (target: string, more: Partial<HelperOptions> = {}): HelperOptions => ({
		...requestOptions,
		...more,
		baseURL: undefined,
		url: target,
		...('uri' in requestOptions && { uri: target }),
	});
	const withToken = (target: string, authorization?: string) =>
		sentTo(target, {
			...followsNoRedirect,
			...(authorization !== undefined && { headers: { ...requestOptions.headers, Authorization: authorization } }),
		});

	if (url === undefined) return sentTo(address);
	if (isBelow(url, analyticsUrl)) {
		const place = encodeURI(tenantTokenPlaceholder);
		if (url.pathname.includes(place)) {
			url.pathname = url.pathname.replace(place, () => encodeURIComponent(tenantTokenOf(credentials)));
			return withToken(url.href);
		}
		if (url.pathname.endsWith('/dock/segment')) {
			const basic = Buffer.from(`${tenantTokenOf(credentials)}:`).toString('base64');
			return withToken(url.href, `Basic ${basic}`);
		}
	}
	if (isBelow(url, baseUrl)) return withToken(url.href, `Bearer ${requireBearer(type, credentials)}`);
	return sentTo(address);
}
