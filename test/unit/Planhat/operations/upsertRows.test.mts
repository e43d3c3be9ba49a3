import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { upsert } from '../../../../nodes/Planhat/operations/upsert.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { startPlanhatServer, type PlanhatServer } from '../../../planhat-server/index.mts';
import {
	asking,
	byInput,
	countsOf,
	fakeBatch,
	fakeTransport,
	good,
	outcomeOf,
	type FakeBatchOptions,
} from './fakeBatch.mts';

let planhat: PlanhatServer;

beforeAll(async () => {
	planhat = await startPlanhatServer();
});

beforeEach(() => planhat.reset());

afterAll(async () => await planhat.close());

async function run(rows: IDataObject[], parameters: IDataObject = {}, options: FakeBatchOptions = {}) {
	const transport = fakeTransport(asking(planhat));
	const context = fakeBatch(rows, transport, { ...options, parameters: { ...options.parameters, ...parameters } });
	const items = await upsert.runAll([context]);
	return {
		items,
		transport,
		hints: context.hints,
		sent: transport.requests.flatMap((request) => request.rows),
	};
}

describe('Rows with the same key', () => {
	const rows = [1, 2, 3].map((count) => ({ externalId: 'acme', name: `Acme ${count}` }));

	const last = { 'options.duplicateKeys': 'sendLast' };
	const creating = { 'options.keylessRows': 'create' };

	it('are sent one request after the other, each with what became of it', async () => {
		const { items, transport } = await run([...rows, { externalId: 'other', name: 'Other' }]);
		expect(transport.requests.map((request) => request.rows.length)).toEqual([2, 1, 1]);
		expect(items.map(outcomeOf)).toEqual(['created', 'updated', 'updated', 'created']);
	});

	it('are sent once where the user wants the last of them, and the others name it', async () => {
		const { items, sent } = await run([...rows, { externalId: 'other', name: 'Other' }], last);
		expect(sent).toEqual([rows[2], { externalId: 'other', name: 'Other' }]);
		expect(items.map(outcomeOf)).toEqual(['superseded', 'superseded', 'created', 'created']);
		for (const item of items.slice(0, 2))
			expect(item.json.reason).toBe('Row 3 has the same key and was sent in its place');
	});

	it('all fail when the user wants that', async () => {
		const { items, sent } = await run([...rows, { externalId: 'other', name: 'Other' }], {
			'options.duplicateKeys': 'fail',
		});
		expect(sent.length).toBe(1);
		expect([...byInput(items).values()].map(outcomeOf).sort()).toEqual(['created', 'failed', 'failed', 'failed']);
	});

	it('are those of which any key is the same', async () => {
		const rowsWithTwo = [
			{ sourceId: 'a', externalId: 'x', name: 'One' },
			{ sourceId: 'b', externalId: 'y', name: 'Two' },
			{ sourceId: 'b', externalId: 'z', name: 'Three' },
		];
		const { items } = await run(rowsWithTwo, last);
		expect(items.map(outcomeOf)).toEqual(['created', 'superseded', 'created']);
	});

	it('are different end users when the company differs', async () => {
		const { sent } = await run(
			[
				{ email: 'a@b.test', companyId: '5f0000000000000000000001', name: 'A' },
				{ email: 'a@b.test', companyId: '5f0000000000000000000002', name: 'B' },
			],
			last,
			{ resource: 'enduser' },
		);
		expect(sent.length).toBe(2);
	});

	it('do not include keys that are blank', async () => {
		const blank = [
			{ externalId: ' ', name: 'One' },
			{ externalId: ' ', name: 'Two' },
			{ externalId: '', name: 'Three' },
		];
		const { items, sent } = await run(blank, { ...last, ...creating });
		expect(sent.map(({ name }) => name)).toEqual(['One', 'Two', 'Three']);
		expect(items.map(outcomeOf)).not.toContain('superseded');
	});
});

