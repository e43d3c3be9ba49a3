import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../planhat-server/index.mts';
import { mapperColumnsOf } from './editor.mts';
import type { RunOptions } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();
const automatically = { mappingMode: 'autoMapInputData', value: null };
const companyId = '5f0000000000000000000001';
let kim = '';
let lee = '';

beforeEach(() => {
	const usual = { parent: 'company', isHidden: false, isLocked: false, isMandatory: false, isFormula: false };
	const fields: JsonObject[] = [
		{ name: 'Plan', type: 'list', listValues: ['Basic', 'Pro'] },
		{ name: 'Seats', type: 'number' },
		{ name: 'Risk', type: 'checkbox' },
		{ name: 'Go-live', type: 'day' },
		{ name: 'Seen', type: 'date' },
		{ name: 'Modules', type: 'multipicklist', listValues: ['CRM', 'Billing, Tax'] },
		{ name: 'Backup', type: 'team member' },
		{ name: 'Crew', type: 'team members' },
		{ name: 'Contact', type: 'email' },
		{ name: 'Total', type: 'number', isFormula: true },
		{ name: 'Mystery', type: 'not documented' },
	];
	planhat.server.insert(
		'customfields',
		fields.map((field) => ({ ...usual, ...field })),
	);
	const users = planhat.server.insert('users', [
		{ email: 'Kim@Team.example.com', nickName: 'Kim' },
		{ email: 'lee@team.example.com', firstName: 'Lee', lastName: 'Doe' },
		{ email: 'twin@team.example.com', nickName: 'One' },
		{ email: 'twin@team.example.com', nickName: 'Other' },
		{ email: 'kim@team.example.com', nickName: 'Former Kim', removed: true },
	]);
	[kim = '', lee = ''] = users.map(({ _id }) => _id);
});

async function run(parameters: INodeParameters, rows: IDataObject[], options: Partial<RunOptions> = {}) {
	return await planhat.run(
		{ resource: 'company', operation: 'upsert', fields: automatically, ...parameters },
		{ items: itemsOf(rows), onError: 'continueErrorOutput', ...options },
	);
}

const reads = (path: string) => planhat.sent().filter((request) => request === `GET ${path}`).length;
const written = () => planhat.server.requests.filter(({ method }) => method !== 'GET').flatMap(({ body }) => body);

/** What the editor stores after a person has mapped fields by hand. */
async function byHand(value: IDataObject, resource = 'company', operation = 'create'): Promise<INodeParameters> {
	const { fields: schema } = await mapperColumnsOf({ resource, operation }, planhat.credentials);
	return { resource, operation, fields: { mappingMode: 'defineBelow', value, schema, matchingColumns: [] } as never };
}

const flat = {
	Plan: 'Pro',
	Seats: '12',
	Risk: 'no',
	'Go-live': '2026-03-31T08:00:00Z',
	'custom.Seen': '2026-03-31',
	Modules: 'CRM; HR',
	Backup: 'kim@team.example.com',
	Crew: 'lee@team.example.com, KIM@team.example.com',
	Contact: 'kim@team.example.com',
	Total: 5,
	Mystery: '12',
};

const nested = () => ({
	Plan: 'Pro',
	Seats: 12,
	Risk: false,
	'Go-live': '2026-03-31',
	Seen: '2026-03-31T00:00:00.000Z',
	Modules: ['CRM', 'HR'],
	Backup: kim,
	Crew: [lee, kim],
	Contact: 'kim@team.example.com',
	Mystery: '12',
});

