import type { IHttpRequestOptions } from 'n8n-workflow';

import { isObject } from '../values/checks';

/** How long a request may take unless the user says otherwise, as in n8n's own declarative nodes. Milliseconds. */
const defaultTimeout = 300_000;

function readProxy(address: string): IHttpRequestOptions['proxy'] {
	const { hostname, port, protocol, username, password } = new URL(
		/^\w+:\/\//.test(address) ? address : `http://${address}`,
	);
	const defaultPort = protocol === 'https:' ? 443 : 80;
	return {
		host: hostname,
		port: port === '' ? defaultPort : Number(port),
		protocol: protocol.replace(/:$/, ''),
		...(username !== '' && {
			auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
		}),
	};
}

/**
 * Translates "Request Options", which n8n adds to every declarative node but applies to routed operations only
 * (timeout, proxy, SSL), into options of a request.
 * @param requestOptions value of the parameter
 * @throws TypeError when the proxy is no address
 */
export function connectionOptions(requestOptions: unknown): Partial<IHttpRequestOptions> {
	const { timeout, proxy, allowUnauthorizedCerts } = isObject(requestOptions) ? requestOptions : {};
	return {
		timeout: Number(timeout) > 0 ? Number(timeout) : defaultTimeout,
		...(allowUnauthorizedCerts === true && { skipSslCertificateValidation: true }),
		...(typeof proxy === 'string' && proxy.trim() !== '' && { proxy: readProxy(proxy.trim()) }),
	};
}
