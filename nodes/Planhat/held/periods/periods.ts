import type { Columns } from '../../columns/column';
import type { Rules } from '../../columns/rules';
import type { Period } from '../../resources/types';
import { columnRunOfBatch } from '../../rows/columnRun';
import { companyOf, namesMeaning, goodValue } from '../../rows/keys';
import { planRows } from '../../rows/planRows';
import type { Given, Position, Refused, Row } from '../../rows/row';
import type { BatchRun } from '../../run/context';
import { isBlank } from '../../values/checks';
import { fetchCompanyIds } from '../companyLists';
import { HeldPeriods, periodKey } from './heldPeriods';
import { fetchAllOnce } from '../knownRecords';
import { companyFieldOf } from '../../batch/recordIndex';

/** The periods of the rows of a run, and those that Planhat holds. */
export interface Periods {
	/** The agreement of each row in its company, whose records follow one another, and the key of this period alone. */
	byRow: ReadonlyMap<Position, { agreement: string; key: string }>;
	held: HeldPeriods;
}

/** Why a row has no period of its own. */
function refusalOf(at: Position, { given }: Row, columns: Columns, { key, from }: Period): Refused | undefined {
	const { model } = columns;
	const other = model.keys.find((name) => name !== key && goodValue(given, columns, name) !== undefined);
	const field = other ?? (goodValue(given, columns, from) === undefined ? from : undefined);
	if (field === undefined) return undefined;
	const said =
		other === undefined
			? `With Key per Period a row needs '${from}', the start of its period`
			: `With Key per Period a row has no '${other}', which is the same ${model.singular} in every period`;
	return { at, why: { code: 'badValues', problems: [{ field, given: '', wants: 'a period', said }] } };
}

function isUnread({ given }: Row, columns: Columns, field: string): boolean {
	const isGiven = namesMeaning(columns, field).some((name) => !isBlank(given[name]));
	return isGiven && goodValue(given, columns, field) === undefined;
}

/** The companies of rows by their IDs, as far as they are known; undefined where a row names none. */
async function companiesOf(run: BatchRun, rows: readonly Row[], columns: Columns): Promise<Array<string | undefined>> {
	const references = rows.map(({ given }) => {
		const { form, value } = companyOf(given, columns) ?? {};
		return form === undefined || form === '_id' ? value : `${form}-${value}`;
	});
	const field = companyFieldOf(run.model) ?? '';
	const ids = await fetchCompanyIds(
		run,
		references.map((reference) => ({ fields: { [field]: reference } })),
	);
	return references.map((reference) => reference && (ids.get(reference) ?? reference));
}

/**
 * Gives each row a key of its period, made of its key and the day on which it begins. A record that has the key of the
 * agreement alone, and begins on that day, is this period: it gets the new key.
 */
export async function withPeriodKeys(
	run: BatchRun,
	{ given, columns }: { given: Given; columns: Columns },
	rules: Rules,
	period: Period,
): Promise<{ given: Given; columns: Columns; periods: Periods }> {
	const { key, from, to, included, status } = period;
	const companyField = companyFieldOf(run.model) ?? '';
	const records = await fetchAllOnce(run, [from, to, included, status.field], columns);
	const held = new HeldPeriods(records, period, companyField);
	const companies = await companiesOf(run, given.rows, columns);
	const byRow = new Map<Position, { agreement: string; key: string }>();
	const result = { rows: [...given.rows], refused: [...given.refused] };
	const isRefused = new Set(given.refused.map(({ at }) => at));
	const names = namesMeaning(columns, key);
	for (const [at, row] of given.rows.entries()) {
		const value = goodValue(row.given, columns, key);
		if (value === undefined || isRefused.has(at)) continue;
		// What is no date is refused for that when the row is written.
		if (isUnread(row, columns, from)) continue;
		const refusal = refusalOf(at, row, columns, period);
		if (refusal !== undefined) {
			result.refused.push(refusal);
			continue;
		}
		const day = String(goodValue(row.given, columns, from)).slice(0, 10);
		const keys = periodKey(value, day);
		const agreement = `${companies[at] ?? held.companyWith(keys.agreed) ?? ''} ${keys.agreed}`;
		byRow.set(at, { agreement, key: keys.own });
		const _id = held.without(agreement, keys, day)?._id;
		const changed = names.filter((name) => !isBlank(row.given[name])).map((name) => [name, keys.own]);
		const all = { ...row.given, ...Object.fromEntries(changed), ...(_id !== undefined && { _id }) };
		result.rows[at] = { ...row, given: all };
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	const [first] = byRow.values();
	if (first !== undefined) run.hint(keyHint(byRow.size, first.key));
	// The IDs that were found are a column of their own.
	const planned = await planRows(columnRunOfBatch(run), result.rows, rules);
	return { given: result, columns: planned, periods: { byRow, held } };
}

function keyHint(rows: number, key: string): string {
	const which = rows === 1 ? 'The external ID of 1 row holds' : `The external IDs of ${rows} rows hold`;
	return `Key per Period: ${which} the start day of the period, such as '${key}'.`;
}
