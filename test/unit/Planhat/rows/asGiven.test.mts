import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { RowsAsGiven } from '../../../../nodes/Planhat/rows/asGiven.ts';
import { missingFields } from '../../../../nodes/Planhat/rows/requiredFields.ts';
import { writeRow } from '../../../../nodes/Planhat/rows/writeRow.ts';
import { columnsOf, type FakeRun } from '../columns/fakeColumns.mts';

async function missingOf(row: IDataObject, run: FakeRun = {}) {
	return new RowsAsGiven(await columnsOf([row], run)).missingOf(row);
}

const id = '5f0000000000000000000001';

describe('A row goes out as it was given', () => {
	it('with the names of fields and usual values, and it is known what it lacks', async () => {
		expect(await missingOf({ name: 'Acme', externalId: 'a', description: 'x' })).toEqual([]);
		expect(await missingOf({ externalId: 'a', description: 'x' })).toEqual(['name']);
		const metric = {
			dimensionId: 'logins',
			externalId: 'a',
			model: 'Company',
			value: 1,
			date: '2026-01-01T00:00:00.000Z',
		};
		expect(await missingOf(metric, { resource: 'metric' })).toEqual([]);
	});

	it.each<[string, IDataObject, FakeRun?]>([
		['a value that is sent otherwise', { name: 'Acme', externalId: ' a' }],
		['a blank value', { name: 'Acme', externalId: 'a', description: '' }],
		[
			'a date in another form',
			{ dimensionId: 'x', externalId: 'a', value: 1, date: '2026-01-01' },
			{ resource: 'metric' },
		],
		['another spelling', { Name: 'Acme', externalId: 'a' }],
		['a name that no field has', { name: 'Acme', externalId: 'a', nickname: 'x' }],
		['two names of one field', { name: 'Acme', externalId: 'a', 'External ID': 'a' }],
		['a custom field', { name: 'Acme', externalId: 'a', custom: { Plan: 'Pro' } }],
		['what only Planhat sets', { name: 'Acme', externalId: 'a', __v: 1 }],
		['a model with a fixed field', { companyId: id, externalId: 'a' }, { resource: 'note' }],
		['names that are not its own', Object.create({ name: 'Acme' }, {}) as IDataObject],
		['a text of its own', Object.assign(Object.create(null) as IDataObject, { toJSON: () => 'x' })],
		['nothing', {}],
	])('but not one with %s', async (...[, row, run]) => {
		expect(await missingOf(row, run)).toBeUndefined();
	});

	it('only where writing it value by value comes to the same', async () => {
		const usually = (usual: unknown, ...others: unknown[]) =>
			fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
		const values = {
			dimensionId: usually('logins', ' logins', '', 5, '[object Object]', null),
			externalId: usually('a', 'N/A', 7, ' b', undefined),
			value: usually(1, '1', 1e20, Number.NaN, -0),
			date: usually('2026-01-01T00:00:00.000Z', '2026-01-01', '2026-02-30T00:00:00.000Z', 45_000),
		};
		let taken = 0;
		const row = fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<IDataObject>;
		await fc.assert(
			fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
				const columns = await columnsOf(rows, { resource: 'metric' });
				const asGiven = new RowsAsGiven(columns);
				for (const given of rows) {
					const missing = asGiven.missingOf(given);
					if (missing === undefined) continue;
					taken += 1;
					const wrote = writeRow(given, columns);
					const fields = 'fields' in wrote ? wrote.fields : {};
					expect(JSON.stringify(fields)).toBe(JSON.stringify(given));
					expect(missing).toEqual(missingFields(columns.model, fields));
					expect(wrote).not.toHaveProperty('notes');
				}
			}),
			{ numRuns: 300 },
		);
		expect(taken).toBeGreaterThan(10);
	});
});
