import type { IDataObject } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import type { Rules } from '../columns/rules';
import { withArticle } from '../resources/model';
import type { Model } from '../resources/types';
import { columnRunOfBatch } from '../rows/columnRun';
import { companyOf } from '../rows/keys';
import { planRows } from '../rows/planRows';
import { readRows } from '../rows/readRows';
import type { Given, Position, Refused } from '../rows/row';
import type { BatchRun } from '../run/context';
import { inputError } from '../transport/errors';
import { isBlank, isObject } from '../values/checks';
import type { MatchRule } from './matchOptions';
import { identitiesOf, matchColumns, matchOf, type MatchColumn } from './matchValues';
import { toPlan } from '../batch/sendBatches';
import { fetchAllOnce } from './knownRecords';

function companyField({ fields }: Model): string | undefined {
	return fields.find(({ refersTo, type, readOnly }) => refersTo === 'company' && type === 'id' && !readOnly)?.name;
}

/** The records that hold each value, the oldest first. */
function byIdentity(
	records: readonly IDataObject[],
	{ column }: MatchColumn,
	wanted: ReadonlySet<string>,
): Map<string, IDataObject[]> {
	const found = new Map<string, IDataObject[]>();
	const { name, heldAs = name, type } = column.field;
	for (const record of records) {
		const held = column.to === 'custom' ? (isObject(record.custom) ? record.custom[name] : undefined) : record[heldAs];
		for (const identity of new Set(identitiesOf(held, type === 'email'))) {
			if (!wanted.has(identity)) continue;
			const same = found.get(identity);
			if (same === undefined) found.set(identity, [record]);
			else same.push(record);
		}
	}
	return found;
}

/** The row names its record by the field, and none has the value: it becomes a new one, once. */
export interface Matched extends Given {
	/** Rows that become new records although they have no key. */
	fresh: ReadonlySet<Position>;
}

/**
 * Finds the records of rows by a field of the user's choice; what is found goes out by its `_id`.
 * @param columns of the rows
 * @throws NodeOperationError where no column is that field, NodeApiError where Planhat does not give the list
 */
export async function matchRows(run: BatchRun, given: Given, columns: Columns, rule: MatchRule): Promise<Matched> {
	const found = matchColumns(columns, rule);
	const [first] = found;
	if (first === undefined && given.rows.length > 0) {
		throw inputError(
			run.node,
			`'Match On' is '${rule.field}', and no column is that field of ${withArticle(run.model.singular)}`,
			"Use the name of a field that your rows have. For a custom field, put 'custom.' before its name.",
		);
	}
	if (first === undefined) return { ...given, fresh: new Set() };
	const matchedBy = given.rows.map((row) => matchOf(row, found, columns, rule.field));
	const company = companyField(run.model);
	const { name, heldAs = name } = first.column.field;
	const fields = [first.column.to === 'custom' ? 'custom' : heldAs, ...(company === undefined ? [] : [company])];
	const wanted = new Set(matchedBy.flatMap((by) => (typeof by === 'object' && 'texts' in by ? by.texts : [])));
	const records = wanted.size === 0 ? [] : await fetchAllOnce(run, fields, columns);
	const known = byIdentity(records, first, wanted);
	const result = { rows: [...given.rows], refused: [...given.refused], fresh: new Set<Position>() };
	const isRefused = new Set(given.refused.map(({ at }) => at));
	const newOnes = new Map<string, Position>();
	for (const [at, row] of given.rows.entries()) {
		const by = matchedBy[at];
		if (typeof by !== 'object' || isRefused.has(at) || !isBlank(row.given._id)) continue;
		if ('problem' in by) result.refused.push({ at, why: { code: 'badValues', problems: [by.problem] } });
		const own = 'texts' in by ? by.texts : [];
		if (own.length === 0) continue;
		const identity = own.join(', ');
		const named = companyOf(row.given, columns);
		const all = [...new Set(own.flatMap((one) => known.get(one) ?? []))];
		const within = all.filter(
			(record) => company !== undefined && named !== undefined && record[company] === named.value,
		);
		const matches = all.length > 1 && within.length > 0 ? within : all;
		const [match] = matches;
		if (match !== undefined && (matches.length === 1 || rule.several === 'first')) {
			result.rows[at] = { ...row, given: { ...row.given, _id: match._id } };
		} else if (match !== undefined) {
			result.refused.push(severalOf(at, rule.field, identity, matches.length, run.model));
		} else {
			const like = own.map((one) => newOnes.get(one)).find((one) => one !== undefined);
			if (like === undefined) {
				for (const one of own) newOnes.set(one, at);
				result.fresh.add(at);
			} else {
				result.refused.push({
					at,
					why: { code: 'duplicateKey', like: { key: { name: rule.field, value: identity }, row: like } },
				});
			}
		}
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return result;
}

function severalOf(at: Position, field: string, value: string, count: number, model: Model): Refused {
	const said = `${count} ${model.plural} have '${value}' in ${field}`;
	const problem = { field, given: value, wants: 'the value of one record', said };
	return { at, why: { code: 'badValues', problems: [problem] } };
}

/**
 * Reads the rows of a run, and finds out what their columns mean and, by a field of the user's choice, their records.
 * @param rule left out where Planhat matches the rows by their keys
 */
export async function readMatchedRows(
	run: BatchRun,
	rules: Rules,
	rule: MatchRule | undefined,
): Promise<{ given: Given; columns: Columns }> {
	const read = await readRows(run);
	const planned = await planRows(columnRunOfBatch(run), toPlan(run, read), rules);
	if (rule === undefined || run.refusal !== undefined) return { given: read, columns: planned };
	const given = await matchRows(run, read, planned, rule);
	// The IDs that were found are a column of their own.
	return { given, columns: await planRows(columnRunOfBatch(run), given.rows, rules) };
}
