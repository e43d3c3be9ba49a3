import type { IHttpRequestOptions } from 'n8n-workflow';

import { isObject } from '../values/checks';

function readProxy(address: string): IHttpRequestOptions['proxy'] {
	const { hostname, port, protocol, username, password } = new URL(
		/^\w+:\/\//.test(address) ? address : `http://${address}`,
	);
	// n8n's helper leaves out a proxy that it does not know, and sends the token past it.
	if (!/^https?:$/.test(protocol)) {
		throw new TypeError(
			`The proxy in Request Options begins with '${protocol}//', which is not supported. Use one with http:// or https://.`,
		);
	}
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
 * @throws TypeError when the proxy is no address, or one of a scheme that is not supported
 */
export function connectionOptions(requestOptions: unknown): Partial<IHttpRequestOptions> {
	const { timeout, proxy, allowUnauthorizedCerts } = isObject(requestOptions) ? requestOptions : {};
	return {
		...(Number(timeout) > 0 && { timeout: Number(timeout) }),
		...(allowUnauthorizedCerts === true && { skipSslCertificateValidation: true }),
		...(typeof proxy === 'string' && proxy.trim() !== '' && { proxy: readProxy(proxy.trim()) }),
	};
}
