import { CredentialError } from './credentialError';

/** A field of the credential that holds an address, as the form names it, and what a blank one means. */
export interface AddressField {
	label: 'Base URL' | 'Analytics URL';
	fallback: string;
}

const example = 'It should look like https://api.planhat.com or https://api-us2.planhat.com.';

/** What stands before the first colon, unless a port follows: `localhost:3000` is a host. */
const scheme = /^[a-z][a-z\d+.-]*:(?!\d+(?:[/\\?#]|$))/i;

/** Hosts that are this machine by their name alone, so that nothing leaves it. (URL writes 127.1 as 127.0.0.1.) */
const thisMachine = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether an address leads to this machine, so that nothing leaves it. */
export function leadsToThisMachine({ hostname }: URL): boolean {
	return thisMachine.test(hostname);
}

/** What a server may take for a slash, a dot, a backslash or a per cent sign. */
const encodedPathCharacters = /%(?:2f|2e|5c|25)/gi;

/** Puts `https://` before an address that has no scheme. */
export function withScheme(address: string): string {
	return scheme.test(address) ? address : `https://${address.replace(/^[/\\]+/, '')}`;
}

/**
 * Parses an address. A dot at the end of its host is left out: it names the same host.
 * @returns undefined where it is none
 */
export function parseUrl(address: string): URL | undefined {
	if (!URL.canParse(address)) return undefined;
	const url = new URL(address);
	if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
	return url;
}

/**
 * Parses an address as people type it: blanks around it, slashes at its end and a missing scheme do no harm.
 * @param allowHttp whether tokens may go unencrypted to another machine
 * @returns its origin and path, without a slash at the end
 * @throws CredentialError for what is no address of an API, or a dangerous one
 */
export function parseAddress(given: unknown, { label, fallback }: AddressField, allowHttp: boolean): string {
	const text = typeof given === 'string' ? given.trim() : given;
	if (text === undefined || text === null || text === '') return fallback;
	const refusal = (what: string, description: string) =>
		new CredentialError({ message: `'${label}' in the Planhat credential ${what}`, description });
	const url = typeof text === 'string' ? parseUrl(withScheme(text)) : undefined;
	if (url === undefined) throw refusal('is not an address', example);
	if (!/^https?:$/.test(url.protocol)) throw refusal('does not begin with https://', example);
	if (url.username !== '' || url.password !== '') {
		throw refusal('holds a user name or a password', "Remove what stands before the '@'.");
	}
	if (/[?#]/.test(url.href)) {
		throw refusal('holds more than an address', "Remove the '?' or '#' and what follows it.");
	}
	if (url.protocol === 'http:' && !allowHttp && !thisMachine.test(url.hostname)) {
		throw refusal(
			'begins with http://, so anyone on the network could read the token',
			"Use https://. If the server has no https, and you trust the network between n8n and it, turn on 'Allow HTTP' in the credential.",
		);
	}
	return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** A path as a server may read it that decodes before it looks, and takes `..;` for `..` (as some gateways do). */
function decodedPath(path: string): string {
	let text = path;
	for (let before = ''; before !== text;) {
		before = text;
		text = text.replace(encodedPathCharacters, decodeURIComponent);
	}
	return new URL(`https://host${text.replace(/;[^/\\]*/g, '')}`).pathname;
}

/** Whether an address lies on the origin and below the path of another, whichever way a server reads its path. */
export function isBelow(url: URL, address: string): boolean {
	const { origin, pathname } = new URL(address);
	if (url.origin !== origin) return false;
	if (pathname === '/') return true;
	const asItStands = `${url.pathname}/`.startsWith(`${pathname}/`);
	return asItStands && `${decodedPath(url.pathname)}/`.startsWith(`${decodedPath(pathname)}/`);
}
