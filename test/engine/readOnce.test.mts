import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

async function upsert(resource: string, rows: IDataObject[], options: INodeParameters) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource, operation: 'upsert', fields, options };
	return await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
}

const reads = () => planhat.sent().filter((request) => request.startsWith('GET'));

const rows = ['a', 'b', 'c'].map((key) => ({ externalId: key, name: key.toUpperCase(), tags: 'x' }));

const missing = { reportMissing: { conditions: [{ field: 'phase', value: 'Live' }] } };

describe('Records that several options ask for', () => {
	it.each<[string, INodeParameters]>([
		['Match On and Write Mode', { matchOn: 'name', writeMode: 'updateOnly' }],
		['Match On and Preview Changes', { matchOn: 'name', preview: true }],
		['Match On, List Mode and Stop Above', { matchOn: 'name', listMode: 'add', stopAbove: '100%' }],
		['Match On and Report Missing', { matchOn: 'name', ...missing }],
		['Report Missing and Write Mode', { writeMode: 'updateOnly', ...missing }],
		['Report Missing and Preview Changes', { preview: true, ...missing }],
		['List Mode and Preview Changes', { listMode: 'add', preview: true }],
		[
			'all of them',
			{
				...{ matchOn: 'name', listMode: 'add', keepExisting: ['phase'], preview: true, stopAbove: '100%' },
				...missing,
			},
		],
	])('are read once: %s', async (_options, options) => {
		planhat.server.insert('companies', [
			{ externalId: 'a', name: 'A', phase: 'Live', tags: ['y'] },
			{ externalId: 'z', name: 'Z', phase: 'Live', city: 'Oslo' },
		]);
		const { output, errors } = await upsert('company', rows, options);
		expect(errors).toEqual([]);
		expect(reads()).toEqual(['GET /companies']);
		const left = output.filter(({ json }) => [json.outcome, json.preview].includes('notInInput'));
		expect(left.map(({ json }) => json.city)).toEqual('reportMissing' in options ? ['Oslo'] : []);
		if (options.listMode === 'add' && options.preview === true)
			expect(output[0]?.json.changes).toEqual({ tags: { old: ['y'], new: ['y', 'x'] } });
	});

	it('are read once where rows have periods', async () => {
		planhat.server.insert('companies', [{ externalId: 'acme', name: 'Acme' }]);
		const license = { externalId: 'l', companyId: 'extid-acme', _currency: 'EUR', mrr: 5, fromDate: '2026-01-01' };
		const options = { keyPerPeriod: true, closePrevious: true, preview: true, stopAbove: '10' };
		const { output } = await upsert('license', [license], options);
		expect(output[0]?.json.preview).toBe('create');
		expect(reads().sort()).toEqual(['GET /leancompanies', 'GET /licenses']);
	});

	it('are the same to a row whose record an earlier row without a list has given its key', async () => {
		const [held] = planhat.server.insert('companies', [{ name: 'A', tags: ['old'] }]);
		const sent = [
			{ _id: held?._id, externalId: 'new' },
			{ externalId: 'new', tags: 'x' },
		] as IDataObject[];
		await upsert('company', sent, { listMode: 'add' });
		expect(planhat.server.records('companies')[0]?.tags).toEqual(['old', 'x']);
	});
});
