import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const upsert = async (rows: IDataObject[], options: INodeParameters, resource = 'enduser') =>
	await planhat.run(
		{
			...{ resource, operation: 'upsert', options },
			fields: { mappingMode: 'autoMapInputData', value: null },
		},
		{ items: itemsOf(rows), onError: 'continueErrorOutput' },
	);

/** Counterexamples that the properties of `planModelsProperty` have found: each of them failed. */
describe('Rows that name their company', () => {
	let acme = '';
	let beta = '';

	beforeEach(() => {
		const [one, other] = planhat.server.insert('companies', [
			{ name: 'Acme', externalId: 'acme', domains: ['a.com'] },
			{ name: 'Beta', externalId: 'beta', domains: ['b.com'] },
		]);
		[acme, beta] = [String(one?._id), String(other?._id)];
	});

	it('by its own key in a field of its own are unchanged where their record is in it', async () => {
		planhat.server.insert('endusers', [{ sourceId: 's', email: 'ann@a.com', companyId: acme }]);
		const { output } = await upsert(
			[
				{ sourceId: 's', companyExternalId: 'acme' },
				{ sourceId: 's', companyExternalId: 'beta' },
			],
			{ preview: true },
		);
		expect(output.map(({ json }) => json.preview)).toEqual(['unchanged', 'update']);
	});

	it('by a key that none has are previewed as refused', async () => {
		const rows = [{ email: 'ann@a.com', companyId: 'extid-nobody' }];
		const { output } = await upsert(rows, { preview: true });
		expect(output[0]?.json).toMatchObject({
			preview: 'refused',
			reason: expect.stringContaining("'nobody' is the external ID of no company in Planhat"),
		});
		const { errors } = await upsert(rows, {});
		expect(errors).toHaveLength(1);
	});

	it('keep it beside a key that counts within it, whatever Keep What Is There says', async () => {
		planhat.server.insert('endusers', [
			{ externalId: '1', email: 'ann@a.com', companyId: acme, position: 'CEO' },
			{ externalId: '1', email: 'bo@b.com', companyId: beta, position: 'CEO' },
		]);
		const rows = [{ externalId: '1', companyId: beta, position: 'CTO' }];
		await upsert(rows, { keepExisting: ['companyId'] });
		expect(planhat.server.records('endusers').map(({ position }) => position)).toEqual(['CEO', 'CTO']);
	});

	it('are left out by Create Only where an earlier row makes their record, whose company its email tells', async () => {
		const rows = [
			{ sourceId: 's', email: 'ann@a.com', position: 'CEO' },
			{ sourceId: 's', email: 'ann@a.com', position: 'CTO', companyId: acme },
		];
		const { output } = await upsert(rows, { writeMode: 'createOnly' });
		expect(output.map(({ json }) => json.outcome)).toEqual(['created', 'skipped']);
		expect(planhat.server.records('endusers')).toMatchObject([{ position: 'CEO' }]);
	});
});

it('Verify says nothing against a row whose record another row may have given another key', async () => {
	const phase = 'Lead';
	planhat.server.insert('companies', [
		{ externalId: 'a', sourceId: 's', name: 'Acme', phase, slug: 'acme', domains: [] },
	]);
	const rows = [
		{ externalId: 'a', phase },
		{ sourceId: 's', externalId: 'd' },
	];
	const { output } = await upsert(rows, { verify: true }, 'company');
	expect(output.map(({ json }) => json.outcome)).toEqual(['unchanged', 'updated']);
	expect(output.map(({ json }) => json.verified)).not.toContain(false);
});
