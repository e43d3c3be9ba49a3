import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { itemsOf, type Bench } from './planhat.mts';
import type { RunResult } from './harness.mts';

/** Rows of Create or Update, and what there is before. */
export interface PreviewCase {
	resource: string;
	path: string;
	rows: IDataObject[];
	options: IDataObject;
	/** The `_id` of companies by what rows name them by. */
	companies?: ReadonlyMap<unknown, string>;
	/** Whether rows may name one record by different keys that are not read before the rounds of requests are made. */
	hasHiddenKeys?: true;
}

const happened: Readonly<Record<string, string>> = {
	created: 'create',
	updated: 'update',
	unchanged: 'unchanged',
	skipped: 'skipped',
	superseded: 'superseded',
	failed: 'refused',
};

/** Fields that Planhat writes itself. */
const managed = new Set(['updatedAt', 'lastUpdated', 'companyName', 'slug', 'snippet']);

function itemOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : -1;
}

function rowsIn(items: readonly INodeExecutionData[]): INodeExecutionData[] {
	return items.filter((one) => itemOf(one) >= 0 && one.json.closedFor === undefined && closedIn(one) === undefined);
}

/** A record that a row ends is an item of its own. */
function closedIn({ json }: INodeExecutionData): unknown {
	const { keys } = (json.details ?? {}) as IDataObject;
	return json.closedFor ?? (keys as IDataObject | undefined)?.closedFor;
}

function missingIn({ output }: RunResult): unknown[] {
	return output
		.filter(({ json }) => [json.preview, json.outcome].includes('notInInput'))
		.map(({ json }) => json._id)
		.sort();
}

/** What the preview says of each row, by its item; the error output has those that are refused. */
function plannedIn(preview: RunResult): Map<number, string> {
	const said = rowsIn(preview.output).map((one) => [itemOf(one), String(one.json.preview)] as const);
	const refused = preview.errors.map((one) => [itemOf(one), 'refused'] as const);
	return new Map([...said, ...refused].map(([at, is]) => [at, is === 'ignored' ? 'refused' : is]));
}

/** What became of each row, in the words of a preview; what no answer tells is as it was planned. */
function outcomesIn(sent: RunResult, planned: ReadonlyMap<number, string>): Map<number, string> {
	const inPlan = (at: number) => planned.get(at) ?? 'nothing';
	const went = rowsIn(sent.output).map((one) => {
		const { outcome } = one.json;
		return [itemOf(one), outcome === 'applied' ? inPlan(itemOf(one)) : (happened[String(outcome)] ?? '')] as const;
	});
	const failed = rowsIn(sent.errors).map((one) => {
		// An answer that settles no row without a key leaves it unknown, whatever became of it.
		const { outcome } = (one.json.details ?? {}) as IDataObject;
		return [itemOf(one), outcome === 'unknown' ? inPlan(itemOf(one)) : 'refused'] as const;
	});
	return new Map([...went, ...failed]);
}

function valueIn(record: IDataObject, name: string): unknown {
	const [outer = '', ...inner] = name.split('.');
	return inner.length === 0 ? record[name] : (record[outer] as IDataObject | undefined)?.[inner.join('.')];
}

function namesIn(record: IDataObject): string[] {
	return Object.entries(record).flatMap(([name, value]) =>
		name === 'custom' ? Object.keys((value ?? {}) as IDataObject).map((one) => `custom.${one}`) : [name],
	);
}

/** In one form, as a preview compares: lists without their order, times by their milliseconds, companies by their IDs. */
function plain(value: unknown, companies: ReadonlyMap<unknown, string> = new Map()): unknown {
	if (value === undefined || value === null || value === '' || isDeepStrictEqual(value, [])) return null;
	if (Array.isArray(value))
		return value
			.map((one) => String(plain((one as IDataObject)._id ?? (one as IDataObject).id ?? one, companies)))
			.sort();
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)) return Date.parse(value);
	return companies.get(value) ?? value;
}