describe('columns with the name of a custom field', () => {
	it('go to custom, each as its type wants it, with one read for all rows', async () => {
		const rows = [1, 2, 3].map((count) => ({ externalId: `c${count}`, name: 'Acme', custom: { Old: '7' }, ...flat }));
		const { output } = await run({}, rows);
		expect(output.map(({ json }) => json.outcome)).toEqual(['created', 'created', 'created']);
		const custom = { Old: '7', ...nested() };
		expect(written()).toEqual(rows.map(({ externalId }) => ({ externalId, name: 'Acme', custom })));
		expect([reads('/customfields'), reads('/users')]).toEqual([1, 1]);
	});

	it.each([
		['create', {}],
		['update', {}],
	])('do so in %s, where one read serves all items', async (operation) => {
		const [company] = planhat.server.insert('companies', [{ name: 'Acme' }]);
		const recordId = record('id', company?._id);
		const { errors } = await run({ operation, recordId }, [
			{ name: 'A', ...flat },
			{ name: 'B', ...flat },
		]);
		expect(errors).toEqual([]);
		expect(written()).toEqual(['A', 'B'].map((name) => ({ name, custom: nested() })));
		expect([reads('/customfields'), reads('/users')]).toEqual([1, 1]);
	});

	it.each(['customOperations', 'routing'] as const)('do so in JSON, run by %s', async (way) => {
		const json = JSON.stringify({ name: 'A', ...flat });
		await planhat.run({ resource: 'company', operation: 'create', json }, { way });
		expect(written()).toEqual([{ name: 'A', custom: nested() }]);
	});

	it('are asked for once where any row has a name that the model does not know, also within custom', async () => {
		await run({}, [{ externalId: 'a', name: 'A', phase: 'Live' }]);
		expect(planhat.sent()).toEqual(['PUT /companies']);
		await run({}, [
			{ externalId: 'b', name: 'B', custom: { Plan: 'pro', Seats: '12' } },
			{ externalId: 'c', name: 'C', custom: { Plan: 'Basic' } },
		]);
		expect(planhat.sent().slice(1)).toEqual(['GET /customfields', 'PUT /companies']);
		expect(written().slice(1)).toMatchObject([{ custom: { Plan: 'Pro', Seats: 12 } }, { custom: { Plan: 'Basic' } }]);
	});

	it('need a read where the editor has stored them only if a value would not go out as it is', async () => {
		const { fields } = await mapperColumnsOf({ resource: 'company', operation: 'upsert' }, planhat.credentials);
		const stored = { ...automatically, schema: fields } as never;
		const sent = async (...rows: IDataObject[]) => {
			const before = planhat.sent().length;
			await run({ fields: stored }, rows);
			return planhat.sent().slice(before);
		};
		const row = { externalId: 'a', name: 'A', Seats: 12, 'Go-live': '2026-03-31' };
		expect(await sent(row, row)).toEqual(['PUT /companies', 'PUT /companies']);
		const altered = { ...row, externalId: 'b', Seats: '12' };
		expect(await sent(altered, { ...altered, externalId: 'c' })).toEqual(['GET /customfields', 'PUT /companies']);
		const [seats] = planhat.server.records('customfields').filter(({ name }) => name === 'Seats');
		planhat.server.insert('customfields', [{ ...seats, type: 'text' }]);
		await sent(altered);
		expect(written().at(-1)).toMatchObject({ custom: { Seats: '12', 'Go-live': '2026-03-31' } });
	});

	it('fail only the row whose value they cannot take', async () => {
		const { output, errors } = await run({}, [
			{ externalId: 'a', name: 'A', Seats: 'many' },
			{ externalId: 'b', name: 'B', Seats: '2' },
			{ externalId: 'c', name: 'C', 'Go-live': 'soon', Risk: 'perhaps' },
		]);
		expect(output.map(({ json }) => json.externalId)).toEqual(['b']);
		expect(errors.map(({ json }) => json.error)).toEqual([
			"The company was not applied: 'Seats' takes a number such as 1200 or 1200.5, not 'many'",
			expect.stringMatching(/'Go-live' takes a day such as .* not 'soon'; 'Risk' takes true or false, not 'perhaps'/),
		]);
	});

	it.each(['send', 'custom', 'ignore', 'refuse'])('are known with Unknown Fields: %s', async (unknownFields) => {
		await run({ options: { unknownFields } }, [{ externalId: 'a', name: 'A', Seats: '2' }]);
		expect(written()).toEqual([{ externalId: 'a', name: 'A', custom: { Seats: 2 } }]);
	});

	it('are unknown names when they cannot be read, which a hint says', async () => {
		planhat.server.setRights({ customfields: { read: false } });
		const { hints, output } = await run({}, [{ externalId: 'a', name: 'A', Seats: '2', 'custom.Plan': 'Pro' }]);
		expect(output).toHaveLength(1);
		expect(written()).toEqual([{ externalId: 'a', name: 'A', Seats: '2', custom: { Plan: 'Pro' } }]);
		expect(reads('/customfields')).toBe(1);
		expect(hints.map(({ message }) => message).join()).toContain('Custom fields could not be read');
		const refused = await run({ options: { unknownFields: 'refuse' } }, [{ externalId: 'a', name: 'A', Seats: '2' }]);
		expect(refused.errors[0]?.json.error).toContain('without the custom fields');
	});

	it('are looked up by a dry run too, which changes nothing', async () => {
		const { output } = await run({ options: { dryRun: true } }, [
			{ externalId: 'a', name: 'A', Seats: '2', colour: 'red' },
			{ externalId: 'b', name: 'B', owner: 'nobody@team.example.com' },
		]);
		expect(output[0]?.json).toMatchObject({ rowsToSend: 1, unknownFields: ['colour'] });
		expect(written()).toEqual([]);
	});
});

