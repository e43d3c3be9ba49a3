import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const upsert = (resource: string, options: INodeParameters): INodeParameters => ({
	...{ resource, operation: 'upsert', options },
	fields: { mappingMode: 'autoMapInputData', value: null },
});

const companies = (count: number, from = 0) =>
	Array.from({ length: count }, (_, at) => ({ externalId: `c-${from + at}`, name: `Company ${from + at}` }));

const outcomesOf = (output: Array<{ json: IDataObject }>) => output.map(({ json }) => json.outcome);

const puts = () => planhat.server.requests.filter(({ method }) => method === 'PUT');

describe('Write Mode', () => {
	it.each([
		['updateOnly', ['updated', 'skipped'], 'Planhat has no such company'],
		['createOnly', ['skipped', 'created'], 'The company exists in Planhat'],
	])('%s skips the other companies, with one request more', async (writeMode, outcomes, reason) => {
		const [company] = planhat.server.insert('companies', [{ externalId: 'c-0', name: 'Old' }]);
		const { output } = await planhat.run(upsert('company', { writeMode }), { items: itemsOf(companies(2)) });
		expect(outcomesOf(output)).toEqual(outcomes);
		const skipped = output.find(({ json }) => json.outcome === 'skipped')?.json;
		expect(skipped?.reason).toContain(reason);
		expect(skipped?._id).toBe(writeMode === 'createOnly' ? company?._id : undefined);
		expect(planhat.sent()).toEqual(['GET /leancompanies', 'PUT /companies']);
		expect(puts()[0]?.body).toHaveLength(1);
	});

	it('asks nothing where all rows are sent, and sends nothing where all are skipped', async () => {
		await planhat.run(upsert('company', { writeMode: 'createOrUpdate' }), { items: itemsOf(companies(2)) });
		expect(planhat.sent()).toEqual(['PUT /companies']);
		const { output } = await planhat.run(upsert('company', { writeMode: 'createOnly' }), {
			items: itemsOf(companies(2)),
		});
		expect(outcomesOf(output)).toEqual(['skipped', 'skipped']);
		expect(puts()).toHaveLength(1);
	});

	it('counts skipped rows in a summary', async () => {
		planhat.server.insert('companies', companies(3));
		const options = { writeMode: 'createOnly', report: 'summary' };
		const { output } = await planhat.run(upsert('company', options), { items: itemsOf(companies(5)) });
		expect(output[0]?.json).toMatchObject({ rows: 5, created: 2, skipped: 3, failed: 0 });
	});

	it('createOnly takes the first of several rows with a key', async () => {
		const items = itemsOf([...companies(1), { externalId: 'c-0', name: 'Again' }]);
		const { output } = await planhat.run(upsert('company', { writeMode: 'createOnly' }), { items });
		expect(outcomesOf(output)).toEqual(['created', 'skipped']);
		expect(output[1]?.json.reason).toContain('Another row');
		expect(planhat.server.records('companies').map(({ name }) => name)).toEqual(['Company 0']);
	});

	it('finds people by email, archived ones too, within their company', async () => {
		const [a, b] = planhat.server.insert('companies', [
			{ name: 'A', externalId: 'a' },
			{ name: 'B', externalId: 'b' },
		]);
		planhat.server.insert('endusers', [
			{ email: 'Ann@x.com', companyId: a?._id ?? '' },
			{ email: 'bo@x.com', companyId: a?._id ?? '', archived: true },
		]);
		const rows = ['ann@x.com', 'bo@x.com'].flatMap((email) => [
			{ email, companyId: 'extid-a' },
			{ email, companyId: b?._id ?? '' },
		]);
		const { output } = await planhat.run(upsert('enduser', { writeMode: 'createOnly' }), { items: itemsOf(rows) });
		expect(outcomesOf(output)).toEqual(['skipped', 'created', 'skipped', 'created']);
	});

	it('finds tasks, finished ones too', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A' }]);
		const task = (sourceId: string) => ({ sourceId, companyId: company?._id ?? '', mainType: 'task', action: 'x' });
		planhat.server.insert('tasks', [{ ...task('t-1'), isArchived: true }, task('t-2')]);
		const items = itemsOf(['t-1', 't-2', 't-3', 't-4', 't-5'].map(task));
		const { output } = await planhat.run(upsert('task', { writeMode: 'updateOnly' }), { items });
		expect(outcomesOf(output).map((outcome) => outcome === 'skipped')).toEqual([false, false, true, true, true]);
	});

	it('asks for few records one by one, and for many page by page', async () => {
		planhat.server.insert(
			'products',
			Array.from({ length: 4_500 }, (_, at) => ({ sourceId: `p-${at}`, name: `Product ${at}` })),
		);
		const run = async (count: number) => {
			const before = planhat.server.requests.length;
			const items = itemsOf(Array.from({ length: count }, (_, at) => ({ sourceId: `p-${4_400 + at}`, name: 'x' })));
			const { output } = await planhat.run(upsert('product', { writeMode: 'updateOnly' }), { items });
			return { outcomes: outcomesOf(output), requests: planhat.server.requests.length - before - 1 };
		};
		expect(await run(1)).toEqual({ outcomes: ['updated'], requests: 1 });
		expect((await run(2)).requests).toBeLessThanOrEqual(3);
		const many = await run(150);
		expect(many.requests).toBeLessThanOrEqual(3);
		expect(many.outcomes.filter((outcome) => outcome === 'skipped')).toHaveLength(50);
	});

	it('sends nothing where the records cannot be read', async () => {
		planhat.server.setRights({ companies: { read: false } });
		const { error } = await planhat.run(upsert('company', { writeMode: 'updateOnly' }), {
			items: itemsOf(companies(2)),
		});
		expect(error?.message).toContain('Planhat did not list the companies');
		expect(puts()).toEqual([]);
	});
});