/** What the preview says that fields of records would hold; rows of one record may go out in another order than theirs. */
function plannedChanges(preview: RunResult): Map<unknown, Map<string, unknown[]>> {
	const planned = new Map<unknown, Map<string, unknown[]>>();
	for (const { json } of rowsIn(preview.output)) {
		if (json._id === undefined || json.preview !== 'update') continue;
		const changes = planned.get(json._id) ?? new Map<string, unknown[]>();
		planned.set(json._id, changes);
		for (const [name, change] of Object.entries(json.changes as IDataObject)) {
			const { new: value } = change as IDataObject;
			// The company's own key is in place of its ID.
			const [field, sent] = name === 'companyExternalId' ? ['companyId', `extid-${String(value)}`] : [name, value];
			changes.set(field, [...(changes.get(field) ?? []), sent]);
		}
	}
	return planned;
}

/** The fields of records that the preview says would change are those that did. */
function expectChanges(
	preview: RunResult,
	before: readonly IDataObject[],
	after: readonly IDataObject[],
	{ companies }: PreviewCase,
) {
	const planned = plannedChanges(preview);
	for (const record of before) {
		const now = after.find(({ _id }) => _id === record._id) ?? {};
		const names = new Set([...namesIn(record), ...namesIn(now)]);
		const changed = [...names].filter(
			(name) => !managed.has(name) && !isDeepStrictEqual(plain(valueIn(record, name)), plain(valueIn(now, name))),
		);
		const changes = planned.get(record._id) ?? new Map<string, unknown[]>();
		expect([...changes.keys()]).toEqual(expect.arrayContaining(changed));
		for (const [name, values] of changes)
			expect([name, values.map((value) => plain(value, companies))]).toEqual([
				name,
				expect.arrayContaining([plain(valueIn(now, name))]),
			]);
	}
}

/** What Verify calls changed or dropped is so: nothing of it stands in the record. */
function expectVerified(
	preview: RunResult,
	sent: RunResult,
	after: readonly IDataObject[],
	{ rows, companies }: PreviewCase,
) {
	const ids = new Map(rowsIn(preview.output).map((one) => [itemOf(one), one.json._id]));
	for (const one of [...rowsIn(sent.output), ...rowsIn(sent.errors)]) {
		const said = (one.json.details ?? one.json) as IDataObject;
		if (said.verified !== false) continue;
		// Planhat names no record that it leaves as it is.
		const id = said._id ?? ids.get(itemOf(one));
		if (said.outcome === 'failed' || (id === undefined && said.differences !== undefined)) continue;
		const record = after.find(({ _id }) => _id === id);
		expect([one.json, record]).not.toEqual([one.json, undefined]);
		for (const [name, difference] of Object.entries((said.differences ?? {}) as IDataObject)) {
			const { sent: value, inPlanhat } = difference as IDataObject;
			expect([name, plain(inPlanhat)]).toEqual([name, plain(valueIn(record ?? {}, name))]);
			expect([rows, name, plain(inPlanhat)]).not.toEqual([rows, name, plain(value, companies)]);
		}
	}
}

/** What tells records from each other beside `_id`, best first. */
const keyNames = ['sourceId', 'externalId', 'email'];

/** Whether rows went out a second time. */
function isSentAgain({ server }: Bench): boolean {
	const puts = server.requests.flatMap(({ method, body }) => (method === 'PUT' && Array.isArray(body) ? [body] : []));
	const texts = puts.flat().map((row) => JSON.stringify(row));
	return new Set(texts).size < texts.length;
}

/**
 * Whether a record is found by a worse key of a row than by another that it does not have, which it does not get: another row
 * that names it by its own may change the worse one before such a row goes out a second time.
 */
function hasCrossedKeys(rows: readonly IDataObject[], before: readonly IDataObject[]): boolean {
	const isCrossed = (row: IDataObject, one: IDataObject) =>
		keyNames.some((better, place) => {
			const worse = keyNames.slice(place + 1).filter((name) => row[name] !== undefined && one[name] === row[name]);
			return row[better] !== undefined && one[better] !== row[better] && worse.length > 0;
		});
	return rows.some((row) => [...before, ...rows].some((one) => one !== row && isCrossed(row, one)));
}

