import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const fields = { mappingMode: 'autoMapInputData', value: null };

function reads(path: string): number {
	return planhat.server.requests.filter((request) => request.method === 'GET' && request.path === path).length;
}

/** What the requests that write have in their rows. */
function written() {
	return planhat.server.requests.filter(({ method }) => method !== 'GET').flatMap(({ body }) => [body].flat());
}

function idOf(path: string, values: Record<string, unknown>): string {
	const [inserted] = planhat.server.insert(path, [values as never]);
	return String(inserted?._id);
}

it('10,000 rows with companies by domain and people by email take the pages of the two lists', async () => {
	const companies = planhat.server.insert(
		'companies',
		Array.from({ length: 400 }, (_, index) => ({ name: `C ${index}`, domains: [`c${index}.example.com`] })),
	);
	const people = planhat.server.insert(
		'endusers',
		Array.from({ length: 5_001 }, (_, index) => ({
			email: `P${index}@c${index % 400}.example.com`,
			companyId: String(companies[index % 400]?._id),
		})),
	);
	const rows = Array.from({ length: 10_000 }, (_, index) => ({
		externalId: `call-${index}`,
		companyId: `c${index % 400}.example.com`,
		type: 'call',
		endusers: [`p${(index % 400) + 400 * (index % 10)}@c${index % 400}.example.com`],
	}));
	const parameters = { resource: 'conversation', operation: 'upsert', fields };
	const options = { companyBy: 'domain', report: 'summary' };
	const plan = await planhat.run({ ...parameters, options: { ...options, dryRun: true } }, { items: itemsOf(rows) });
	// A page of 400 companies may be cut by the server, so that one more request tells; 5,001 people are three pages.
	expect([reads('/companies'), reads('/endusers')]).toEqual([2, 3]);
	expect(plan.output[0]?.json).toMatchObject({ rowsToSend: 10_000, requests: 2, lookups: 5 });
	const { output } = await planhat.run({ ...parameters, options }, { items: itemsOf(rows) });
	expect(output[0]?.json).toMatchObject({ rows: 10_000, created: 10_000 });
	expect([reads('/companies'), reads('/endusers')]).toEqual([4, 6]);
	const stored = planhat.server.records('conversations')[4_321];
	expect(stored).toMatchObject({
		companyId: companies[4_321 % 400]?._id,
		endusers: [{ id: people[321 + 400]?._id }],
	});
});

describe('end users by email', () => {
	it.each(['conversation', 'note', 'task', 'issue'])(
		'are found for a %s, by Create with one request',
		async (resource) => {
			const companyId = idOf('companies', { name: 'Acme' });
			const _id = idOf('endusers', { email: 'kim@acme.example.com', companyId });
			const person =
				resource === 'issue' ? { enduserIds: 'kim@acme.example.com' } : { endusers: 'kim@acme.example.com' };
			const required = { issue: { title: 'I' }, task: { mainType: 'task', action: 'T', companyId } }[resource] ?? {
				companyId,
			};
			await planhat.run({ resource, operation: 'create', fields }, { items: itemsOf([{ ...required, ...person }]) });
			expect(written()).toEqual([
				expect.objectContaining(resource === 'issue' ? { enduserIds: [_id] } : { endusers: [{ id: _id }] }),
			]);
			expect(reads('/endusers')).toBe(1);
		},
	);

	it('whom Planhat does not know fail their row, in Planhat’s place', async () => {
		const companyId = idOf('companies', { name: 'Acme' });
		const rows = [
			{ externalId: 'a', companyId, endusers: 'no@acme.example.com' },
			{ externalId: 'b', companyId, subject: 'B' },
		];
		const parameters = { resource: 'conversation', operation: 'upsert', fields };
		const { output, errors } = await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
		expect(errors[0]?.json.error).toContain("'no@acme.example.com' is the email of no end user in Planhat");
		expect(output.map(({ json }) => json.externalId)).toEqual(['b']);
	});

	it('in several companies are those of the company that the row names', async () => {
		const [one, other] = ['one', 'other'].map((externalId) => idOf('companies', { name: externalId, externalId }));
		idOf('endusers', { email: 'kim@example.com', companyId: one });
		const _id = idOf('endusers', { email: 'kim@example.com', companyId: other });
		const row = { externalId: 'a', companyId: 'other', endusers: ['kim@example.com'] };
		const options = { companyBy: 'externalId' };
		await planhat.run({ resource: 'conversation', operation: 'upsert', fields, options }, { items: itemsOf([row]) });
		expect(written()).toEqual([expect.objectContaining({ companyId: 'extid-other', endusers: [{ id: _id }] })]);
	});

	it('are found in a custom field of end users', async () => {
		planhat.server.insert('customfields', [{ parent: 'company', name: 'Champion', type: 'enduser' }]);
		const _id = idOf('endusers', { email: 'kim@example.com' });
		await planhat.run(
			{ resource: 'company', operation: 'create', fields },
			{ items: itemsOf([{ name: 'A', Champion: 'kim@example.com' }]) },
		);
		expect(written()).toEqual([{ name: 'A', custom: { Champion: _id } }]);
	});
});

