import { models } from '../resources';
import type { Field } from '../resources/types';
import { changesBetween } from '../values/changes';
import { trimmed, withoutUnseen } from '../values/checks';

/** A byte order mark at the beginning of a file that was read in a wrong encoding. */
const misreadMark = 'ï»¿';

/** Names that n8n puts into items, beside what the user has: by Google Sheets, and by agents and chats for their tools. */
const namesOfN8n = new Set(['row_number', 'toolCallId', 'sessionId', 'chatInput']);

/** A name as it is meant: without a byte order mark, without blanks around it, in one form of Unicode. */
export function cleaned(name: string): string {
	let text = trimmed(name);
	while (text.startsWith(misreadMark)) text = trimmed(text.slice(misreadMark.length));
	return text.normalize('NFC');
}

/** A name as an expression reads it of an object. */
export function memberOf(name: string): string {
	return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** What is left of a name without its spelling: capitals, blanks, '_' and '-'. */
export function spelling(name: string): string {
	return withoutUnseen(cleaned(name))
		.toLowerCase()
		.replace(/[\s_-]+/g, '');
}

/**
 * Whether a column is n8n's own and none of the user's.
 * @param name without blanks around it
 */
export function isNameOfN8n(name: string): boolean {
	return namesOfN8n.has(name) || name.startsWith('$tool');
}

/** Spellings of names that models have of their own, and of the name that most have for the same thing. */
const usualSpellings: ReadonlyMap<string, string> = new Map(
	models.flatMap(({ fields }) =>
		fields.flatMap(({ name, sameAs }) => (sameAs === undefined ? [] : [[spelling(name), spelling(sameAs)]])),
	),
);

/** What a name means in any model, whatever its spelling: the same for `externalId` and `extId`, `companyId` and `cId`. */
export function commonSpelling(name: string): string {
	const own = spelling(name);
	return usualSpellings.get(own) ?? own;
}

/** Longer names are not compared: nobody types them. */
const longestNameCharacters = 60;

/** How many letters part two names; undefined where nobody would mean the one by the other. */
function nearness(name: string, other: string): number | undefined {
	if (name === other) return 0;
	if (name.length < 3 || name.length > longestNameCharacters || other.length > longestNameCharacters) return undefined;
	const shorter = Math.min(name.length, other.length);
	const begins = shorter >= 4 && (name.startsWith(other) || other.startsWith(name));
	const changes = changesBetween(name, other, shorter / 3);
	if (changes < Infinity) return changes;
	return begins ? shorter : undefined;
}

/**
 * Finds the field whose name or label is most like a name that fits none.
 * @returns undefined where none is near
 */
export function nearestField<F extends Pick<Field, 'name' | 'label'>>(
	name: string,
	fields: Iterable<F>,
): F | undefined {
	const wanted = spelling(name);
	const common = commonSpelling(name);
	let nearest: F | undefined;
	let fewest = Infinity;
	for (const field of fields) {
		for (const called of field.label === undefined ? [field.name] : [field.name, field.label]) {
			const changes = common === commonSpelling(called) ? 0 : nearness(wanted, spelling(called));
			if (changes === undefined || changes >= fewest) continue;
			nearest = field;
			fewest = changes;
		}
	}
	return nearest;
}
