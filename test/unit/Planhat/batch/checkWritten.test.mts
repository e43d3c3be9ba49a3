import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../../../../nodes/Planhat/answers/outcome.ts';
import { checkWritten, type Check } from '../../../../nodes/Planhat/batch/checkWritten.ts';
import { RecordIndex } from '../../../../nodes/Planhat/batch/recordIndex.ts';
import type { Columns } from '../../../../nodes/Planhat/columns/column.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';
import { missingFields } from '../../../../nodes/Planhat/rows/requiredFields.ts';
import { defaultBehaviour } from '../../../planhat-server/behaviour.mts';
import { bulkUpsert } from '../../../planhat-server/bulk.mts';
import { modelAt } from '../../../planhat-server/models.mts';
import type { State } from '../../../planhat-server/state.mts';
import { Store } from '../../../planhat-server/store.mts';
import { copyOf, type JsonObject } from '../../../planhat-server/types.mts';
import { meaningOf, modelNamed, rowCompanies, rowCustomFields, rowsOfModel } from '../rows/rowsOfModel.mts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 160) / 4;

/** In another case than the tenant's field: Planhat stores it, and shows it nowhere. */
const unseenName = 'C Text';

const unknown = { ...{ to: 'custom', isKnown: false }, field: { name: unseenName, type: 'unknown' } };
const inside = new Map<string, object>([
	...[...rowCustomFields].map(([name, field]) => [name, { to: 'custom', isKnown: true, field }] as const),
	[unseenName, unknown],
]);

const columnsFor = (model: Model, unread: string[] = []) =>
	({ model, unread, byName: new Map([['custom', { to: 'inside', byName: inside }]]) }) as unknown as Columns;

const companyIds = new Map<string, string>(
	rowCompanies.flatMap(({ _id, externalId, sourceId }) => [
		[`extid-${externalId}`, _id] as const,
		[`srcid-${sourceId}`, _id] as const,
	]),
);

function keysOf(model: Model, number: number): IDataObject {
	const company = rowCompanies[number % 2]?._id;
	if (model.keysWithinCompany.includes('email')) return { sourceId: `s-${number}`, companyId: company };
	return { externalId: `e-${number}`, ...(model.resource !== 'company' && { companyId: company }) };
}

function checksOf(
	rows: IDataObject[],
	records: IDataObject[],
	outcomes: Outcome[],
	{ model = modelNamed('company'), unread = [] as string[] } = {},
): Array<Check | undefined> {
	const index = new RecordIndex(model, companyIds);
	for (const record of records) index.add(record);
	const written = rows.map((fields, at) => ({ at, layer: 0, fields, missing: [] }));
	const checks: Array<Check | undefined> = rows.map(() => undefined);
	for (const { at, check } of checkWritten(written, outcomes, columnsFor(model, unread), index)) checks[at] = check;
	return checks;
}

const updated: Outcome = { is: 'updated' };
const lost: Outcome = { is: 'unknown', why: { code: 'lost' } };
const refused: Outcome = { is: 'failed', why: { code: 'refused' } };

describe('A row that is read back', () => {
	const record = { _id: '1', externalId: 'a', name: 'A', phase: 'Live', custom: { 'C Text': 'x' } };

	it('is the same, differs, or is gone', () => {
		const rows = [
			{ externalId: 'a', name: 'A' },
			{ externalId: 'a', city: 'Oslo' },
			{ externalId: 'b', name: 'B' },
		];
		expect(checksOf(rows, [record], [updated, updated, lost])).toEqual([
			{ is: 'same' },
			{ is: 'different', differences: [{ name: 'city', held: undefined, sent: 'Oslo' }] },
			{ is: 'gone' },
		]);
	});

	it('is not asked for what a later row has overwritten, unless that one was refused', () => {
		const rows = [
			{ externalId: 'a', name: 'Old', phase: 'Lead' },
			{ externalId: 'a', name: 'A' },
		];
		const differences = [{ name: 'phase', held: 'Live', sent: 'Lead' }];
		expect(checksOf(rows, [record], [updated, updated])[0]).toEqual({ is: 'different', differences });
		const [first, second] = checksOf(rows, [record], [updated, refused]);
		expect(first).toMatchObject({ differences: [{ name: 'name' }, { name: 'phase' }] });
		expect(second).toBeUndefined();
	});

	it('is found by the ID that Planhat gave it', () => {
		const rows = [{ name: 'A' }, { name: 'A' }];
		expect(checksOf(rows, [record], [{ is: 'created', _id: '1' }, updated])).toEqual([{ is: 'same' }, undefined]);
	});

	it('has not arrived in a custom field that nobody sees, where the fields of the tenant are known', () => {
		const rows = [{ externalId: 'a', custom: { 'C Text': 'x' } }];
		expect(checksOf(rows, [record], [updated])).toEqual([
			{ is: 'different', differences: [{ name: 'custom.C Text', held: undefined, sent: 'x' }] },
		]);
		expect(checksOf(rows, [record], [updated], { unread: ['no right'] })).toEqual([{ is: 'same' }]);
	});
});

/** What happens to a record after it was written, so that it is not as it was sent. */
const harms = fc.constantFrom<'cut' | 'drop' | 'nothing'>('nothing', 'nothing', 'cut', 'drop');