describe('companies', () => {
	it.each<[string, string, string, number]>([
		['name', ' ACME ', '/leancompanies', 1],
		['sourceId', 'crm-1', '/leancompanies', 1],
		['domain', 'https://www.acme.example.com/', '/companies', 1],
		['endUserEmail', 'kim@acme.example.com', '/endusers', 1],
	])('by %s are found for an invoice', async (companyBy, given, path, requests) => {
		const acme = { name: 'Acme', externalId: 'acme', sourceId: 'crm-1', domains: ['acme.example.com'] };
		const companyId = idOf('companies', acme);
		idOf('endusers', { email: 'kim@acme.example.com', companyId });
		const row = { extId: 'i-1', companyId: given, currency: 'EUR' };
		const parameters = { resource: 'invoice', operation: 'upsert', fields, options: { companyBy } };
		const { output } = await planhat.run(parameters, { items: itemsOf([row]) });
		expect(output[0]?.json).toMatchObject({ outcome: 'created' });
		expect(written()).toEqual([expect.objectContaining({ cId: companyId })]);
		expect(reads(path)).toBe(requests);
	});
});

it('An external ID that looks like an ID of Planhat is the external ID, and none that a spreadsheet has shortened', async () => {
	const own = 'aaaaaaaaaaaaaaaaaaaaaaaa';
	const companyId = idOf('companies', { name: 'Acme', externalId: own });
	const rows = [own, '6.1E+23'].map((company, at) => ({
		...{ externalId: `l-${at}`, companyId: company, _currency: 'EUR', mrr: 1, fromDate: '2026-01-01' },
	}));
	const parameters = { resource: 'license', operation: 'upsert', fields, options: { companyBy: 'externalId' } };
	const { errors } = await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
	expect(written()).toEqual([expect.objectContaining({ companyId: `extid-${own}` })]);
	expect(planhat.server.records('licenses')).toMatchObject([{ companyId }]);
	expect(errors.map(({ json }) => json.error)).toEqual([
		expect.stringContaining("takes the external ID of a company, not '6.1E+23'. A spreadsheet has shortened"),
	]);
});

describe('a user who is unknown or deactivated', () => {
	const rows = [
		{ externalId: 'a', name: 'A', owner: 'gone@example.com' },
		{ externalId: 'b', name: 'B', owner: 'off@example.com' },
		{ externalId: 'c', name: 'C', owner: 'kim@example.com' },
	];
	const upsertWith = async (options: INodeParameters) => {
		const kim = idOf('users', { email: 'kim@example.com', nickName: 'Kim' });
		const off = idOf('users', { email: 'off@example.com', nickName: 'Off', inactive: true });
		const parameters = { resource: 'company', operation: 'upsert', fields, options };
		const result = await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
		return { ...result, kim, off };
	};

	it('fails its row, or is set with a warning, unless the user says otherwise', async () => {
		const { errors, hints, off, kim } = await upsertWith({});
		expect(errors).toHaveLength(1);
		expect(written().map((row) => (row as { owner?: string }).owner)).toEqual([off, kim]);
		expect(hints[0]).toMatchObject({
			type: 'warning',
			message: expect.stringContaining("Users in 'owner' are deactivated, and were set all the same: off@example.com."),
		});
	});

	it('is left out, with a warning', async () => {
		const { errors, hints, kim } = await upsertWith({ unknownReferences: 'leaveOut' });
		expect(errors).toEqual([]);
		expect(written().map((row) => (row as { owner?: string }).owner)).toEqual([undefined, undefined, kim]);
		expect(hints[0]?.message).toContain(
			"References that Planhat doesn't have were left out of 'owner', such as gone@example.com, off@example.com.",
		);
	});

	it('is replaced by the fallback user, with a warning', async () => {
		const { hints, kim } = await upsertWith({ unknownReferences: 'useFallback', fallbackUser: 'kim@example.com' });
		expect(written().map((row) => (row as { owner?: string }).owner)).toEqual([kim, kim, kim]);
		expect(hints[0]?.message).toContain(
			"Users in 'owner' who are unknown or deactivated were replaced by kim@example.com",
		);
	});
});

it('an email in Record names the end user or user with it', async () => {
	const _id = idOf('endusers', { email: 'kim@example.com', name: 'Kim' });
	const { output } = await planhat.run({
		resource: 'enduser',
		operation: 'get',
		recordId: record('id', '={{ "kim@example.com" }}'),
	});
	expect(output[0]?.json).toMatchObject({ _id, name: 'Kim' });
});
