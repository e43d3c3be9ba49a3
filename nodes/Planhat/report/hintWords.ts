import type { Model } from '../resources/types';
import { keysText, rowsOf, whichRows } from './words';

/** Hints above the output. */
export const hints = {
	keyless: (count: number, model: Model) =>
		`${rowsOf(count)} ${count === 1 ? 'has' : 'have'} no key. Each row needs ${keysText(model)}; without one every run creates a new record.`,
	madeKeyless: (count: number) =>
		`${rowsOf(count)} without a key became ${count === 1 ? 'a new record' : 'new records'}, as in every run. To refuse such rows, set Rows Without a Key to 'Fail Them'.`,
	previewed: ({ create, update, unchanged, skipped, refused, ignored }: Record<string, number>, requests: number) =>
		`Nothing was sent. Of the rows, ${create} would be created, ${update} updated, ${unchanged} unchanged, ${skipped} skipped, ${refused} refused and ${ignored} ignored by Planhat. To read the records took ${requests} ${requests === 1 ? 'request' : 'requests'}.`,
	leftBlank: (column: string, takes: string, first: readonly number[], inAll: number) =>
		`'${column}' is empty in ${whichRows(first, inAll)}, so that ${takes}.`,
	noDate: (field: string, stray: string) =>
		`No column is '${field}', so that Planhat takes the time of receipt for all rows, and '${stray}' holds dates.`,
	madeNew: (count: number, { singular, plural }: Pick<Model, 'singular' | 'plural'>) =>
		`Create or Update made ${count} new ${count === 1 ? singular : plural}; it makes new ones at every run. To update them instead, set the option 'Match On' to a field that tells them apart.`,
	notVerified: (count: number, fields: string) =>
		`${rowsOf(count)} ${count === 1 ? 'is not in Planhat as it was' : 'are not in Planhat as they were'} sent${fields === '' ? '' : `: ${fields}`}.`,
	notReadBack: (reason: string) => `The rows were sent, and could not be read back: ${reason}`,
	left: (count: number, inScope: number, { plural }: Pick<Model, 'plural'>) =>
		`${count} of the ${inScope} ${plural} that meet the conditions of 'Report Missing' are not in the input.`,
	leftNoScope: ({ plural }: Pick<Model, 'plural'>) =>
		`No ${plural} with a key that the rows use meet the conditions of 'Report Missing'. Check its fields and values.`,
	leftOfNone: ({ plural }: Pick<Model, 'plural'>) =>
		`${plural} that are not in the input are not reported, since no row was applied.`.replace(/^./, (first) =>
			first.toUpperCase(),
		),
	leftDoubtful: (first: readonly number[], inAll: number, { singular, plural }: Pick<Model, 'singular' | 'plural'>) =>
		`${plural} that are not in the input are not reported: ${whichRows(first, inAll)} may be about any ${singular}, since a key is missing or cannot be used.`.replace(
			/^./,
			(first) => first.toUpperCase(),
		),
	said: (sentences: string) => `Planhat said, without naming a row: ${sentences}`,
	overwritten: (first: readonly number[], inAll: number) =>
		`A later row with the same key overwrote other values (${whichRows(first, inAll)}). If they are records of their own, such as a renewal, give each a key of its own.`,
	gaveWay: (first: readonly number[], inAll: number) =>
		`Rows with other values were replaced by a later row with the same key (${whichRows(first, inAll)}). To send all of them, set Duplicate Keys to 'Send in Order'.`,
};