function harm(record: JsonObject, kind: 'cut' | 'drop' | 'nothing', kept: readonly string[]): void {
	for (const [name, value] of Object.entries(record)) {
		if (kept.includes(name) || kind === 'nothing') continue;
		if (kind === 'drop' && typeof value !== 'object') record[name] = null;
		if (kind === 'cut' && typeof value === 'string') record[name] = value.slice(0, 2);
	}
}

/** The fields of a row whose meaning to Planhat is another than that of what is stored, worked out apart from what is tested. */
function differing(fields: IDataObject, held: IDataObject, model: Model): string[] {
	const own = new Map(Object.keys(fields).map((name) => [name, { name, type: 'unknown' as const }]));
	for (const field of model.fields) if (own.has(field.name)) own.set(field.name, field as never);
	own.delete('custom');
	const custom = new Map(
		Object.keys((fields.custom ?? {}) as object).map((name) => [name, { name, type: 'unknown' as const }]),
	);
	for (const [name, field] of rowCustomFields) if (custom.has(name)) custom.set(name, field as never);
	const { companyId } = fields;
	const resolved = { ...fields, ...(companyId && { companyId: companyIds.get(String(companyId)) ?? companyId }) };
	const [sent, stored] = [resolved, held].map((record) => meaningOf(record, { own, custom }));
	const inside = (record: IDataObject | undefined) => (record?.custom ?? {}) as IDataObject;
	return [
		...[...own.keys()].filter((name) => !isDeepStrictEqual(sent?.[name], stored?.[name])),
		...[...custom.keys()]
			.filter((name) => name === unseenName || !isDeepStrictEqual(inside(sent)[name], inside(stored)[name]))
			.map((name) => `custom.${name}`),
	].sort();
}

const namesIn = (fields: IDataObject) => [
	...Object.keys(fields),
	...Object.keys((fields.custom ?? {}) as object).map((name) => `custom.${name}`),
];

describe.each(['company', 'enduser', 'asset', 'license'])('Rows of type %s that are read back', (resource) => {
	it('differ in what Planhat has dropped or changed, and in nothing else', () => {
		const model = modelNamed(resource);
		const served = modelAt(model.path.slice(1));
		if (served === undefined) throw new Error(`The double has no ${resource}`);
		const extras = fc.record({ hueOfSky: fc.constant('blue'), unseen: fc.boolean() }, { requiredKeys: ['unseen'] });
		const row = fc.record({ number: fc.nat({ max: 2 }), row: rowsOfModel(model), extras, isLost: fc.boolean() });
		const known = (name: string) => [...model.keys, 'companyId', '_id'].includes(name);
		fc.assert(
			fc.property(fc.array(row, { maxLength: 6 }), fc.array(harms, { minLength: 3, maxLength: 3 }), (given, harmed) => {
				const store = new Store(() => new Date(0));
				if (resource !== 'company') store.insert('companies', rowCompanies);
				const state = { store, behaviour: defaultBehaviour, rights: {} } as unknown as State;
				const rows = given.map(({ number, row: values, extras: { unseen, ...others } }): IDataObject => {
					const custom = { ...(values.custom as object), ...(unseen && { [unseenName]: 'x' }) };
					const fields = { ...values, ...others, ...(unseen && { custom }), ...keysOf(model, number) };
					return copyOf({
						...Object.fromEntries(missingFields(model, fields).map((name) => [name, 'x'])),
						...fields,
					} as JsonObject);
				});
				// The last row of a record may have got lost on its way.
				const isLast = (at: number) => !given.slice(at + 1).some(({ number }) => number === given[at]?.number);
				const outcomes = given.map(({ isLost }, at): Outcome => {
					if (isLost && isLast(at)) return lost;
					const { body } = bulkUpsert(state, served, [rows[at]]);
					return ((body as JsonObject).createdErrors as unknown[]).length > 0 ||
						((body as JsonObject).updatedErrors as unknown[]).length > 0
						? refused
						: updated;
				});
				const records = store.recordsOf(served).map((record) => copyOf(record));
				for (const [at, record] of records.entries())
					harm(record, harmed[at] ?? 'nothing', Object.keys(record).filter(known));
				const checks = checksOf(rows, records, outcomes, { model });
				for (const [at, fields] of rows.entries()) {
					if (outcomes[at] === refused) {
						expect(checks[at]).toBeUndefined();
						continue;
					}
					const [key = '', value] = Object.entries(keysOf(model, given[at]?.number ?? 0))[0] ?? [];
					const held = records.find((record) => record[key] === value);
					if (held === undefined) {
						expect(checks[at]).toEqual({ is: 'gone' });
						continue;
					}
					const later = rows.flatMap((other, place) => {
						if (place <= at || given[place]?.number !== given[at]?.number || outcomes[place] === refused) return [];
						const isOpen = outcomes[place] === lost ? differing(other, held, model) : [];
						return namesIn(other).filter((name) => !isOpen.includes(name));
					});
					const check = checks[at];
					const found = check?.is === 'different' ? check.differences.map(({ name }) => name).sort() : [];
					expect(found).toEqual(differing(fields, held, model).filter((name) => !later.includes(name)));
					expect(check?.is).toBe(found.length === 0 ? 'same' : 'different');
				}
			}),
			{ numRuns },
		);
	});
});
