import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isObject } from '../../Planhat/values/checks';
import { repeatedName } from '../../Planhat/values/json';
import { withLongNumbersAsText } from '../../Planhat/values/longNumbers';
import { isNestedDeeply } from '../../Planhat/values/nesting';
import type { Arrival } from './arrival';
import { filesOfParsedForm, formFields, parseForm, type BodyFile } from './forms';

/** What a body holds. */
export interface Content {
	/** Parsed where it is JSON, XML or a form, otherwise its text. Undefined when it is empty, or no text at all. */
	value?: unknown;
	/** The files of a form, and what is no text, such as a picture. */
	files: BodyFile[];
	/** Whether it is handed over as it came because it is not what it says: broken JSON, or packed in an unknown way. */
	isUnparsed: boolean;
	/** The text of JSON in which an object has a name twice, of which `value` holds the last one alone. */
	text?: string;
}

/** Longer texts are composed by no person, and take their time to be looked through. Characters. */
const mostLookedThrough = 1_000_000;

function isRepeating(text: string): boolean {
	return text.length <= mostLookedThrough && repeatedName(text) !== undefined;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** @returns undefined when it is no JSON; an object, so that JSON's `null` is told from that */
function parseJson(text: string): { value: unknown } | undefined {
	try {
		// What is no JSON may be some with its numbers as text.
		const value: unknown = JSON.parse(text);
		const kept = withLongNumbersAsText(text);
		return { value: kept === text ? value : JSON.parse(kept) };
	} catch {
		return undefined;
	}
}

function looksLikeJson(text: string): boolean {
	return /^\s*[{[]/.test(text);
}

/**
 * Reads a text that is an object or a list in JSON.
 * @returns undefined when it is something else, or nested too deeply
 */
export function readJsonText(text: string): IDataObject | GenericValue[] | undefined {
	const value = looksLikeJson(text) ? parseJson(text)?.value : undefined;
	return (isObject(value) || Array.isArray(value)) && !isNestedDeeply(value) ? value : undefined;
}

/** The type of a body without its parameters, in small letters, and its charset. */
function typeOf(contentType: string): { type: string; charset?: string } {
	const [type = ''] = contentType.split(';');
	const charset = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType)?.[1];
	return { type: type.trim().toLowerCase(), ...(charset !== undefined && { charset }) };
}

/** What the first bytes of a text in UTF-16 say, whatever its sender says. */
function charsetOfMark([first, second]: Buffer): string | undefined {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** @returns undefined when the bytes are no text in this charset, or when it is unknown */
function decode(bytes: Buffer, charset: string): string | undefined {
	try {
		return new TextDecoder(charset, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/**
 * The text of a body: in its charset, else in UTF-8. Where it must be text, other bytes are taken for Windows-1252 (Latin-1
 * and a few more letters), in which every byte is a letter, so that none is lost.
 */
function textOf({ bytes, isPacked }: Arrival, type: string, named = 'utf-8'): string | undefined {
	const mustBeText = !isPacked && /^text\/|json$|xml$|^application\/x-www-form-urlencoded$/.test(type);
	const charset = (mustBeText && charsetOfMark(bytes)) || named;
	return decode(bytes, charset) ?? decode(bytes, 'utf-8') ?? (mustBeText ? decode(bytes, 'windows-1252') : undefined);
}

function isLossy(form: string, read: string): boolean {
	const signs = (text: string) => text.match(/\ufffd|%EF%BF%BD/gi)?.length ?? 0;
	return signs(read) > signs(form);
}

/** Which type Planhat names is not documented, so that JSON is looked for under any. */
function contentOfText(text: string, type: string): Content {
	const isJson = /[/+]json$/.test(type);
	if (isJson ? text.trim() === '' : text === '') return { files: [], isUnparsed: false };
	const json = isJson || looksLikeJson(text) ? parseJson(text) : undefined;
	if (json !== undefined) {
		const isDeep = isNestedDeeply(json.value);
		const value = isDeep ? text : json.value;
		return { value, files: [], isUnparsed: false, ...(!isDeep && isRepeating(text) && { text }) };
	}
	if (type === 'application/x-www-form-urlencoded' && !looksLikeJson(text)) {
		const params = new URLSearchParams(text);
		// Escaped bytes that are not UTF-8 would become the sign for "unknown".
		if (isLossy(text, String(params))) return { value: text, files: [], isUnparsed: true };
		return { value: formFields(params), files: [], isUnparsed: false };
	}
	const isText = type.startsWith('text/') || type.endsWith('xml');
	return { value: text, files: [], isUnparsed: isJson || (!isText && looksLikeJson(text)) };
}

/**
 * What a body holds, whatever its type. Nothing is lost: what cannot be parsed is its text, what is no text is a file. What
 * is nested too deeply for n8n to store stays text.
 */
export async function parseBody(arrival: Arrival): Promise<Content> {
	const { bytes, parsed, contentType, isPacked } = arrival;
	const { type, charset } = typeOf(contentType);
	const isForm = type === 'multipart/form-data';
	if (isForm) {
		const form = isObject(parsed)
			? { value: parsed.data, files: filesOfParsedForm(parsed) }
			: await parseForm(bytes, contentType);
		if (form !== undefined) return { ...form, isUnparsed: false };
	}
	if (type.endsWith('xml') && isContainer(parsed) && !isNestedDeeply(parsed))
		return { value: parsed, files: [], isUnparsed: false };
	const text = textOf(arrival, type, charset);
	if (text === undefined) {
		return {
			files: [{ property: 'data', content: bytes, ...(type !== '' && { type }) }],
			isUnparsed: isPacked || isForm,
		};
	}
	const content = contentOfText(text, type);
	return isForm ? { ...content, isUnparsed: text !== '' } : content;
}
