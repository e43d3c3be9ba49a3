import { StartError } from './errors.mjs';

const region = 'for example https://api-us4.planhat.com';

/**
 * Refuses what is no address of Planhat's API, before anything is started. What it says repeats nothing of the
 * address, which may hold a password.
 *
 * @param {string} text As it was given; without a scheme https is meant, as in the credential.
 */
export function requireBaseUrl(text) {
	const { message, advice } = faultOf(text) ?? {};
	if (message !== undefined) throw new StartError(`PLANHAT_BASE_URL ${message}`, advice);
}

function faultOf(text) {
	const url = parsed(text);
	if (url !== undefined && (url.username !== '' || url.password !== '')) {
		return {
			message: 'holds a user name or a password.',
			advice: `Leave out everything before the @, ${region}: Planhat knows you by PLANHAT_API_TOKEN alone.`,
		};
	}
	if (url === undefined || !['http:', 'https:'].includes(url.protocol) || isMisspelled(text)) {
		return { message: 'is not a web address.', advice: `Set it to the address of your region, ${region}` };
	}
	if (/[?#]/.test(text)) {
		return { message: 'goes on after a "?" or a "#".', advice: `Leave out that part, ${region}` };
	}
	if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
		return {
			message: 'begins with http:, so that your token would travel for everybody to read.',
			advice: 'Begin it with https:, or leave that out.',
		};
	}
	return undefined;
}

function parsed(text) {
	const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	return URL.canParse(withScheme) ? new URL(withScheme) : undefined;
}

/** What `URL` would put right without a word: a slash too few, too many or the wrong way round, and blanks. */
function isMisspelled(text) {
	return /[\\\s]/.test(text) || /^[a-z][a-z\d+.-]*:(?!\d|\/\/[^/])/i.test(text);
}

/** @param {string} host As `URL` gives it. */
export function isThisMachine(host) {
	return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
