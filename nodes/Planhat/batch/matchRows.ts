import type { IDataObject } from 'n8n-workflow';

import type { Columns, FieldColumn } from '../columns/column';
import type { Rules } from '../columns/rules';
import { insideOf } from '../columns/lookThrough';
import { kindQuery, isOfKind } from '../resources/kind';
import type { Model } from '../resources/types';
import { columnRunOfBatch } from '../rows/columnRun';
import { companyOf } from '../rows/keys';
import { planRows } from '../rows/planRows';
import { readRows } from '../rows/readRows';
import type { Given, Position, Refused, Row } from '../rows/row';
import type { BatchRun } from '../run/context';
import { inputError } from '../transport/errors';
import { fetchPages } from '../transport/paging';
import { isBlank, isObject, trimmed } from '../values/checks';
import { emailIdentity } from '../values/keys';
import type { MatchRule } from './matchOptions';
import { toPlan } from './sendBatches';

/** A column with the values that rows are matched by, and the column that holds it, where that is `custom`. */
interface MatchColumn {
	name: string;
	within?: string;
	column: FieldColumn;
}

const customPrefix = 'custom.';

function columnsOf({ byName }: Pick<Columns, 'byName'>, within?: string): MatchColumn[] {
	return [...byName].flatMap(([name, column]) => {
		if (column.to === 'inside') return columnsOf(column, name);
		return column.to === 'field' || column.to === 'custom' ? [{ name, within, column }] : [];
	});
}

/** The columns that mean the field; the plain name means a standard field first. */
function matchColumns(columns: Columns, { field }: MatchRule): MatchColumn[] {
	const all = columnsOf(columns).filter(({ column }) => column.isKnown);
	const isCustom = field.startsWith(customPrefix);
	const standard = isCustom ? [] : all.filter(({ column }) => column.to === 'field' && column.field.name === field);
	if (standard.length > 0) return standard;
	const name = isCustom ? field.slice(customPrefix.length) : field;
	return all.filter(({ column }) => column.to === 'custom' && column.field.name === name);
}

/** The form in which values are compared: lists and references count by what is in them. */
function identitiesOf(value: unknown, isEmail: boolean): string[] {
	return [value].flat().flatMap((entry: unknown) => {
		const named = isObject(entry) ? (entry._id ?? entry.id) : entry;
		if (isBlank(named) || typeof named === 'object') return [];
		const text = trimmed(String(named));
		return [isEmail ? emailIdentity(text) : text];
	});
}

function identityAt({ given }: Row, found: readonly MatchColumn[]): string | undefined {
	for (const { name, within, column } of found) {
		try {
			const value = within === undefined ? given[name] : insideOf(given[within])?.[name];
			const converted = column.isBlank(value) ? undefined : column.convert(value);
			const [identity] =
				converted !== undefined && 'value' in converted
					? identitiesOf(converted.value, column.field.type === 'email')
					: [];
			if (identity !== undefined) return identity;
		} catch {
			// The row is refused for it when it is written.
		}
	}
	return undefined;
}

/** Lists leave out what is archived unless they are asked for it. */
function queriesOf(model: Model): IDataObject[] {
	const flag = model.filters.find(({ takes, name }) => takes === 'boolean' && /archived$/i.test(name));
	return flag === undefined ? [{}] : [{}, { [flag.sentAs ?? flag.name]: true }];
}

function companyField({ fields }: Model): string | undefined {
	return fields.find(({ refersTo, type, readOnly }) => refersTo === 'company' && type === 'id' && !readOnly)?.name;
}

async function fetchHolding({ model, transport }: BatchRun, fields: readonly string[]): Promise<IDataObject[]> {
	const target = { verb: 'list', record: model.plural, permission: model.name };
	const records = new Map<unknown, IDataObject>();
	for (const query of queriesOf(model)) {
		const list = await fetchPages({
			plural: model.plural,
			pageMaximum: model.page.maximum,
			limit: Infinity,
			filtered: model.kind !== undefined,
			keep: (record) => typeof record._id === 'string' && isOfKind(model, record),
			page: async (offset, limit) => {
				const select = model.sortable
					? { select: [...fields, ...(model.kind?.fields ?? [])].join(','), sort: '_id' }
					: {};
				const qs = { ...kindQuery(model), ...query, ...select, limit, offset };
				return (await transport.send({ method: 'GET', url: model.path, qs, target })).body;
			},
		});
		for (const record of list) records.set(record._id, record);
	}
	return [...records.values()].sort((one, other) => (String(one._id) < String(other._id) ? -1 : 1));
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
			`'Match On' is '${rule.field}', and no column is that field of a ${run.model.singular}`,
			"Use the name of a field that your rows have. For a custom field, put 'custom.' before its name.",
		);
	}
	if (first === undefined) return { ...given, fresh: new Set() };
	const identities = given.rows.map((row) => identityAt(row, found));
	const company = companyField(run.model);
	const { name, heldAs = name } = first.column.field;
	const fields = [first.column.to === 'custom' ? 'custom' : heldAs, ...(company === undefined ? [] : [company])];
	const wanted = new Set(identities.filter((identity) => identity !== undefined));
	const records = wanted.size === 0 ? [] : await fetchHolding(run, fields);
	const known = byIdentity(records, first, wanted);
	const result = { rows: [...given.rows], refused: [...given.refused], fresh: new Set<Position>() };
	const isRefused = new Set(given.refused.map(({ at }) => at));
	const newOnes = new Map<string, Position>();
	for (const [at, row] of given.rows.entries()) {
		const identity = identities[at];
		if (identity === undefined || isRefused.has(at) || !isBlank(row.given._id)) continue;
		const named = companyOf(row.given, columns);
		const all = known.get(identity) ?? [];
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
			const like = newOnes.get(identity);
			if (like === undefined) {
				newOnes.set(identity, at);
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
