import type { INodeProperties } from 'n8n-workflow';

import { customRegion, defaultBaseUrl, regions } from './regions';

/** Address of the app of Planhat's main installation, where people sign in. */
const defaultAppUrl = 'https://ws.planhat.com';

/** Every field is an expression that n8n resolves by itself: a credential of OAuth2 runs no code of its own. */
function expression(code: string): string {
	return `={{ ${code} }}`;
}

/** The app of a region has the name of its API (reference, "Hosts and regions"; assumption oauth-addresses). */
function appOf(address: string): string {
	return address.replace('//api-', '//app-').replace('//api.planhatdemo', '//ws.planhatdemo');
}

/** An object as it may stand in an expression, where two closing braces would be its end. */
function literal(entries: ReadonlyArray<readonly [string, string]>): string {
	return `{ ${entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')} }`;
}

/** Blanks and slashes do no harm, and a missing scheme neither, as where the node reads the address. */
function typed(field: string, fallback: string): string {
	const text = `String($self["${field}"] || "${fallback}").trim().replace(/[/]+$/, "")`;
	return `[${text}].map((text) => /^[a-z-]+:[/][/]/i.test(text) ? text : "https://" + text)[0]`;
}

/** The client secret goes there: an address without encryption leads nowhere, and n8n's own error names the reason. */
function encrypted(address: string): string {
	const thisMachine = '/^http:[/][/](localhost|127[.][0-9.]+|[[]::1])(:[0-9]+)?([/]|$)/i';
	const isRefused = `/^http:/i.test(text) && !${thisMachine}.test(text) && $self["allowHttp"] !== true`;
	return `[${address}].map((text) => ${isRefused} ? text.replace(/^http/i, "http-not-allowed") : text)[0]`;
}

function byRegion(field: string, fallback: string, address: (address: string) => string): string {
	const named = regions.flatMap((region) =>
		region.address === undefined ? [] : [[region.value, address(region.address)] as const],
	);
	const known = literal([['default', fallback], ...named]);
	return `$self["region"] === "${customRegion}" ? ${encrypted(typed(field, fallback))} : (${known})[$self["region"]]`;
}

const apiAddress = byRegion('baseUrl', defaultBaseUrl, (address) => address);
const appAddress = byRegion('appUrl', defaultAppUrl, appOf);
const apiHost = `(${apiAddress}).replace(/^[a-z-]+:[/][/]/i, "").replace(/[:/].*$/, "")`;

/** What is not clearly off protects, as where the node reads it. */
const isReadOnly = `!["", "false", "0", "no", "off"].includes(String($self["readOnly"] ?? "").trim().toLowerCase())`;

function hidden(name: string, value: string): INodeProperties {
	return { displayName: name, name, type: 'hidden', default: value };
}

/**
 * What n8n's own credential of OAuth2 leaves open, filled in (assumption oauth-addresses). n8n's HTTP Request
 * node may use the credential, which sees no request there. So n8n's own restriction is set: to the host of the API, or to
 * no request at all where the credential is Read Only.
 */
export const fixedProperties: INodeProperties[] = [
	hidden('grantType', 'pkce'),
	hidden('authUrl', expression(`(${appAddress}) + "/oauth/authorize"`)),
	hidden('accessTokenUrl', expression(`(${apiAddress}) + "/oauth/token"`)),
	hidden('scope', 'inclusive'),
	hidden('authQueryParameters', ''),
	hidden('allowedHttpRequestDomains', expression(`${isReadOnly} ? "none" : "domains"`)),
	hidden('allowedDomains', expression(apiHost)),
];

/** Where people sign in, in an installation that is not in the list. */
export const appUrlProperty: INodeProperties = {
	displayName: 'App URL',
	name: 'appUrl',
	type: 'string',
	default: defaultAppUrl,
	placeholder: 'e.g. https://app-us5.planhat.com',
	displayOptions: { show: { region: [customRegion] } },
	description: 'Address at which you open Planhat, such as https://app-us5.planhat.com',
};

/** Either is allowed by the standard, and Planhat does not say (assumption oauth-client). */
export const clientAuthenticationProperty: INodeProperties = {
	displayName: 'Client Authentication',
	name: 'authentication',
	type: 'options',
	default: 'header',
	options: [
		{ name: 'Body', value: 'body' },
		{ name: 'Header', value: 'header' },
	],
	description: 'How to send the client secret. Change it only if Planhat refuses the client.',
};
