import { isObject, momentOf } from './checks';
import { readNumber } from './numbers';

/** Errors show so much of a value. */
const mostShownCharacters = 80;

/** Objects are looked through so deep; what is deeper is most likely a circle. */
const mostLevels = 50;

/** What JavaScript makes of an object in a text, such as '[object Object]'. */
const objectInText = /\[object [A-Z]\w*\]/;

/** A text in JSON, in which digits are none of a number, or a number. */
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:e[+-]?\d+)?/gi;

function lostNumber(text: string): string | undefined {
	return text.match(textOrNumber)?.find((part) => !part.startsWith('"') && typeof readNumber(part) !== 'number');
}

/** A text in JSON with what makes it a name, or where objects and lists begin and end. */
const nameOrBracket = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g;

/** The first name that an object in good JSON has twice: JavaScript would keep the last value, and say nothing. */
export function repeatedName(text: string): string | undefined {
	const open: Array<Set<string>> = [];
	for (const [all, quoted, colon] of text.matchAll(nameOrBracket)) {
		if (all === '{' || all === '[') open.push(new Set());
		else if (all === '}' || all === ']') open.pop();
		else if (quoted !== undefined && colon !== undefined) {
			const name = JSON.parse(quoted) as string;
			const names = open.at(-1);
			if (names?.has(name)) return name;
			names?.add(name);
		}
	}
	return undefined;
}

function parsedAnyhow(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The text of JSON without the fence that models put around it. */
export function unfenced(text: string): string {
	return text.trim().replace(/^```(?:json)?\s*|\s*```$/g, '');
}

/**
 * Reads JSON.
 * @returns undefined where the text is none, has a number of more digits than JavaScript keeps, or a name twice in one object
 */
export function parsed(text: string): unknown {
	const value = parsedAnyhow(text);
	if (typeof value === 'string' || value === undefined) return value;
	return lostNumber(text) === undefined && repeatedName(text) === undefined ? value : undefined;
}

/**
 * Why JSON is not read though it is good.
 * @returns a sentence without a full stop; undefined where nothing is lost, or the text is no list and no object
 */
export function unreadAdvice(value: unknown): string | undefined {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || parsedAnyhow(value) === undefined) return undefined;
	const lost = lostNumber(value);
	const twice = lost === undefined ? repeatedName(value) : undefined;
	if (twice !== undefined) return `The name '${shown(twice)}' is given twice in one object: leave one of them out`;
	return lost === undefined ? undefined : `The number ${shown(lost)} has more digits than are kept: put it in quotes`;
}

/** Said where an expression has lost what it was to give. */
export const objectAdvice =
	"An expression with anything before or after {{ }}, even a space, makes '[object Object]' of an object: leave it out";

/** Whether a text holds what became of an object or a list by being put into a text. */
export function holdsObject(text: string): boolean {
	return text.includes('[object ') && objectInText.test(text);
}

function losesNumber(value: number): string | undefined {
	return Number.isFinite(value) ? undefined : String(value);
}

function losesObject(value: object, levels: number): string | undefined {
	const moment = momentOf(value);
	if (moment !== undefined) return Number.isNaN(moment) ? 'an invalid date' : undefined;
	if (value instanceof Map || value instanceof Set) return 'a Map or Set';
	if (levels === 0) return `a circle, or more than ${mostLevels} levels`;
	for (const entry of Object.values(value)) {
		// JSON leaves undefined out of objects, where it says nothing, and makes null of it in lists.
		const lost = entry === undefined && !Array.isArray(value) ? undefined : lostInJson(entry, levels - 1);
		if (lost !== undefined) return lost;
	}
	return undefined;
}

/**
 * What JSON would not keep of a value, or what an expression has lost before.
 * @returns such as "NaN" or "[object Object]", undefined where nothing is lost
 */
export function lostInJson(value: unknown, levels = mostLevels): string | undefined {
	if (typeof value === 'string') return holdsObject(value) ? objectInText.exec(value)?.[0] : undefined;
	if (typeof value === 'number') return losesNumber(value);
	if (typeof value === 'boolean' || value === null) return undefined;
	return typeof value === 'object' ? losesObject(value, levels) : typeof value;
}

/** Whether two values are the same once they are JSON. */
export function isSameInJson(value: unknown, other: unknown): boolean {
	if (typeof value !== 'object' || typeof other !== 'object') return Object.is(value, other);
	return JSON.stringify(value) === JSON.stringify(other);
}

function textOf(value: unknown): string {
	if (typeof value !== 'object' || value === null) return String(value);
	try {
		return (JSON.stringify(value) as string | undefined) ?? String(value);
	} catch {
		return isObject(value) ? 'an object with a circle' : 'a list with a circle';
	}
}

/**
 * A value as errors show it.
 * @returns one line of at most 80 characters
 */
export function shown(value: unknown): string {
	const text = (typeof value === 'string' ? value.slice(0, 2 * mostShownCharacters) : textOf(value))
		.replace(/\s+/g, ' ')
		.trim();
	return text.length > mostShownCharacters ? `${text.slice(0, mostShownCharacters)}…` : text;
}