/** Whether a row names its record by a key that an earlier one has taken from another record, before it goes out a second time. */
function hasReusedKeys(rows: readonly IDataObject[], before: readonly IDataObject[]): boolean {
	const isGone = (record: IDataObject, row: IDataObject, name: string) =>
		row[name] !== undefined &&
		row[name] !== record[name] &&
		['_id', ...keyNames].some((key) => row[key] !== undefined && row[key] === record[key]);
	return rows.some((row, at) =>
		before.some((record) =>
			keyNames.some(
				(name) =>
					row[name] !== undefined &&
					row[name] === record[name] &&
					rows.slice(0, at).some((earlier) => isGone(record, earlier, name)),
			),
		),
	);
}

/** Of the rows of one record, an answer that names it tells no more than what each of them did to it. */
function byRecord(said: ReadonlyMap<number, string>, preview: RunResult): Array<[number, string]> {
	const ids = new Map(rowsIn(preview.output).map((one) => [itemOf(one), one.json._id]));
	const places = [...said.keys()].sort((first, second) => first - second);
	const left = new Map<unknown, string[]>();
	for (const at of places)
		left.set(ids.get(at) ?? at, [...(left.get(ids.get(at) ?? at) ?? []), said.get(at) ?? ''].sort());
	return places.map((at) => [at, left.get(ids.get(at) ?? at)?.shift() ?? '']);
}

/** Whether an answer that tells a record's ID would name by it a row that is refused, in place of another row of the record. */
function isNamedByAnother(
	rows: readonly IDataObject[],
	preview: RunResult,
	planned: ReadonlyMap<number, string>,
): boolean {
	const ids = new Set(rowsIn(preview.output).map(({ json }) => json._id));
	return rows.some(({ _id }, at) => _id !== undefined && planned.get(at) === 'refused' && ids.has(_id));
}

/**
 * Runs rows with Preview Changes on and then without, and expects that what is said of each row is what happens, and of each
 * field.
 * @returns what both said, for what is to be expected beside
 */
export async function expectPreviewed(
	planhat: Bench,
	one: PreviewCase,
): Promise<{ preview: RunResult; sent: RunResult }> {
	const { resource, path, rows, options } = one;
	const run = async (more: IDataObject) =>
		await planhat.run(
			{
				...{ resource, operation: 'upsert' },
				fields: { mappingMode: 'autoMapInputData', value: null },
				options: { ...options, ...more } as INodeParameters,
			},
			{ items: itemsOf(rows), onError: 'continueErrorOutput' },
		);
	const before = planhat.server.records(path);
	const preview = await run({ preview: true });
	expect(planhat.server.records(path)).toEqual(before);
	const sent = await run({});
	const after = planhat.server.records(path);
	expect([preview.error, sent.error]).toEqual([undefined, undefined]);
	// What Planhat does with a key that another record has no document tells; the double refuses it.
	fc.pre(!sent.errors.some(({ json }) => / duplicated/i.test(String(json.error))));
	const planned = plannedIn(preview);
	const outcomes = outcomesIn(sent, planned);
	if (one.hasHiddenKeys) {
		fc.pre(!isNamedByAnother(rows, preview, planned));
		fc.pre(!isSentAgain(planhat) || !(hasCrossedKeys(rows, before) || hasReusedKeys(rows, before)));
	}
	// What Planhat puts into a new record beside what is sent, nobody can tell before.
	const known = new Set(rowsIn(preview.output).flatMap((row) => (row.json._id === undefined ? [] : [itemOf(row)])));
	const told = ([at, is]: [number, string]) => [at, is === 'unchanged' && !known.has(at) ? 'update' : is] as const;
	const inOrder = (said: Map<number, string>) => byRecord(new Map([...said].map(told)), preview);
	expect(inOrder(outcomes)).toEqual(inOrder(planned));
	if (options.closePrevious !== true) expectChanges(preview, before, after, one);
	expectVerified(preview, sent, after, one);
	// Nothing is said to be missing where nobody knows of any row that it went through.
	const isApplied = sent.output.some((row) => itemOf(row) >= 0 && row.json.outcome !== 'skipped');
	if (isApplied) expect(missingIn(sent)).toEqual(missingIn(preview));
	return { preview, sent };
}
