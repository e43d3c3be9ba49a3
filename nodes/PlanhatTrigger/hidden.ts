import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../Planhat/values/checks';
import { readingsOf } from './verification';

/** They speak for whoever stands before n8n, such as a proxy that asks for a password, and are none of the workflow's business. */
const confidential = ['authorization', 'proxy-authorization', 'cookie'];

/** A secret of this length is nowhere by accident; a shorter one may be part of an ID, a time or an amount. */
const unmistakableCharacters = 16;

/** Where something is looked for: a header may hold a credential among other words, a value of an address is one or is none. */
type Place = 'header' | 'query';

/** How a secret looks inside of something longer that is in base64, by its place there: what holds its bits and no others. */
function base64FormsOf(secret: string): string[] {
	return [0, 1, 2].map((shift) => {
		const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
		return bytes.toString('base64').slice(Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6));
	});
}

function isAnywhereIn(text: string, secret: string): boolean {
	const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
	return text.includes(secret) || base64FormsOf(secret).some((form) => base64.includes(form));
}

/** As in `Bearer secret`, `token=secret&…` and `secret, secret`, but not as in `1,000`. */
function isWordOf(text: string, secret: string): boolean {
	const escaped = secret.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	return new RegExp(`(?<=^|[\\s"'=])${escaped}(?=$|[\\s"'&;]|,\\s)`).test(text);
}

/** As in `Basic …`: the secret in base64, alone or with the name of a user. */
function isEncodedIn(text: string, secret: string): boolean {
	const decoded = text.split(/[\s,;"'=]+/).map((word) => Buffer.from(word, 'base64').toString('utf8'));
	return decoded.some((form) => form === secret || form.endsWith(`:${secret}`) || form === `${secret}:`);
}

function withoutEscapes(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function holdsOne(value: unknown, secrets: readonly string[], place: Place): boolean {
	if (Array.isArray(value)) return value.some((entry) => holdsOne(entry, secrets, place));
	if (isObject(value)) return Object.values(value).some((entry) => holdsOne(entry, secrets, place));
	if (typeof value !== 'string') return false;
	const readings = [...readingsOf(value), withoutEscapes(value)];
	return secrets.some((secret) =>
		readings.some((text) => {
			if (secret.length >= unmistakableCharacters) return isAnywhereIn(text, secret);
			const isIt = place === 'header' ? isWordOf(text, secret) : text.trim() === secret;
			return isIt || isEncodedIn(text, secret);
		}),
	);
}

function isNamedBy(name: string, secrets: readonly string[]): boolean {
	const lower = name.toLowerCase();
	return secrets
		.map((secret) => secret.toLowerCase())
		.some((secret) => lower === secret || (secret.length >= unmistakableCharacters && lower.includes(secret)));
}

/**
 * Takes out of headers all that must not be seen in an execution: the header of the secret, what authenticates elsewhere,
 * and whatever else holds a secret, in base64 too.
 */
export function shownHeaders(headers: object, headerName: string, secrets: readonly string[]): IDataObject {
	const isHidden = (name: string) => [headerName, ...confidential].includes(name) || isNamedBy(name, secrets);
	return Object.fromEntries(
		Object.entries(headers).filter(
			([name, value]) => !isHidden(name.toLowerCase()) && !holdsOne(value, secrets, 'header'),
		),
	);
}

/** Takes the values that are a secret out of the query of an address, however deep they are (`?a[b]=…`). A list goes as one. */
export function shownQuery(query: object, secrets: readonly string[]): IDataObject {
	const shown = Object.entries(query).flatMap(([name, value]: [string, unknown]) => {
		const rest = isObject(value) ? shownQuery(value, secrets) : value;
		const isEmptied = isObject(rest) && Object.keys(rest).length === 0;
		return isEmptied || isNamedBy(name, secrets) || holdsOne(rest, secrets, 'query') ? [] : [[name, rest] as const];
	});
	return Object.fromEntries(shown) as IDataObject;
}