describe('the email of a user', () => {
	it('does wherever the ID of a user is wanted', async () => {
		const email = ' KIM@team.example.com ';
		const given: Array<[string, IDataObject, IDataObject]> = [
			['company', { name: 'A', owner: email, coOwner: lee }, { name: 'A', owner: kim, coOwner: lee }],
			['company', { name: 'A', followers: `${email}, ${lee}` }, { name: 'A', followers: [kim, lee] }],
			['workspace', { name: 'W', companyId, ownerId: email }, { name: 'W', companyId, ownerId: kim }],
			['issue', { title: 'I', followers: [email, lee] }, { title: 'I', followers: [kim, lee] }],
			['timesheet', { assignedId: email, approvedBy: lee }, { assignedId: kim, approvedBy: lee }],
			[
				'task',
				{ mainType: 'task', companyId, ownerId: email, users: 'lee@team.example.com' },
				{ mainType: 'task', companyId, ownerId: kim, users: [{ id: lee, name: 'Lee Doe' }] },
			],
			[
				'note',
				{ companyId, users: [{ id: email, isOwner: true }, lee] },
				{ type: 'note', companyId, users: [{ id: kim, name: 'Kim', isOwner: true }, { id: lee }] },
			],
			[
				'company',
				{ name: 'A', custom: { Backup: email, Contact: email, Crew: [email] } },
				{ name: 'A', custom: { Backup: kim, Contact: email.trim(), Crew: [kim] } },
			],
		];
		for (const [resource, json, sent] of given) {
			const { error } = await planhat.run({ resource, operation: 'create', json: json as INodeParameters });
			expect(error).toBeUndefined();
			expect(planhat.lastRequest().body).toEqual(sent);
		}
	});

	it('is looked up once for all rows, and not where there is none', async () => {
		await run({}, [{ externalId: 'a', name: 'A', owner: kim, description: 'kim@team.example.com' }]);
		expect(reads('/users')).toBe(0);
		const rows = Array.from({ length: 30 }, (_row, index) => ({
			externalId: `${index}`,
			name: 'A',
			owner: flat.Backup,
		}));
		const { output } = await run({}, rows);
		expect(output).toHaveLength(30);
		expect(reads('/users')).toBe(1);
		expect(written().slice(1)).toEqual(rows.map((row) => ({ ...row, owner: kim })));
	});

	it('is found on any page of the list of users', async () => {
		planhat.server.setBehaviour({ pageCap: 100 });
		planhat.server.insert(
			'users',
			Array.from({ length: 250 }, (_user, index) => ({ email: `u${index}@team.example.com`, nickName: `U${index}` })),
		);
		const { output } = await run({}, [{ externalId: 'a', name: 'A', owner: 'u249@team.example.com' }]);
		expect(output[0]?.json.outcome).toBe('created');
		expect(reads('/users')).toBe(3);
	});

	it('fails its own row where no user or several have it, before anything is sent', async () => {
		const rows = [
			{ externalId: 'a', name: 'A', owner: 'nobody@team.example.com' },
			{ externalId: 'b', name: 'B', owner: 'twin@team.example.com' },
			{ externalId: 'c', name: 'C', owner: 'kim@team.example.com' },
		];
		const { output, errors } = await run({}, rows);
		expect(output.map(({ json }) => json.externalId)).toEqual(['c']);
		expect(errors.map(({ json, pairedItem }) => [pairedItem, json.error])).toEqual([
			[
				{ item: 0 },
				expect.stringContaining(
					"not 'nobody@team.example.com'. 'nobody@team.example.com' is the email of no user in Planhat",
				),
			],
			[{ item: 1 }, expect.stringContaining("'twin@team.example.com' is the email of 2 users in Planhat")],
		]);
		const stopped = await run({}, rows.slice(0, 2), { onError: 'stopWorkflow' });
		expect(stopped.error?.message).toContain('no user in Planhat');
		expect(written()).toHaveLength(1);
	});

	it.each(['create', 'update'])('fails its own item in %s, and the others go on', async (operation) => {
		const [company] = planhat.server.insert('companies', [{ name: 'Acme' }]);
		const { output, errors } = await run({ operation, recordId: record('id', company?._id) }, [
			{ name: 'A', owner: 'nobody@team.example.com' },
			{ name: 'B', owner: 'kim@team.example.com' },
		]);
		expect(output).toHaveLength(1);
		expect(errors[0]?.json.error).toContain("'nobody@team.example.com' is the email of no user");
		expect(reads('/users')).toBe(1);
		expect(written()).toEqual([{ name: 'B', owner: kim }]);
	});

	it('fails its row where users may not be read, with Planhat’s words; other rows go out', async () => {
		planhat.server.setRights({ users: { read: false } });
		const { output, errors } = await run({}, [
			{ externalId: 'a', name: 'A', owner: 'kim@team.example.com' },
			{ externalId: 'b', name: 'B', owner: 'lee@team.example.com' },
			{ externalId: 'c', name: 'C', owner: kim },
		]);
		expect(output.map(({ json }) => json.externalId)).toEqual(['c']);
		expect(errors.map(({ json }) => String(json.error))).toEqual([
			expect.stringMatching(/Only IDs can be given, since the users cannot be looked up: .*permission/),
			expect.stringMatching(/permission/),
		]);
		expect(reads('/users')).toBe(1);
	});
});

