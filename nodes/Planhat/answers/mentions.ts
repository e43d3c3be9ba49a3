import { models } from '../resources';
import type { Model } from '../resources/types';

/** A key value that stands in a text without quotes may hold so many words. */
const mostWords = 8;

/** More of a text is no key. */
const longestValueCharacters = 200;

/** As much of a text as tells of what record a key is said. */
const longestNounCharacters = 40;

/** A text that names more keys than this speaks of no row in particular. */
const mostMentions = 4;

/** Words that follow the name of a field in a sentence about the field. */
const verbs = new Set(
	'a already an and are be been can cannot contains does duplicated exists field has have in invalid is key may missing must not of on or required should the to unknown value was were will with'.split(
		' ',
	),
);

const fillers = new Set('a an and by has of s the whose with'.split(' '));

/** Nouns of records that rows refer to and that no model has. */
const references = [
	'account',
	'client',
	'contact',
	'co-owner',
	'coowner',
	'customer',
	'organization',
	'owner',
	'parent',
	'person',
];

/** The name of a key in a text, and what may be meant as its value. */
export interface Mention {
	name: string;
	values: string[];
	/** What stands before the name. */
	before: string;
}

/** The value that begins at a place of a text, in each way in which it may end there. */
function valuesAt(text: string, from: number, quote: string): string[] {
	const rest = text.slice(from, from + longestValueCharacters);
	if (quote !== '') {
		const end = rest.indexOf(quote);
		return end > 0 ? [rest.slice(0, end).trim()] : [];
	}
	const values = new Set<string>();
	for (const { index } of rest.matchAll(/[\s,;)\]}>"'`]|$/g)) {
		const value = rest.slice(0, index);
		if (value === '' || values.size >= mostWords) break;
		values.add(value).add(value.replace(/[.:!?]+$/, ''));
	}
	return [...values];
}

/** Makes a reader of texts such as `externalId "acme" is not valid`. */
export function mentionReader(keyNames: readonly string[]): (text: string) => Mention[] {
	if (keyNames.length === 0) return () => [];
	const pattern = new RegExp(`(?<!\\w)(${keyNames.join('|')})(?!\\w)["'\`]?(\\s*[:=(]?\\s*)(["'\`]?)`, 'g');
	return (text) => {
		const mentions: Mention[] = [];
		if (!keyNames.some((name) => text.includes(name))) return mentions;
		for (const { 0: all, 1: name = '', 2: between = '', 3: quote = '', index } of text.matchAll(pattern)) {
			if (mentions.length === mostMentions) return [];
			const values = valuesAt(text, index + all.length, quote);
			const isSentence = quote === '' && between.trim() === '' && verbs.has((values[0] ?? '').toLowerCase());
			const before = text.slice(Math.max(0, index - longestNounCharacters), index);
			if (!isSentence) mentions.push({ name, values, before });
		}
		return mentions;
	};
}

function nounsOf({ singular, plural, resource }: Model): string[] {
	return [singular, plural, resource].map((noun) => noun.toLowerCase());
}

/**
 * Makes a test of whether the words before a key speak of another kind of record than the rows: in "company with externalId
 * 'acme'" the key is that of a company, whatever row has it too.
 * @param model of the rows; unknown, nothing is taken for another kind
 */
export function otherKinds(model?: Model): (before: string) => boolean {
	if (model === undefined) return () => false;
	const own = nounsOf(model);
	const others = new Set([...models.flatMap(nounsOf), ...references].filter((noun) => !own.includes(noun)));
	return (before) => {
		const words = before.toLowerCase().match(/[a-z-]+/g) ?? [];
		while (fillers.has(words.at(-1) ?? '')) words.pop();
		const [last = '', pair = ''] = [words.at(-1), words.slice(-2).join(' ')];
		// The name of a field that refers to a record, such as `companyId`.
		const referred = last.replace(/ids?$/, '');
		return !own.includes(pair) && (others.has(pair) || others.has(last) || others.has(referred));
	};
}
