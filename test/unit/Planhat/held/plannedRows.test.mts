import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { RowPlanner, type PlannedRow, type WriteMode } from '../../../../nodes/Planhat/held/plannedRows.ts';
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
import { columnsOf } from '../columns/fakeColumns.mts';
import { meaningOf, modelNamed, rowCompanies, rowCustomFields, rowsOfModel } from '../rows/rowsOfModel.mts';

async function planner(records: IDataObject[], mode: WriteMode = 'createOrUpdate', compares = true) {
	const columns = await columnsOf([{ externalId: 'a', name: 'A' }]);
	const index = new RecordIndex(columns.model);
	for (const record of records) index.add(record);
	const rows = new RowPlanner(columns, index, mode, compares);
	return (...fields: IDataObject[]) => fields.map((row, at) => rows.plan({ at, fields: row, missing: [] }));
}

const isOf = (planned: readonly PlannedRow[]) => planned.map(({ is }) => is);

describe('What a row would do', () => {
	it('is told with each field that differs, and counts for the rows that come later', async () => {
		const plan = await planner([{ _id: '1', externalId: 'a', name: 'A' }]);
		const rows = [
			{ externalId: 'a', name: 'B' },
			{ externalId: 'a', name: 'B' },
			{ externalId: 'n' },
			{ externalId: 'n' },
		];
		const planned = plan(...rows);
		expect(isOf(planned)).toEqual(['update', 'unchanged', 'create', 'unchanged']);
		expect(planned[0]).toEqual({
			...{ at: 0, is: 'update', _id: '1' },
			differences: [{ name: 'name', held: 'A', sent: 'B' }],
		});
	});

	it('is nothing where the mode leaves it out', async () => {
		const record = { _id: '1', externalId: 'a' };
		const rows = [{ externalId: 'a' }, { externalId: 'n' }, { externalId: 'n' }];
		expect(isOf((await planner([record], 'updateOnly', false))(...rows))).toEqual(['update', 'skipped', 'skipped']);
		expect(isOf((await planner([record], 'createOnly', false))(...rows))).toEqual(['skipped', 'create', 'skipped']);
	});

	it('is no change of a key that Planhat matches by before the one that is found', async () => {
		const plan = await planner([{ _id: '1', externalId: 'a' }]);
		expect(isOf(plan({ sourceId: 's', externalId: 'a' }))).toEqual(['unchanged']);
	});
});

const numRuns = Number(process.env.FUZZ_RUNS ?? 400) / 4;

/** The keys of the same record in each row that has the same number. */
function keysOf(model: Model, number: number): IDataObject {
	const company = rowCompanies[number % 2]?._id;
	if (model.keysWithinCompany.includes('email')) return { sourceId: `s-${number}`, companyId: company };
	return {
		externalId: `e-${number}`,
		...(model.resource === 'company' || company === undefined ? {} : { companyId: company }),
	};
}

describe.each(['company', 'enduser', 'asset', 'opportunity'])('The plan of rows of type %s', (resource) => {
	it('is what then happens', async () => {
		const model = modelNamed(resource);
		const served = modelAt(model.path.slice(1));
		if (served === undefined) throw new Error(`The double has no ${resource}`);
		const inside = new Map([...rowCustomFields].map(([name, field]) => [name, { to: 'custom', field }]));
		const columns = { model, byName: new Map([['custom', { to: 'inside', byName: inside }]]) } as unknown as Columns;
		const companyIds = new Map(
			rowCompanies.flatMap(({ _id, externalId, sourceId }) => [
				[`extid-${externalId}`, _id] as const,
				[`srcid-${sourceId}`, _id] as const,
			]),
		);
		const rowsOf = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.boolean(), rowsOfModel(model)), { maxLength: 6 });
		fc.assert(
			fc.property(rowsOf, fc.subarray([0, 1, 2, 3, 4, 5]), (given, held) => {
				const store = new Store(() => new Date(0));
				store.insert('companies', resource === 'company' ? [] : rowCompanies);
				store.insert(
					served.storage,
					held.map((number) => ({ ...copyOf(served.defaults), ...keysOf(model, number), name: 'x' }) as JsonObject),
				);
				const state = { store, behaviour: defaultBehaviour, rights: {} } as unknown as State;
				const index = new RecordIndex(model, companyIds);
				for (const record of store.recordsOf(served)) index.add(copyOf(record));
				const planner = new RowPlanner(columns, index, 'createOrUpdate', true);
				const made = new Set<number>();
				for (const [at, [number, isWhole, row]] of given.entries()) {
					const keys = keysOf(model, number);
					const lacking = isWhole ? missingFields(model, { ...row, ...keys }) : [];
					const fields: IDataObject = { ...row, ...Object.fromEntries(lacking.map((name) => [name, 'x'])), ...keys };
					const sent = { own: new Map(Object.keys(fields).map((name) => [name, { name, type: 'unknown' as const }])) };
					for (const field of model.fields) if (sent.own.has(field.name)) sent.own.set(field.name, field as never);
					const meaning = () =>
						JSON.stringify(
							store.recordsOf(served).map((record) => meaningOf(record, { ...sent, custom: rowCustomFields })),
						);
					const before = { records: store.recordsOf(served).length, meaning: meaning() };
					const planned = planner.plan({ at, fields, missing: missingFields(model, fields) });
					const { body } = bulkUpsert(state, served, [fields]);
					const isRefused = ((body as JsonObject).createdErrors as unknown[]).length > 0;
					const isNew = store.recordsOf(served).length > before.records;
					const happened = isRefused
						? 'refused'
						: isNew
							? 'create'
							: meaning() === before.meaning
								? 'unchanged'
								: 'update';
					// What Planhat puts into a new record beside what is sent, nobody can tell before.
					const known = (is: string) => (made.has(number) && is === 'unchanged' ? 'update' : is);
					expect(known(planned.is)).toBe(known(happened));
					if (isNew) made.add(number);
				}
			}),
			{ numRuns },
		);
	});
});
