import type { Model } from '../resources/types';

/** Numbers of rows that are shown of a group. */
export const mostRowNumbers = 5;

/** Names of fields that are shown in a sentence. */
const mostNames = 20;

/** The names that people see for what Planhat matches rows by. */
const keyLabels: Readonly<Record<string, string>> = {
	_id: 'ID',
	externalId: 'External ID',
	extId: 'External ID',
	sourceId: 'Source ID',
	email: 'Email',
};

/** "a", "a or b", "a, b or c". */
export function listed(names: readonly string[], last: 'and' | 'or' = 'and'): string {
	const shown = names.length > mostNames ? [...names.slice(0, mostNames), `${names.length - mostNames} more`] : names;
	return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}

/** "1 row", "5 rows". */
export function rowsOf(count: number): string {
	return `${count} ${count === 1 ? 'row' : 'rows'}`;
}

/** "row 3", "rows 3, 7 and 9", "5000 rows, the first is row 12"; the first row is row 1. */
export function whichRows(first: readonly number[], inAll: number): string {
	const numbers = first.slice(0, mostRowNumbers).map((at) => String(at + 1));
	if (inAll > numbers.length) return `${rowsOf(inAll)}, the first is row ${numbers[0] ?? 1}`;
	return `${inAll === 1 ? 'row' : 'rows'} ${listed(numbers)}`;
}

/** The keys that a row of a model may have, in words: people's own one first. */
export function keysText({ keys }: Model): string {
	const labels = Object.entries(keyLabels).flatMap(([name, label]) =>
		name !== '_id' && keys.some((key) => key === name) ? [label] : [],
	);
	return listed(labels.length > 0 ? labels : ['ID'], 'or');
}

/** What is said where no column of the input is a key. */
export function noKeyColumnText(model: Model, columns: string): string {
	return `No column matches a key. Each row needs ${keysText(model)}; without one every run creates a new record. Your columns: ${columns}`;
}
