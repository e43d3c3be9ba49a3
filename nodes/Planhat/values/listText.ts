import { parsed } from './json';
import { readNumber } from './numbers';

/** What parts the entries of a text. */
const separator = /[,;\n]/;

const toEnd = '\\s*(?=[,;\\n]|$)';

/** An entry as CSV or SQL quotes it: a quote inside is written twice. */
const quotedEntries: Readonly<Record<string, RegExp>> = {
	'"': new RegExp(`"((?:[^"]|"")*)"${toEnd}`, 'y'),
	"'": new RegExp(`'((?:[^']|'')*)'${toEnd}`, 'y'),
};

/** What encloses commas that part nothing. */
const pairs = ['()', '[]', '{}', '“”', '„“', '‘’', '«»'];

/** What a text without quotes and brackets has none of. */
const opening = /["'([{“„‘«]/;

/** An entry of a list as Python writes it, up to the comma behind it. */
const literal =
	/\s*(?:'((?:[^'\\]|\\['"\\])*)'|"((?:[^"\\]|\\['"\\])*)"|(None|null)|([+-]?[\d.]+(?:e[+-]?\d+)?))\s*(?:,|$)/iy;

/** An entry of an array as PostgreSQL writes it, up to the comma behind it. */
const element = /\s*(?:"((?:[^"\\]|\\[\s\S])*)"|([^\s,;{}"'\\][^,;{}"\\\n]*?))\s*(?:,|$)/y;

/** Said of a text whose quotes or brackets do not close, or close in the middle. */
export const listTextAdvice = 'Its quotes or brackets are those of no list that can be read: give it as ["a", "b"]';

/** The entries that a pattern finds one behind the other, to the end of the text; undefined where anything else is there. */
function allOf(text: string, pattern: RegExp, entryOf: (match: RegExpExecArray) => unknown): unknown[] | undefined {
	if (text.trim() === '') return [];
	const entries: unknown[] = [];
	for (let at = 0; at < text.length; at = pattern.lastIndex) {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		const entry = match === null ? undefined : entryOf(match);
		if (entry === undefined) return undefined;
		entries.push(entry);
	}
	return entries;
}

function unescaped(text: string): string {
	return text.replace(/\\([\s\S])/g, '$1');
}

function literalOf([, single, double, nothing, digits]: RegExpExecArray): unknown {
	if (single !== undefined || double !== undefined) return unescaped(single ?? double ?? '');
	if (nothing !== undefined) return null;
	const number = readNumber(digits);
	return typeof number === 'number' ? number : undefined;
}

function elementOf([, quoted, plain = '']: RegExpExecArray): unknown {
	if (quoted !== undefined) return unescaped(quoted);
	if (/^null$/i.test(plain)) return null;
	// PostgreSQL quotes what holds a blank; a name with a colon behind it is that of an object.
	return /\s/.test(plain) ? undefined : plain;
}

function closesAtEnd(text: string): boolean {
	const [open = '', close = ''] = text.startsWith('[') ? '[]' : '{}';
	let depth = 0;
	for (let at = 0; at < text.length; at += 1) {
		depth += Number(text[at] === open) - Number(text[at] === close);
		if (depth === 0) return at === text.length - 1;
	}
	return true;
}

/** The longest of a field's own values that a text has at a place, up to a separator or its end. */
function ownAt(text: string, at: number, values: readonly string[]): string | undefined {
	const found = values.filter((value) => {
		const begins = text.slice(at, at + value.length).toLowerCase() === value.toLowerCase();
		return begins && value !== '' && /^\s*($|[,;\n])/.test(text.slice(at + value.length));
	});
	return found.sort((one, other) => other.length - one.length)[0];
}

function timesIn(text: string, character: string): number {
	return text.split(character).length - 1;
}

/** Whether a part of a text was cut out of the middle of brackets or quotes, or is JSON of its own. */
function isCut(part: string, rest: string): boolean {
	if (/^["{]/.test(part) || Array.isArray(part.startsWith('[') ? parsed(part) : undefined)) return true;
	if (part.startsWith("'") && /'\s*($|[,;\n])/.test(part + rest)) return true;
	return pairs.some((pair) => {
		const [open = '', close = ''] = pair;
		return timesIn(part, open) > timesIn(part, close) && rest.includes(close);
	});
}

/** An entry in quotes that ends where an entry may end, and the place behind it. */
function quotedAt(text: string, at: number): { entry: string; end: number } | undefined {
	const quote = text[at] ?? '';
	const pattern = quotedEntries[quote];
	if (pattern === undefined) return undefined;
	pattern.lastIndex = at;
	const match = pattern.exec(text);
	return match === null
		? undefined
		: { entry: (match[1] ?? '').replaceAll(quote + quote, quote), end: pattern.lastIndex };
}

function partsOf(text: string, values: readonly string[]): unknown[] | undefined {
	const parts: string[] = [];
	const separators = /[\s,;]*/y;
	let hasQuotes = false;
	for (let at = 0; ;) {
		separators.lastIndex = at;
		at += separators.exec(text)?.[0].length ?? 0;
		if (at >= text.length) return parts;
		const own = ownAt(text, at, values);
		const quoted = own === undefined ? quotedAt(text, at) : undefined;
		const part = own ?? quoted?.entry ?? text.slice(at).split(separator, 1)[0] ?? '';
		const end = quoted?.end ?? at + part.length;
		const isOpen = own === undefined && quoted === undefined;
		if (isOpen && ((hasQuotes && part.startsWith("'")) || isCut(part.trim(), text.slice(end)))) return undefined;
		if (quoted !== undefined && Array.isArray(parsed(part))) return undefined;
		hasQuotes ||= quoted !== undefined;
		parts.push(part.trim());
		at = end;
	}
}

/**
 * Takes a text for a list: JSON, the same in single quotes as Python writes it, an array of PostgreSQL, or entries with a
 * comma, a semicolon (as CRM systems export it) or a line break between them, each in quotes or not.
 * @param text without blanks around it
 * @param values of the field's own that may hold a separator; each is one entry, whatever is in it
 * @returns the entries, blank ones too; undefined where quotes or brackets leave open what the entries are
 */
export function readListText(text: string, values: readonly string[] = []): unknown[] | undefined {
	const own = values.some((value) => separator.test(value)) ? values : [];
	if (own.length === 0 && !opening.test(text)) return text.split(separator).map((part) => part.trim());
	const wanted = text.toLowerCase();
	if (values.some((value) => value.trim().toLowerCase() === wanted)) return [text];
	if (text.startsWith('[')) {
		const list = parsed(text);
		if (Array.isArray(list)) return list;
		const literals = text.endsWith(']') ? allOf(text.slice(1, -1), literal, literalOf) : undefined;
		if (literals !== undefined) return literals;
		if (closesAtEnd(text)) return undefined;
	}
	if (text.startsWith('{')) return text.endsWith('}') ? allOf(text.slice(1, -1), element, elementOf) : undefined;
	return partsOf(text, own.length > 0 ? own : values.filter((value) => opening.test(value)));
}
