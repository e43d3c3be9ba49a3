import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { itemsOf, bench } from './planhat.mts';

const planhat = bench({ forEachTest: true });
const ada = '5f0000000000000000000001';

const inDays = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T00:00:00.000Z`;

beforeEach(() => {
	planhat.server.insert('users', [{ _id: ada, email: 'ada@team.example.com', nickName: 'Ada' }] as never);
	planhat.server.insert('customfields', [
		{ name: 'Plan', parent: 'company', type: 'list', listValues: ['Basic', 'Team'] },
		{ name: 'Seats', parent: 'company', type: 'number' },
	] as never);
	planhat.server.insert('companies', [
		{ name: 'Soon', h: 3, renewalDate: inDays(20), owner: ada, custom: { Plan: 'Team', Seats: 12 } },
		{ name: 'Healthy', h: 9, renewalDate: inDays(20), custom: { Plan: 'Basic' } },
		{ name: 'Later', h: 3, renewalDate: inDays(200), owner: ada },
		{ name: 'Never', h: 2, custom: { Plan: 'Team', Seats: 3 } },
	] as never);
});

async function list(conditions: unknown, more: INodeParameters = {}, isTool = false) {
	const filters = { conditionsJson: typeof conditions === 'string' ? conditions : JSON.stringify(conditions) };
	const parameters = { resource: 'company', operation: 'getAll', returnAll: true, filters, ...more };
	const run = await planhat.run(isTool ? { output: 'simplified', ...parameters } : parameters, { isTool });
	return { ...run, names: run.output.map(({ json }) => json.name), said: run.error?.message ?? '' };
}

const companyRequests = () => planhat.server.requests.filter(({ path }) => path === '/companies');

describe('conditions of Get Many', () => {
	it('find who renews within 60 days with a health below 5, in one request', async () => {
		const asked = [
			{ field: 'renewalDate', operator: 'withinNextDays', value: 60 },
			{ field: 'health', operator: '<', value: 5 },
		];
		const { names, hints } = await list(asked, { options: { select: ['name'] } });
		expect(names).toEqual(['Soon']);
		expect(companyRequests().map(({ query }) => query.select)).toEqual(['name,renewalDate,h']);
		expect(hints.map(({ message }) => message)).toEqual(['4 companies were read for 1 that meet the conditions.']);
	});

	it.each<[string, unknown, string[]]>([
		['an owner by name', { owner: 'Ada' }, ['Soon', 'Later']],
		['an owner by email', { owner: 'ada@team.example.com' }, ['Soon', 'Later']],
		['a value of a list', { 'custom.Plan': 'team' }, ['Soon', 'Never']],
		['a custom number', [{ field: 'Seats', operator: '>=', value: '12' }], ['Soon']],
		['a part of a name', [['name', 'contains', 'EAL']], ['Healthy']],
		['no date', [{ field: 'renewalDate', operator: 'isEmpty' }], ['Never']],
		['no such date', [{ field: 'renewalDate', operator: 'before', value: 'in 60 days' }], ['Soon', 'Healthy']],
		['another owner', [{ field: 'owner', operator: '!=', value: 'Ada' }], ['Healthy', 'Never']],
	])('compare %s', async (_what, conditions, names) => {
		expect((await list(conditions)).names).toEqual(names);
	});

	it('come from the form too, with a value for each item', async () => {
		const values = [{ field: 'h', operator: 'lessThan', value: '={{ $json.below }}' }];
		const parameters = { resource: 'company', operation: 'getAll', filters: { conditions: { values } } };
		const run = async (below: unknown) =>
			await planhat.run(
				{ returnAll: true, ...parameters },
				{ items: itemsOf([{ below }, { below: 2.5 }] as IDataObject[]) },
			);
		expect((await run(5)).output.map(({ json }) => json.name)).toEqual(['Soon', 'Later', 'Never', 'Never']);
		const { error } = await run('');
		expect(error?.message).toBe("The condition on 'h' has no value for this item");
	});

	it('count for Limit: pages are read until enough records meet them', async () => {
		planhat.server.insert(
			'companies',
			Array.from({ length: 12_000 }, (_value, at) => ({ name: `C${at}`, city: at % 1_000 === 999 ? 'Bern' : 'Oslo' })),
		);
		const asked = [{ field: 'city', operator: '=', value: 'Bern' }];
		const found = await list(asked, {
			returnAll: false,
			limit: 6,
			sort: { values: { field: 'name', direction: 'asc' } },
		});
		expect(found.names).toHaveLength(6);
		expect(companyRequests().map(({ query }) => query.limit)).toEqual(['5000', '5000']);
		expect((await list(asked)).names).toHaveLength(12);
	});

	it('that are no good send nothing', async () => {
		const { said } = await list([{ field: 'h', operator: '<', value: 'low' }]);
		expect(said).toBe("The condition on 'h' takes a number such as 1200 or 1200.5, not 'low'");
		expect((await list([{ field: 'helth', value: 1 }])).said).toBe(
			"'helth' is no field of companies; the nearest is 'health'",
		);
		for (const none of ['[]', '{}']) expect((await list(none)).said).toBe("'Conditions' has no condition");
		expect(companyRequests()).toEqual([]);
	});

	it('are those of a model in a tool: left blank they are none, the answer is cut and says so', async () => {
		planhat.server.insert(
			'companies',
			Array.from({ length: 60 }, (_value, at) => ({ name: `C${at}` })),
		);
		const json = (text: string) => `={{ $fromAI('Conditions') || ${JSON.stringify(text)} }}`;
		const blank = await list(json(''), {}, true);
		expect(blank.output).toHaveLength(50);
		expect(blank.output[0]?.json.notice).toContain('Not filtered by Conditions, which is empty');
		const half = await list(
			json('[{"field":"h","operator":"lessThan","value":5},{"field":"phase","value":""}]'),
			{},
			true,
		);
		expect(half.output).toHaveLength(3);
		expect(half.output[0]?.json.notice).toContain('Not filtered by phase, which is empty');
		expect((await list(json('[{"field":"renewalDate","value":"soon"}]'), {}, true)).said).toMatch(
			/takes a date.+Today is/,
		);
		expect((await list(json('{"h": {"gt": 10} }'), {}, true)).output[0]?.json).toEqual({
			notice: 'No company matches.',
		});
	});

	it('tell a model of those that hold nothing where early or little is asked for', async () => {
		const asked = [
			{ field: 'renewalDate', operator: 'before', value: 'in 300 days' },
			{ field: 'health', operator: 'lessThan', value: 5 },
		];
		const { names, output } = await list(asked, {}, true);
		expect(names).toEqual(['Soon', 'Later']);
		expect(output[0]?.json.notice).toBe('1 more company has no renewalDate (isEmpty).');
		const none = await list([{ field: 'renewalDate', operator: 'before', value: '2001-01-01' }], {}, true);
		expect(none.output[0]?.json).toEqual({
			notice: 'No company matches. 1 more company has no renewalDate (isEmpty).',
		});
		expect((await list(asked)).output[0]?.json.notice).toBeUndefined();
	});

	it.each([2026, '2026', 0, '31.03.2026'])('take no day of 1970 for %j in a custom field of days', async (value) => {
		planhat.server.insert('customfields', [{ name: 'Go-live', parent: 'company', type: 'day' }]);
		const { said } = await list([{ field: 'Go-live', operator: 'before', value }]);
		expect(said).toMatch(/^The condition on 'custom\.Go-live' takes a da(y|te) such as 2026-03-31/);
		expect(said).toContain(`, not '${value}'`);
	});

	it('work on records of which all are read by other means', async () => {
		const { error, output } = await list([{ field: 'parent', value: 'company' }], { resource: 'customField' });
		expect([error, output.length]).toEqual([undefined, 2]);
	});
});
