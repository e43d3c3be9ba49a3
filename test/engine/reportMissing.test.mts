import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters, JsonObject } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { bench, itemsOf } from './planhat.mts';
import type { RunOptions } from './harness.mts';

const planhat = bench();

const customers = { conditions: [{ field: 'phase', value: 'customer' }] };

const report = async (
	resource: string,
	rows: IDataObject[],
	options: INodeParameters = {},
	others: Partial<RunOptions> = {},
) =>
	await planhat.run(
		{
			...{ resource, operation: 'upsert', options: { reportMissing: customers, ...options } },
			fields: { mappingMode: 'autoMapInputData', value: null },
		},
		{ items: itemsOf(rows), onError: 'continueErrorOutput', ...others },
	);

const missingIn = (output: Array<{ json: IDataObject }>) =>
	output.filter(({ json }) => [json.outcome, json.preview].includes('notInInput')).map(({ json }) => json.name);

const said = ({ hints }: { hints: Array<{ message: string }> }) => hints.map(({ message }) => message).join();

const company = (key: string, others: IDataObject = {}) => ({
	...{ externalId: key, name: key.toUpperCase(), phase: 'Customer', ...others },
});

describe('Report Missing', () => {
	it('returns whole records that meet the conditions and that no row names, and deletes nothing', async () => {
		planhat.server.insert('companies', [
			company('a'),
			company('b', { city: 'Oslo', custom: { Source: 'CRM' } }),
			company('c', { phase: 'Lead' }),
			{ name: 'By hand', phase: 'Customer' },
		]);
		const { output, hints } = await report('company', [{ externalId: 'a' }, company('d')]);
		expect(output.map(({ json }) => json.outcome)).toEqual(['updated', 'created', 'notInInput']);
		expect(output[2]?.json).toMatchObject({ externalId: 'b', city: 'Oslo', custom: { Source: 'CRM' } });
		expect(said({ hints })).toContain("1 of the 2 companies that meet the conditions of 'Report Missing'");
		expect(planhat.sent()).toEqual(['GET /companies', 'PUT /companies']);
		expect(planhat.server.records('companies')).toHaveLength(5);
	});

	it.each<[string, IDataObject]>([
		['_id', { _id: 'given' }],
		['source ID', { sourceId: 's-a' }],
		['external ID', { externalId: ' a ' }],
		['a key beside a better one that is new', { sourceId: 's-new', externalId: 'a' }],
		['a key in a row that Planhat refuses', { externalId: 'a', csmScore: 'many' }],
		['a key in a row that another replaces', { externalId: 'a', name: 'Old' }],
	])('takes a record for named by %s', async (_how, row) => {
		const [held] = planhat.server.insert('companies', [company('a', { sourceId: 's-a' })]);
		const named = row._id === undefined ? row : { _id: held?._id };
		const rows = [{ name: 'x', ...named }, company('b')];
		if (row.name === 'Old') rows.push({ externalId: 'a', name: 'New' });
		const { output } = await report('company', rows, { duplicateKeys: 'sendLast' });
		expect(missingIn(output)).toEqual([]);
	});

	it('compares keys within the company, and leaves out what is archived', async () => {
		const [a, b] = planhat.server.insert('companies', [company('a'), company('b')]);
		const person = (email: string, companyId: unknown, others: IDataObject = {}) => ({
			...{ name: email.slice(0, 2) + String(companyId === a?._id ? 'A' : 'B'), email, companyId, position: 'CEO' },
			...others,
		});
		planhat.server.insert('endusers', [
			person('bo@x.com', a?._id),
			person('bo@x.com', b?._id),
			person('cy@x.com', a?._id),
			person('di@x.com', a?._id, { archived: true }),
			person('ed@x.com', b?._id),
		] as JsonObject[]);
		const conditions = [
			{ field: 'position', value: 'CEO' },
			{ field: 'companyId', value: 'extid-a' },
		];
		const { output } = await report('enduser', [{ email: 'BO@x.com', companyId: 'extid-a' }], {
			reportMissing: { conditions },
		});
		expect(missingIn(output)).toEqual(['cyA']);
		const rows = [{ email: 'BO@x.com', companyId: 'extid-a' }];
		const all = await report('enduser', rows, { reportMissing: { conditions: conditions.slice(0, 1) } });
		expect(missingIn(all.output)).toEqual(['boB', 'cyA', 'edB']);
		expect(planhat.server.requests.find(({ path }) => path === '/endusers')?.query.companyId).toBe(a?._id);
	});

	it.each<[string, IDataObject]>([
		['nothing', {}],
		['no key', { name: 'x' }],
		['a key that is none', { externalId: 'N/A', name: 'x' }],
		['one good key and one that is none', { externalId: 'b', sourceId: 'undefined', name: 'x' }],
	])('reports nothing where a row holds %s, and sends the others', async (_what, row) => {
		planhat.server.insert('companies', [company('z')]);
		const result = await report('company', [company('b'), row]);
		expect(missingIn(result.output)).toEqual([]);
		expect(said(result)).toContain('row 2 may be about any company');
		expect(planhat.sent()).toEqual(['PUT /companies']);
	});

	it('reports nothing where no row was applied', async () => {
		planhat.server.insert('companies', [company('z')]);
		const result = await report('company', [{ externalId: 'b', csmScore: 'many' }]);
		expect(missingIn(result.output)).toEqual([]);
		expect(said(result)).toContain('since no row was applied');
	});

	it('warns where nothing meets the conditions', async () => {
		const result = await report('company', [company('b', { phase: 'Lead' })]);
		expect(said(result)).toContain('No companies with a key that the rows use meet the conditions');
	});

	it.each<[string, IDataObject[], INodeParameters, string]>([
		['no condition', [company('a')], { reportMissing: {} }, 'needs a condition'],
		['no field', [company('a')], { reportMissing: { conditions: [{ field: '', value: 'x' }] } }, 'without a field'],
		[
			'no value',
			[company('a')],
			{ reportMissing: { conditions: [{ field: 'phase', value: ' ' }] } },
			"no value for 'phase'",
		],
		[
			'a value that differs among the items',
			[company('a'), company('b')],
			{ reportMissing: { conditions: [{ field: 'phase', value: '={{ $json.name }}' }] } },
			'is not the same for all items',
		],
	])('is refused with %s, before any request', async (_what, rows, options, message) => {
		const { errors } = await report('company', rows, options);
		expect(errors[0]?.json.error).toContain(message);
		expect(planhat.sent()).toEqual([]);
	});

	it('sends nothing where the list cannot be read', async () => {
		planhat.server.setRights({ companies: { read: false } });
		const { error } = await report('company', [company('a')], {}, { onError: 'stopWorkflow' });
		expect(error?.message).toContain('Planhat did not list the companies');
		expect(planhat.sent()).toEqual(['GET /companies']);
	});

	it('goes with Preview Changes and with Report: Summary, and a dry run says what it takes', async () => {
		planhat.server.insert('companies', [company('a'), company('b')]);
		const preview = await report('company', [company('a')], { preview: true });
		expect(preview.output.map(({ json }) => json.preview)).toEqual(['unchanged', 'notInInput']);
		const summary = await report('company', [company('a')], { report: 'summary' });
		expect(summary.output[0]?.json).toMatchObject({ rows: 1, notInInput: 1 });
		expect(missingIn(summary.output)).toEqual(['B']);
		const plan = await report('company', [company('a')], { dryRun: true });
		expect(plan.output[0]?.json.reads).toBe('at most 1 request, and 1 more for every 5,000 companies in Planhat');
	});

	it('counts rows of several credentials for one tenant together', async () => {
		planhat.server.insert('companies', [company('a'), company('b'), company('c')]);
		const credentials = { ...planhat.credentials, callsPerMinute: '={{ $json.externalId === "a" ? 0 : 600 }}' };
		const { output, errors } = await report('company', [company('a'), company('b')], {}, { credentials });
		expect(errors).toEqual([]);
		expect(missingIn(output)).toEqual(['C']);
	});

	it('takes a value in a list, a checkbox that was never set, and any value', async () => {
		planhat.server.insert('companies', [
			company('a', { tags: ['x', 'CRM'], custom: { Old: true } }),
			company('b', { tags: ['x', 'crm'] }),
			company('c'),
		]);
		const conditions = [
			{ field: 'tags', value: 'crm' },
			{ field: 'custom.Old', value: 'false' },
			{ field: 'externalId', value: '*' },
		];
		const { output } = await report('company', [company('z')], { reportMissing: { conditions } });
		expect(missingIn(output)).toEqual(['B']);
	});

	it('finds custom fields that are not named, by their names', async () => {
		const field = (name: string) => ({ name, parent: 'company', type: 'text', isHidden: false });
		planhat.server.insert('customfields', [field('Plan'), field('Old')]);
		const reportMissing = { conditions: [{ field: 'parent', value: 'company' }] };
		const { output } = await report('customField', [field('Plan')], { reportMissing });
		expect(missingIn(output)).toEqual(['Old']);
	});

	it.each(models.filter(({ operations }) => operations.includes('upsert')))(
		'finds the $singular that is not named',
		async ({ resource, path, keys, kind, fields, writesRows, requiredOneOf }) => {
			const key = keys.find((name) => name !== '_id') ?? '_id';
			const held = fields.find(({ name }) => name === key)?.heldAs ?? key;
			const kinds = Object.fromEntries((kind?.fields ?? []).map((name) => [name, kind?.value ?? '']));
			const inserted = planhat.server.insert(
				path.slice(1),
				['a', 'b'].map((name) => ({ ...kinds, ...(held !== '_id' && { [held]: `${name}@x.com` }) })),
			);
			const named = inserted[0]?.[held] as string;
			const reportMissing = { conditions: [{ field: '_id', value: '*' }] };
			const oneOf = requiredOneOf.map((names) => names.at(-1) ?? '');
			const needed = [...fields.filter(({ required }) => required).map(({ name }) => name), ...oneOf];
			const values = writesRows ? Object.fromEntries(needed.map((name) => [name, 'x@x.com'])) : {};
			const row = { ...values, [key]: named };
			const { output, errors } = await report(resource, [row], { reportMissing, preview: true });
			expect(errors).toEqual([]);
			expect(output.map(({ json }) => [json.preview, json._id])).toEqual([
				[expect.stringMatching(/^un|^up/), inserted[0]?._id],
				['notInInput', inserted[1]?._id],
			]);
		},
	);
});