describe('Stop Above', () => {
	const run = async (stopAbove: unknown, rows: IDataObject[], options: INodeParameters = {}) =>
		await planhat.run(upsert('company', { ...options, stopAbove: stopAbove as string }), {
			items: itemsOf(rows),
			onError: 'continueErrorOutput',
		});

	it.each([
		['3', false],
		['2', true],
		['30%', false],
		['29.9%', true],
		['0', true],
	])('%s: three of ten rows would be touched', async (stopAbove, stops) => {
		planhat.server.insert(
			'companies',
			companies(8).map((company, at) => ({ ...company, slug: `company${at}` })),
		);
		const rows: IDataObject[] = [...companies(9), { externalId: 'c-9', name: 'x', csmScore: 'many' }];
		rows[0] = { externalId: 'c-0', name: 'Other' };
		const { errors, output } = await run(stopAbove, rows);
		expect(puts()).toHaveLength(stops ? 0 : 1);
		if (!stops) expect(outcomesOf(output)).toEqual(['updated', ...Array(7).fill('unchanged'), 'created']);
		else
			expect(errors[0]?.json.error).toContain(
				`Nothing was sent. 3 of 10 rows are more than 'Stop Above' allows (${stopAbove}): 1 would be created, 1 changed, 1 are refused`,
			);
	});

	it.each(['many', '-1', '1.5', '10 %%'])('refuses %s before any request', async (stopAbove) => {
		const { errors } = await run(stopAbove, companies(1));
		expect(errors[0]?.json.error).toContain("'Stop Above' takes a number of rows such as 100");
		expect(planhat.sent()).toEqual([]);
	});

	it('does not count rows that are skipped', async () => {
		planhat.server.insert('companies', [{ externalId: 'c-0', name: 'Old' }]);
		const { output } = await run('1', companies(5), { writeMode: 'updateOnly' });
		expect(outcomesOf(output)).toEqual(['updated', ...Array(4).fill('skipped')]);
	});

	it('stands aside in a dry run, which asks nothing', async () => {
		const { output } = await run('0', companies(1), { dryRun: true });
		expect(output[0]?.json.dryRun).toBe(true);
		expect(planhat.sent()).toEqual([]);
	});
});

describe('Keep What Is There', () => {
	const run = async (rows: IDataObject[], options: INodeParameters) =>
		await planhat.run(upsert('company', { keepExisting: ['phase', 'custom.Plan'], ...options }), {
			items: itemsOf(rows),
		});

	it('fills fields only where Planhat has nothing', async () => {
		planhat.server.insert('customfields', [{ name: 'Plan', type: 'text', parent: 'company' }]);
		planhat.server.insert('companies', [
			{ externalId: 'a', name: 'A', phase: 'Lead', custom: { Plan: 'Pro', Seats: 1 } },
			{ externalId: 'b', name: 'B', phase: '', custom: { Seats: 2 } },
		]);
		const rows = ['a', 'b', 'c'].map((externalId) => ({ externalId, name: externalId, phase: 'Live', Plan: 'Basic' }));
		const { output } = await run(rows, {});
		expect(outcomesOf(output)).toEqual(['updated', 'updated', 'created']);
		expect(planhat.server.records('companies').map(({ name, phase, custom }) => [name, phase, custom])).toEqual([
			['a', 'Lead', { Plan: 'Pro', Seats: 1 }],
			['b', 'Live', { Plan: 'Basic', Seats: 2 }],
			['c', 'Live', { Plan: 'Basic' }],
		]);
		expect(planhat.server.requests.at(-2)?.query.select).toContain('phase');
	});

	it('does not send a row that has nothing left', async () => {
		const [company] = planhat.server.insert('companies', [{ externalId: 'a', name: 'A', phase: 'Lead' }]);
		const { output } = await run([{ externalId: 'a', phase: 'Live' }], {});
		expect(output.map(({ json }) => json)).toEqual([{ outcome: 'unchanged', _id: company?._id, externalId: 'a' }]);
		expect(puts()).toEqual([]);
	});

	it('lets the first of several rows of a record fill a field', async () => {
		planhat.server.insert('companies', [{ externalId: 'a', name: 'A' }]);
		await run(
			['1', '2'].map((phase) => ({ externalId: 'a', name: phase, phase })),
			{},
		);
		expect(planhat.server.records('companies').map(({ name, phase }) => [name, phase])).toEqual([['2', '1']]);
	});

	it('counts in Preview Changes', async () => {
		planhat.server.insert('companies', [{ externalId: 'a', name: 'A', phase: 'Lead' }]);
		const { output } = await run([{ externalId: 'a', phase: 'Live', city: 'Oslo' }], { preview: true });
		expect(output[0]?.json.changes).toEqual({ city: { old: null, new: 'Oslo' } });
	});
});