describe('Rows that cannot be sent', () => {
	it('are named, and the others are sent', async () => {
		const { items, sent } = await run([{ name: 'A', externalId: 'a' }, { phase: 'b' }, { externalId: 'c' }]);
		expect(sent).toEqual([{ name: 'A', externalId: 'a' }, { externalId: 'c' }]);
		expect(byInput(items).get(1)?.json.error).toContain('Each row needs');
	});

	it('are the reason to send nothing when On Error is Stop', async () => {
		const transport = fakeTransport(asking(planhat));
		const rows = [{ externalId: 'a' }, { phase: 'b' }, { externalId: 'c' }];
		const error = await thrownBy(async () => await upsert.runAll([fakeBatch(rows, transport, { stops: true })]));
		expect(transport.requests).toEqual([]);
		expect(error.message).toMatch(/^No rows were sent. 1 of 3 rows are invalid: The row has no key.*\(row 2\)$/);
		expect(error.context?.itemIndex).toBe(1);
	});

	it('are those whose parameter cannot be read, and no others', async () => {
		const parameter: FakeBatchOptions['parameter'] = (name, index, fallback) => {
			if (name === 'fields' && index === 1) throw new Error('There is no node Sheet');
			return name === 'fields' ? { value: { name: `Company ${index}`, externalId: String(index) } } : fallback;
		};
		const { items, sent } = await run([{}, {}, {}], {}, { parameter });
		expect(sent.length).toBe(2);
		expect(outcomeOf(byInput(items).get(1) ?? { json: {} })).toBe('failed');
		expect(String(byInput(items).get(1)?.json.error)).toContain('There is no node Sheet');
	});

	const circular: IDataObject = {};
	circular.self = circular;
	it.each([
		['a circle', { name: 'B', externalId: 'b', custom: circular }],
		[
			'a property that throws',
			Object.defineProperty({ name: 'B', externalId: 'b' }, 'phase', {
				enumerable: true,
				get: () => {
					throw new Error('No such node');
				},
			}),
		],
	])('are those with %s, and no others', async (_name, row) => {
		const rows: IDataObject[] = [{ name: 'A', externalId: 'a' }, row, { name: 'C', externalId: 'c' }];
		const { items } = await run(rows, { 'options.batchSize': 1 });
		expect(items.map(outcomeOf)).toEqual(['created', 'failed', 'created']);
	});

	it('are those that alone are larger than a request, and the plan says so', async () => {
		const rows = [
			{ name: 'A', externalId: 'a' },
			{ name: 'B', externalId: 'b', description: 'x'.repeat(30_000_000) },
		];
		const { items } = await run(rows);
		expect(items.map(outcomeOf)).toEqual(['created', 'failed']);
		const plan = (await run(rows, { 'options.dryRun': true })).items[0]?.json ?? {};
		expect([plan.rowsToSend, plan.refused, plan.requests]).toEqual([1, 1, 1]);
	});
});

describe('JSON', () => {
	it('may hold several rows for one item', async () => {
		const parameter: FakeBatchOptions['parameter'] = (name, index, fallback) => {
			if (name === 'specifyFields') return 'json';
			if (name !== 'json') return fallback;
			const two = '[{"externalId":"a","name":"A"},{"externalId":"b","name":"B"}]';
			return [two, '{"externalId":"c","name":"C"}', '[]', 'no json', '[1]'][index];
		};
		const { items, sent } = await run([{}, {}, {}, {}, {}], {}, { parameter });
		expect(sent.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 1, 2, 3, 4].map((item) => ({ item })));
		expect(countsOf(items)).toEqual({ created: 3, failed: 3 });
	});
});

describe('Names that Planhat does not know', () => {
	const row = { name: 'A', externalId: 'a', colour: 'blue', toolCallId: 'call_1' };

	it.each([
		['send', { ...row, toolCallId: undefined }],
		['custom', { name: 'A', externalId: 'a', custom: { colour: 'blue' } }],
		['ignore', { name: 'A', externalId: 'a' }],
	])('with %s', async (unknownFields, written) => {
		const parameters = { 'options.unknownFields': unknownFields };
		const { sent, hints, transport } = await run([row, { ...row, externalId: 'b' }], parameters);
		expect(sent[0]).toEqual(JSON.parse(JSON.stringify(written)));
		expect(sent[0]).not.toHaveProperty('toolCallId');
		expect(hints.filter((hint) => hint.includes('colour')).length).toBe(1);
		expect(transport.requests.length).toBe(1);
		const { items } = await run([row], { ...parameters, 'options.report': 'summary' });
		expect(items[0]?.json.unknownFields).toEqual(['colour']);
	});

	it('with refuse', async () => {
		const { items, sent } = await run([row, { name: 'B', externalId: 'b' }], { 'options.unknownFields': 'refuse' });
		expect(sent).toEqual([{ name: 'B', externalId: 'b' }]);
		expect(String(byInput(items).get(0)?.json.error)).toContain("Planhat knows no field 'colour' of a company");
	});

	it('are said to be dropped only when they are sent', async () => {
		const { hints } = await run([row], { 'options.unknownFields': 'custom' });
		expect(hints.join()).not.toContain('drops it');
	});
});