describe('fields mapped by hand', () => {
	it('go out with the types that the tenant has, which are read once more where a value is changed', async () => {
		const value = {
			name: '={{ $json.title }}',
			owner: '={{ $json.owner }}',
			tags: '={{ $json.tags }}',
			domains: 'a.example.com, b.example.com',
			csmScore: '={{ $json.score }}',
			phase: null,
			'custom.Seats': '={{ $json.seats }}',
			'custom.Plan': 'Pro',
			'custom.Modules': 'Billing, Tax',
			'custom.Risk': false,
			'custom.Go-live': '2026-03-31T00:00:00',
		};
		const parameters = await byHand(value);
		const { error } = await run(parameters, [
			{ title: 'A', owner: 'kim@team.example.com', tags: ['x'], score: '4', seats: '7' },
		]);
		expect(error).toBeUndefined();
		expect(written()).toEqual([
			{
				name: 'A',
				owner: kim,
				tags: ['x'],
				domains: ['a.example.com', 'b.example.com'],
				csmScore: 4,
				custom: { Seats: 7, Plan: 'Pro', Modules: ['Billing, Tax'], Risk: false, 'Go-live': '2026-03-31' },
			},
		]);
		// Once for the editor, once for the run.
		expect(reads('/customfields')).toBe(2);
	});

	it('leave out a blank text, which is no 0', async () => {
		await run(await byHand({ name: 'A', csmScore: '={{ $json.score }}' }), [{ score: '' }]);
		expect(written()).toEqual([{ name: 'A' }]);
	});

	it('clear a field by an expression that comes out blank, with Empty Values, and none that nobody has mapped', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'Acme', phase: 'Live', city: 'Oslo' }]);
		const value = { phase: '={{ $json.phase }}', city: '', csmScore: '={{ $json.score }}', tags: '={{ $json.none }}' };
		const parameters = await byHand(value, 'company', 'update');
		const recordId = record('id', company?._id);
		await run({ ...parameters, recordId, options: { emptyValues: 'clear' } }, [{ phase: ' ', score: null }]);
		expect(written()).toEqual([{ phase: '', csmScore: null }]);
	});

	it('take times that were picked in the time zone of the workflow, and days as they are', async () => {
		const value = {
			mainType: 'task',
			companyId,
			startTime: '2026-03-31T09:00:00',
			endTime: '2026-03-31T00:00:00',
			dateDone: '={{ $json.done }}',
		};
		const parameters = await byHand(value, 'task');
		await run(parameters, [{ done: '2026-03-31T09:00:00' }]);
		// n8n's own time zone, where the workflow has none.
		expect(written()).toMatchObject([
			{
				startTime: '2026-03-31T13:00:00.000Z',
				endTime: '2026-03-31T00:00:00.000Z',
				dateDone: '2026-03-31T09:00:00.000Z',
			},
		]);
	});

	it('never hold the word about missing custom fields', async () => {
		await run(await byHand({ name: 'A', customFieldsMissing: 'No right' }), [{}]);
		expect(written()).toEqual([{ name: 'A' }]);
	});
});

describe('$fromAI', () => {
	const said = { query: { name: 'Acme', seats: '12', owner: 'kim@team.example.com' }, toolCallId: 'call-1' };
	const sent = () => [{ name: 'Acme', owner: kim, custom: { Seats: 12 } }];

	it.each(['customOperations', 'routing'] as const)('fills the mapper, run by %s', async (way) => {
		const value = {
			name: "={{ $fromAI('name', 'Name of the company', 'string') }}",
			owner: "={{ $fromAI('owner', '', 'string') }}",
			'custom.Seats': "={{ $fromAI('seats', '', 'number') }}",
			phase: "={{ $fromAI('phase', '', 'string') }}",
		};
		const { error } = await run(await byHand(value), [said], { way });
		expect(error).toBeUndefined();
		expect(written()).toEqual(sent());
	});

	it.each(['customOperations', 'routing'] as const)('fills JSON, run by %s', async (way) => {
		const json =
			'={ "name": "{{ $fromAI(\'name\') }}", "owner": "{{ $fromAI(\'owner\') }}", "Seats": {{ $fromAI(\'seats\', \'\', \'number\') }} }';
		const { error } = await run({ operation: 'create', specifyFields: 'json', json }, [said], { way });
		expect(error).toBeUndefined();
		expect(written()).toEqual(sent());
	});
});
