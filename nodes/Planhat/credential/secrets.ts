import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { parseToken } from './tokens';

/**
 * Takes the secrets of a credential out of words. What the node matches by, such as IDs and keys, is never given to it: a
 * short secret may stand in one by chance.
 */
export interface Hide {
	/**
	 * @param longest how much of a long text is wanted (characters); what is beyond is cut off, with no part of a secret left
	 */
	(text: string, longest?: number): string;
}

const hidden = '[hidden]';

/** Fewer characters than this stand in other words by chance: they are hidden only where they are a word of their own. */
const leastCharacters = 8;

/** What `webhookSecret` may hold: several, separated by commas. */
function secretsOf(credentials: ICredentialDataDecryptedObject): string[] {
	const { apiToken, tenantToken, clientSecret, oauthTokenData, webhookSecret } = credentials;
	const { access_token, refresh_token, id_token } = (oauthTokenData ?? {}) as Record<string, unknown>;
	const ofOAuth2 = [clientSecret, access_token, refresh_token, id_token];
	const parts = [apiToken, tenantToken, ...ofOAuth2, ...String(webhookSecret ?? '').split(',')];
	return parts.map(parseToken).filter((text) => text !== '');
}

/** The characters that base64 has for a secret wherever it stands in what was encoded: those that no neighbour changes. */
function withinBase64(secret: string): string[] {
	return [0, 1, 2].map((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
	});
}

/** A secret as it stands, in an address, in a form, in JSON, and as Basic (Planhat's documents, "Authentication"). */
function formsOf(secret: string): string[] {
	// Through bytes, since half a character cannot be percent-encoded.
	const inAddress = encodeURIComponent(Buffer.from(secret).toString());
	const lowerCase = inAddress.replace(/%../g, (code) => code.toLowerCase());
	const inForm = new URLSearchParams({ secret }).toString().slice('secret='.length);
	const inJson = JSON.stringify(secret).slice(1, -1);
	const base64 = [secret, `${secret}:`].flatMap((text) => {
		const encoded = Buffer.from(text).toString('base64');
		return [encoded, encoded.replace(/=+$/, '')];
	});
	const encoded = [...base64, ...withinBase64(secret).filter(({ length }) => length >= leastCharacters)];
	const inUrls = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
	return [secret, inAddress, lowerCase, inForm, inJson, ...encoded, ...inUrls];
}

function patternOf(form: string): string {
	const literal = form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	return form.length < leastCharacters ? `(?<![\\w-])${literal}(?![\\w-])` : literal;
}

/** The end of a cut text without the beginning of a form that may stand there. */
function withoutBeginning(text: string, forms: readonly string[]): string {
	let end = text.length;
	for (const form of forms) {
		for (let length = Math.min(form.length - 1, text.length); text.length - length < end; length -= 1) {
			if (text.endsWith(form.slice(0, length))) end = text.length - length;
		}
	}
	return text.slice(0, end);
}

/**
 * Makes a function that takes the secrets of a credential out of a text, should Planhat's answer repeat one.
 * @param further what the credential holds beside or held before, such as a token that was renewed
 */
export function secretHider(credentials: ICredentialDataDecryptedObject, further: readonly string[] = []): Hide {
	// Longest first, should one hold another.
	const forms = [...new Set([...secretsOf(credentials), ...further].flatMap(formsOf))].sort(
		(one, other) => other.length - one.length,
	);
	const pattern = forms.length > 0 ? new RegExp(forms.map(patternOf).join('|'), 'g') : undefined;
	return (text, longest = Infinity) => {
		const wanted = text.length > longest ? withoutBeginning(text.slice(0, longest), forms) : text;
		return pattern === undefined ? wanted : wanted.replace(pattern, hidden);
	};
}

/** Answers may be nested without end; nobody reads what stands deeper, and no function may call itself for ever. */
const deepest = 12;

/** Of a text in an answer no more is ever shown. */
const longestTextCharacters = 10_000;

/** Nobody reads more values or characters of one answer, and an answer may hold millions. */
const most = { values: 5_000, characters: 200_000 };

/** Stands for what is left out. */
const more = '…';

function hiddenNumber(number: number, hide: Hide): unknown {
	const text = String(number);
	return text.length < leastCharacters || hide(text) === text ? number : hidden;
}

/**
 * Copies an answer, or a part of one, for people to read: without secrets, in names too, and not without end.
 * @param body parsed JSON, or a text
 */
export function hiddenIn(body: unknown, hide: Hide): unknown {
	return copied(body, hide, deepest, { ...most });
}

function hiddenText(text: string, hide: Hide, left: typeof most): string {
	if (left.characters <= 0) return more;
	left.characters -= Math.min(text.length, longestTextCharacters);
	return hide(text, longestTextCharacters);
}

function copied(body: unknown, hide: Hide, depth: number, left: typeof most): unknown {
	left.values -= 1;
	if (typeof body === 'string') return hiddenText(body, hide, left);
	if (typeof body === 'number') return hiddenNumber(body, hide);
	if (typeof body !== 'object' || body === null) return body;
	if (depth === 0) return more;
	if (Array.isArray(body)) {
		const entries: unknown[] = [];
		for (const entry of body as unknown[]) {
			entries.push(left.values > 0 ? copied(entry, hide, depth - 1, left) : more);
			if (left.values <= 0) break;
		}
		return entries;
	}
	const fields: Array<[string, unknown]> = [];
	for (const [name, value] of Object.entries(body)) {
		if (left.values <= 0) break;
		fields.push([hiddenText(name, hide, left), copied(value, hide, depth - 1, left)]);
	}
	return Object.fromEntries(fields);
}