describe('The plan', () => {
	it('adds up and sends nothing', async () => {
		const rows: IDataObject[] = Array.from({ length: 10 }, (_row, index) => ({ externalId: `é${index}`, name: 'é' }));
		rows.push(
			{ externalId: 'é1', name: 'again' },
			{ name: 'no key' },
			{ phase: 'no name' },
			{ externalId: 'only-key' },
		);
		const parameters = { 'options.keylessRows': 'create', 'options.batchSize': 5 };
		const { items, transport } = await run(rows, { ...parameters, 'options.dryRun': true });
		expect(transport.requests).toEqual([]);
		const plan = items[0]?.json ?? {};
		expect(items.length).toBe(1);
		expect(plan).toMatchObject({
			dryRun: true,
			rows: 14,
			rowsToSend: 13,
			requests: 4,
			rounds: 2,
			superseded: 0,
			refused: 1,
			duplicateKeys: ['externalId é1'],
			keylessRows: [12],
			missingFields: { name: 2 },
		});
		planhat.insert('companies', [{ name: 'Known', externalId: 'only-key' }]);
		const { transport: real } = await run(rows, parameters);
		expect(plan.requests).toBe(real.requests.length);
		expect(plan.bytes).toBe(real.requests.reduce((sum, { bytes }) => sum + bytes, 0));
	});
});

describe('Errors that match no row', () => {
	it('are the reason of rows of which nobody knows', async () => {
		const transport = fakeTransport(() => good({ created: 2, createdErrors: ['no rights'], nonupdates: 0 }, 206));
		const rows = [{ name: 'A' }, { name: 'B' }, { name: 'C' }];
		const parameters = { 'options.report': 'summary', 'options.keylessRows': 'create' };
		const context = fakeBatch(rows, transport, { parameters });
		const [summary, ...losses] = await upsert.runAll([context]);
		expect(summary?.json).toMatchObject({ rows: 3, unknown: 3, unmatchedErrors: [] });
		expect(losses.map(outcomeOf)).toEqual(['unknown', 'unknown', 'unknown']);
		for (const { json } of losses) expect(json.error).toContain('It said: no rights');
		expect(context.hints).toEqual([]);
	});

	it('are in the summary and in a hint where the rows turn out well the second time', async () => {
		let requests = 0;
		const transport = fakeTransport(() => {
			requests += 1;
			return requests === 1 ? good({ updatedErrors: ['no rights to a field'] }, 206) : good({ nonupdates: 1 });
		});
		const rows = ['acme-1', 'acme-2'].map((externalId) => ({ externalId, name: externalId }));
		const context = fakeBatch(rows, transport, { parameters: { 'options.report': 'summary' } });
		const [summary] = await upsert.runAll([context]);
		expect(summary?.json).toMatchObject({ unchanged: 2, unmatchedErrors: ['no rights to a field'] });
		expect(context.hints).toEqual(['Planhat said, without naming a row: no rights to a field']);
	});
});

describe('Output items', () => {
	it('are in the order of the rows, and carry the keys', async () => {
		const rows = [{ externalId: 'acme-1' }, { name: 'B', sourceId: 'acme-2' }];
		const { items } = await run(rows);
		expect(items[1]).toEqual({
			json: { outcome: 'created', _id: planhat.records('companies')[0]?._id, sourceId: 'acme-2', name: 'B' },
			pairedItem: { item: 1 },
		});
		expect(items[0]).toEqual({
			json: {
				error: 'The company was not applied: name is required',
				details: { outcome: 'failed', keys: { externalId: 'acme-1' } },
			},
			pairedItem: { item: 0 },
		});
	});
});
