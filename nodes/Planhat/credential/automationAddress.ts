import { leadsToThisMachine, parseUrl } from './addresses';
import { CredentialError } from './credentialError';

/** Where an automation is started. Who has the path can start it: it is a secret. */
export interface AutomationAddress {
	origin: string;
	path: string;
	/** The parts of the path that nobody could guess. */
	secrets: string[];
}

const planhatHost = /(?:^|\.)planhat(?:demo)?\.com$/i;

/** Shorter parts of a path are words. Characters. */
const shortestSecret = 8;

/**
 * Parses the address of an incoming webhook, as Planhat shows it in the automation.
 * @param baseUrl of the credential: where that is this machine, such as a test server, the same origin may be started too
 * @throws CredentialError, without the address, for what is none of Planhat's
 */
export function parseAutomationAddress(given: unknown, baseUrl: string): AutomationAddress {
	const url = typeof given === 'string' ? parseUrl(given.trim()) : undefined;
	const refusal = (what: string) =>
		new CredentialError({
			message: `'Webhook URL' ${what}`,
			description: "Copy the URL from the automation's trigger 'Incoming webhook' in Planhat.",
		});
	if (url === undefined) throw refusal('is not an address');
	const isTestServer = leadsToThisMachine(url) && url.origin === new URL(baseUrl).origin;
	if (!isTestServer && url.protocol !== 'https:') throw refusal('does not begin with https://');
	if (!isTestServer && (!planhatHost.test(url.hostname) || url.port !== ''))
		throw refusal(`leads to ${url.host}, which is not Planhat`);
	if (url.username !== '' || url.password !== '' || url.hash !== '')
		throw refusal('holds more than the address of a webhook');
	if (url.pathname === '/') throw refusal('has no path, so it names no automation');
	const path = `${url.pathname}${url.search}`;
	const parts = [...url.pathname.split('/'), ...url.searchParams.values()];
	return { origin: url.origin, path, secrets: parts.filter((part) => part.length >= shortestSecret) };
}
