import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const preview = async (
	resource: string,
	rows: IDataObject[],
	options: INodeParameters = {},
	others: IDataObject = {},
) =>
	await planhat.run(
		{
			...{ resource, operation: 'upsert', options: { preview: true, ...options } },
			fields: { mappingMode: 'autoMapInputData', value: null },
		},
		{ items: itemsOf(rows), ...others },
	);

describe('A preview', () => {
	it('shows for each row what would change, and sends nothing', async () => {
		const [company] = planhat.server.insert('companies', [
			{ externalId: 'a', name: 'A', phase: 'Lead', tags: ['x', 'y'], custom: { Plan: 'Pro' } },
			{ externalId: 'b', name: 'B' },
		]);
		planhat.server.insert('customfields', [{ name: 'Plan', type: 'text', parent: 'company' }]);
		const rows = [
			{ externalId: 'a', phase: 'Live', tags: 'y; x', Plan: 'Basic' },
			{ externalId: 'b', name: 'B' },
			{ externalId: 'c', name: 'C' },
			{ externalId: 'd', phase: 'Lead' },
			{ externalId: 'e', name: 'E', csmScore: 'many' },
		];
		const { output, error, hints } = await preview('company', rows);
		expect(error).toBeUndefined();
		expect(output.map(({ json, pairedItem }) => [json.preview, pairedItem])).toEqual([
			['update', { item: 0 }],
			['unchanged', { item: 1 }],
			['create', { item: 2 }],
			['refused', { item: 3 }],
			['refused', { item: 4 }],
		]);
		expect(output[0]?.json).toEqual({
			...{ preview: 'update', _id: company?._id, externalId: 'a' },
			changes: { phase: { old: 'Lead', new: 'Live' }, 'custom.Plan': { old: 'Pro', new: 'Basic' } },
		});
		expect(output[2]?.json).toMatchObject({
			name: 'C',
			changes: { externalId: { old: null, new: 'c' }, name: { old: null, new: 'C' } },
		});
		expect(output[3]?.json.reason).toContain("'name'");
		expect(hints.map(({ message }) => message).join()).toContain(
			'1 would be created, 1 updated, 1 unchanged, 0 skipped, 2 refused',
		);
		expect(planhat.server.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('counts in one item with Report: Summary, and names columns that fit nothing', async () => {
		const rows = [{ externalId: 'a', name: 'A', phaze: 'x' }];
		const { output, hints } = await preview('company', rows, { report: 'summary' });
		expect(output.map(({ json }) => json)).toEqual([
			expect.objectContaining({ preview: 'summary', rows: 1, create: 1, update: 0, unknownFields: ['phaze'] }),
		]);
		expect(hints.map(({ message }) => message).join()).toContain("phaze (did you mean 'phase'?)");
	});

	it('says which people Planhat would ignore', async () => {
		planhat.server.insert('companies', [{ name: 'A', domains: ['a.com'] }]);
		const rows = [{ email: 'ann@a.com' }, { email: 'bo@b.com' }, { email: 'cy@b.com', companyId: 'extid-a' }];
		const { output } = await preview('enduser', rows);
		expect(output.map(({ json }) => json.preview)).toEqual(['create', 'ignored', 'create']);
		expect(output[1]?.json.reason).toContain('Planhat ignores end users with no company');
	});

	it('works with Write Mode, with On Error = Stop and with Read Only', async () => {
		planhat.server.insert('companies', [{ externalId: 'a', name: 'A' }]);
		const rows = [{ externalId: 'a', name: 'B' }, { externalId: 'b', name: 'B' }, { name: 'No key' }];
		const credentials = { ...planhat.credentials, readOnly: true };
		const { output } = await preview('company', rows, { writeMode: 'updateOnly' }, { credentials });
		expect(output.map(({ json }) => json.preview)).toEqual(['update', 'skipped', 'refused']);
	});

	it('gives way to Dry Run, which asks nothing', async () => {
		const { output } = await preview('company', [{ externalId: 'a', name: 'A' }], { dryRun: true });
		expect(output[0]?.json).toMatchObject({
			...{ dryRun: true, requests: 1 },
			reads: 'at most 1 request',
		});
		expect(planhat.sent()).toEqual([]);
	});

	it('reads 12,000 companies in three requests', async () => {
		const companies = Array.from({ length: 12_000 }, (_, at) => ({ externalId: `c-${at}`, name: `Company ${at}` }));
		planhat.server.insert('companies', companies);
		const { output } = await preview('company', companies, { report: 'summary' });
		expect(output[0]?.json).toMatchObject({ rows: 12_000, unchanged: 12_000 });
		expect(planhat.sent()).toEqual(Array(3).fill('GET /companies'));
	});
});
