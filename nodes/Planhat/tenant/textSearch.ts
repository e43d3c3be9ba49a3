import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { details, labelText, parts } from './recordLabels';

/** Letters that are no others with an accent, and signs that keyboards do not have. */
const plainLetters: ReadonlyMap<string, string> = new Map(
	Object.entries({
		...{ ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
		...{ '‘': "'", '’': "'", ʼ: "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"' },
		...{ '‐': '-', '‑': '-', '–': '-', '—': '-' },
	}),
);

/** Makes a text comparable: case, accents, forms of quotes and dashes, and further blanks do not count. */
export function folded(text: string): string {
	const lower = text.toLowerCase();
	// Most texts are plain ASCII, which has no accents.
	if (!/[^ -~]| {2}/.test(lower)) return lower;
	return lower
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^ -~]/gu, (letter) => plainLetters.get(letter) ?? letter)
		.replace(/\s+/g, ' ');
}

/**
 * All that a search looks through, folded.
 * @returns a function that takes a record as a list holds it
 */
export function searcher(model: Model): (record: IDataObject) => string {
	const fields = [...new Set([model.title, 'name', ...parts, ...details.flat()])];
	const own = fields.filter((name) => model.fields.some((field) => field.name === name));
	return (record) => {
		let text = '';
		for (const name of own) if (record[name] !== undefined) text += `${labelText(record[name])} `;
		return folded(text);
	};
}

/**
 * Whether every word of a search is somewhere in a text.
 * @returns a function that takes a folded text
 */
export function matcher(search: string): (text: string) => boolean {
	const words = folded(search).split(/\s+/).filter(Boolean);
	return (text) => words.every((word) => text.includes(word));
}
