import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { upsert } from '../../../../nodes/Planhat/operations/upsert.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { byInput, countsOf, fakeBatch, fakeTransport, good, outcomeOf, refused } from './fakeBatch.mts';
import { badRow, FakePlanhat, noFaults, poisonousRow, type Faults } from './fakePlanhat.mts';

const extraRequests = 100;

function keyedRows(count: number): IDataObject[] {
	return Array.from({ length: count }, (_row, index) => ({ externalId: `ext-${index}`, name: `Company ${index}` }));
}

async function send(rows: IDataObject[], faults: Partial<Faults>, parameters: IDataObject = {}) {
	const planhat = new FakePlanhat({ ...noFaults, ...faults });
	const transport = fakeTransport(planhat.answer);
	const context = fakeBatch(rows, transport, { parameters });
	const items = await upsert.runAll([context]);
	return { planhat, transport, context, items };
}

interface RowKind {
	keys: 'externalId' | 'sourceId' | 'both' | 'none' | 'repeated';
	reason: 'none' | 'bad' | 'poison' | 'unknownField' | 'nameless';
	isThere: boolean;
}

function rowOf({ keys, reason }: RowKind, index: number): IDataObject {
	const row: IDataObject = { name: `Company ${index}`, city: 'Malmö' };
	if (keys === 'externalId' || keys === 'both') row.externalId = `ext-${index}`;
	if (keys === 'sourceId' || keys === 'both') row.sourceId = `src-${index}`;
	if (keys === 'repeated') row.externalId = `shared-${index % 3}`;
	if (reason === 'bad') row.description = `${badRow} ${index}`;
	if (reason === 'poison') row.description = `${poisonousRow} ${index}`;
	if (reason === 'unknownField') row.fovouriteColour = 'blue';
	// A required field is missing only where that is found before sending: the fake counts rows by their names.
	if (reason === 'nameless' && keys === 'none') delete row.name;
	return row;
}

const kind = fc.record<RowKind>({
	keys: fc.constantFrom('externalId', 'sourceId', 'both', 'externalId', 'none', 'repeated'),
	reason: fc.oneof(
		{ weight: 6, arbitrary: fc.constant('none' as const) },
		{
			weight: 4,
			arbitrary: fc.constantFrom('bad' as const, 'poison' as const, 'unknownField' as const, 'nameless' as const),
		},
	),
	isThere: fc.boolean(),
});

const faults = fc.record<Faults>({
	seed: fc.integer({ min: 1, max: 1_000_000 }),
	errors: fc.constantFrom(
		['text'],
		['object'],
		['nested'],
		['nameless'],
		['text', 'object', 'nested', 'nameless'],
		['silent', 'text'],
	),
	naming: fc.constantFrom('keys', 'keys', 'ids', 'counts', 'nothing'),
	refusals: fc.constantFrom(0, 0.3),
	losses: fc.constantFrom(0, 0.3),
	resends: fc.constantFrom(0, 0.3),
	outageFrom: fc.constantFrom(Infinity, Infinity, Infinity, 1, 2),
});

const run = fc.record({
	kinds: fc.array(kind, { minLength: 1, maxLength: 60 }),
	faults,
	batchSize: fc.constantFrom(1, 2, 7, 20, 5_000),
});

function prepare({ kinds, faults: told }: { kinds: RowKind[]; faults: Faults }) {
	const planhat = new FakePlanhat(told);
	const rows = kinds.map(rowOf);
	kinds.forEach(({ isThere, reason, keys }, index) => {
		const row = rows[index] ?? {};
		if (isThere && reason !== 'nameless' && keys !== 'none' && planhat.find(row) === undefined)
			planhat.put({ ...row, city: index % 2 === 0 ? 'Lund' : 'Malmö' });
	});
	return { planhat, rows, before: new Set(planhat.records) };
}

describe('Create or Update against a Planhat with faults', () => {
	it('gives each row one outcome, and a true one', async () => {
		const seen = new Map<string, number>();
		await fc.assert(
			fc.asyncProperty(run, async ({ kinds, faults: told, batchSize }) => {
				const { planhat, rows, before } = prepare({ kinds, faults: told });
				const transport = fakeTransport(planhat.answer);
				const context = fakeBatch(rows, transport, { parameters: { 'options.batchSize': batchSize } });
				const items = await upsert.runAll([context]);

				expect(items.length).toBe(rows.length);
				const found = byInput(items);
				let toSend = 0;
				rows.forEach((row, index) => {
					const item = found.get(index);
					if (item === undefined) throw new Error(`Row ${index} is lost`);
					const outcome = outcomeOf(item);
					seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
					const sent = planhat.sent.get(String(row.name)) ?? 0;
					const record = planhat.find(row) ?? planhat.records.find(({ name }) => name === row.name);
					if (outcome === 'superseded') {
						expect(sent).toBe(0);
						const [, later] = /as row (\d+),/.exec(String(item.json.reason)) ?? [];
						expect(rows[Number(later) - 1]?.externalId).toBe(row.externalId);
						return;
					}
					if (sent > 0) toSend += 1;
					const says = item.json.error === undefined;
					expect(says).toBe(['created', 'updated', 'unchanged'].includes(outcome));
					if (says) {
						expect(record?.name).toBe(row.name);
						if (item.json._id !== undefined) expect(item.json._id).toBe(record?._id);
						expect(item.json.resent === true).toBe(sent > 1);
					}
					if (outcome === 'failed' && record !== undefined) expect(before.has(record)).toBe(true);
					if (row.externalId === undefined && row.sourceId === undefined) {
						expect(sent).toBeLessThanOrEqual(1);
						expect(planhat.records.filter(({ name }) => name === row.name).length).toBeLessThanOrEqual(1);
					}
				});
				expect(transport.requests.length).toBeLessThanOrEqual(Math.ceil(toSend / batchSize) + extraRequests);
				expect(transport.mostInFlight()).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 1_500, seed: 21 },
		);
		// Otherwise the property would be about less than it says.
		for (const outcome of ['created', 'updated', 'unchanged', 'failed', 'superseded', 'unknown'])
			expect([outcome, (seen.get(outcome) ?? 0) > 50]).toEqual([outcome, true]);
	}, 120_000);

	it('sums up the same outcomes in a summary', async () => {
		await fc.assert(
			fc.asyncProperty(run, async ({ kinds, faults: told, batchSize }) => {
				const { planhat, rows } = prepare({ kinds, faults: told });
				const transport = fakeTransport(planhat.answer);
				const parameters = { 'options.batchSize': batchSize, 'options.report': 'summary' };
				const [summary, ...losses] = await upsert.runAll([fakeBatch(rows, transport, { parameters })]);
				const json = summary?.json ?? {};
				const count = (name: string) => Number(json[name]);
				const outcomes = ['created', 'updated', 'unchanged', 'superseded', 'failed', 'unknown'];
				expect(outcomes.reduce((sum, name) => sum + count(name), 0)).toBe(rows.length);
				expect(json.notSent).toBeUndefined();
				expect(losses.length).toBe(count('failed') + count('unknown'));
				expect(json.requests).toBe(transport.requests.length);
				const reasons = json.reasons as Array<{ reason: string; rows: number }>;
				expect(reasons.reduce((sum, reason) => sum + reason.rows, 0)).toBe(losses.length);
				expect(reasons.every(({ reason }) => reason !== '')).toBe(true);
				expect((summary?.pairedItem as unknown[]).length).toBe(rows.length);
			}),
			{ numRuns: 300, seed: 22 },
		);
	}, 60_000);

	it('sends nothing after the first request with a loss when On Error is Stop, and says what became of all rows', async () => {
		let stopped = 0;
		await fc.assert(
			fc.asyncProperty(run, async ({ kinds, faults: told, batchSize }) => {
				const { planhat, rows } = prepare({ kinds, faults: told });
				const transport = fakeTransport(planhat.answer);
				const parameters = { 'options.batchSize': batchSize };
				let items: unknown[] | undefined;
				let message = '';
				try {
					items = await upsert.runAll([fakeBatch(rows, transport, { parameters, stops: true })]);
				} catch (error) {
					({ message } = error as Error);
				}
				if (items !== undefined) {
					expect(items.length).toBe(rows.length);
					return;
				}
				stopped += 1;
				const [, applied, all] = /^(\d+) of (\d+) rows were applied/.exec(message) ?? [];
				const others = [
					...message.matchAll(
						/, (\d+) (?:(?:was|were) refused|may have been|(?:was|were) left out|(?:was|were) not sent)/g,
					),
				];
				const sum = others.reduce((total, [, count]) => total + Number(count), Number(applied));
				expect([sum, Number(all)]).toEqual([rows.length, rows.length]);
				// All rows sent belong to chunks up to the one with the loss: what follows was not sent at all.
				const [, notSent] = /, (\d+) (?:was|were) not sent/.exec(message) ?? ['', '0'];
				const sentRows = rows.filter(({ name }) => planhat.sent.has(String(name))).length;
				const [, superseded] = /, (\d+) (?:was|were) left out/.exec(message) ?? ['', '0'];
				const refusedAtOnce = sentRows === 0 ? rows.length - Number(notSent) - Number(superseded) : 0;
				expect(sentRows + Number(notSent) + Number(superseded) + refusedAtOnce).toBe(rows.length);
				if (planhat.records.length === 0) expect(Number(applied)).toBe(0);
			}),
			{ numRuns: 500, seed: 23 },
		);
		expect(stopped).toBeGreaterThan(100);
	}, 60_000);

	it('takes an outage for one, and asks no more than once for each further request', async () => {
		const { transport, items } = await send(keyedRows(100), { outageFrom: 1 }, { 'options.batchSize': 20 });
		expect(countsOf(items)).toEqual({ unknown: 100 });
		expect(transport.requests.length).toBe(8 + 4);
	});

	it('spends at most 100 extra requests in a run', async () => {
		const rows = keyedRows(3_000);
		const { transport, items } = await send(rows, { naming: 'nothing' }, { 'options.batchSize': 1_000 });
		expect(items.length).toBe(3_000);
		expect(countsOf(items)).toEqual({ unknown: 3_000 });
		expect(transport.requests.length).toBe(3 + extraRequests);
	});

	it('marks every row that it sent again, also one that it gave up', async () => {
		const rows = keyedRows(64);
		const planhat = new FakePlanhat({ ...noFaults, naming: 'nothing' });
		const sender = fakeTransport(planhat.answer);
		const parameters = { 'options.report': 'perRow' };
		const { BatchSender } = await import('../../../../nodes/Planhat/batch/sendChunks.ts');
		const { readBatches } = await import('../../../../nodes/Planhat/batch/batches.ts');
		const context = fakeBatch(rows, sender, { parameters });
		const [batch] = await readBatches([context], { mayUpdate: true, duplicateKeys: 'sendLast' });
		if (batch === undefined) throw new Error('There is no batch');
		await new BatchSender(context, batch, { rows: 5_000, bytes: 30_000_000 }).sendAll();
		const wrong = rows.filter(
			({ name }, row) => (batch.outcomes[row]?.resent === true) !== (planhat.sent.get(String(name)) ?? 0) > 1,
		);
		expect(wrong).toEqual([]);
	});

	it('does not call a row failed that an earlier answer has accepted', async () => {
		let requests = 0;
		const transport = fakeTransport((_rows, request) => {
			requests += 1;
			return requests === 1 ? good({}) : refused(request, 500, 'Internal error');
		});
		const items = await upsert.runAll([fakeBatch(keyedRows(2), transport)]);
		expect(items.map(outcomeOf)).toEqual(['unknown', 'unknown']);
	});
});

describe('Rows that bring a request down', () => {
	it.each([
		['first', 0],
		['middle', 2_500],
		['last', 4_999],
	])('are found by halving: the %s of 5,000', async (_name, poisonous) => {
		const rows = keyedRows(5_000);
		Object.assign(rows[poisonous] ?? {}, { description: poisonousRow });
		const { transport, items } = await send(rows, {});
		expect(countsOf(items)).toEqual({ created: 4_999, unknown: 1 });
		// After a 500 nobody knows, as of a single write.
		expect(outcomeOf(byInput(items).get(poisonous) ?? { json: {} })).toBe('unknown');
		// One for the chunk and two for each of 12 or 13 halvings.
		expect([25, 27]).toContain(transport.requests.length);
		console.log(`poisonous row at ${poisonous}: ${transport.requests.length} requests`);
	});

	it('are bounded when 20 of them are spread over 5,000', async () => {
		const rows = keyedRows(5_000);
		for (let index = 125; index < 5_000; index += 250) Object.assign(rows[index] ?? {}, { description: poisonousRow });
		const { transport, items, planhat } = await send(rows, {});
		const counts = countsOf(items);
		console.log(`20 poisonous rows: ${transport.requests.length} requests, ${JSON.stringify(counts)}`);
		expect(items.length).toBe(5_000);
		expect(transport.requests.length).toBeLessThanOrEqual(1 + extraRequests);
		expect(Math.max(...planhat.faultRuns)).toBeLessThanOrEqual(8);
	});
});

describe('12,001 rows', () => {
	const second = new Set(Array.from({ length: 5_000 }, (_row, index) => `Company ${index + 5_000}`));

	function answering() {
		const planhat = new FakePlanhat();
		return fakeTransport((rows, request) =>
			rows.some(({ name }) => second.has(String(name)))
				? refused(request, 400, 'Not valid')
				: planhat.answer(rows, request),
		);
	}

	it('take three requests, of which the second may fail alone', async () => {
		const transport = answering();
		const items = await upsert.runAll([fakeBatch(keyedRows(12_001), transport)]);
		expect(transport.requests.map(({ rows }) => rows.length)).toEqual([5_000, 5_000, 2_001]);
		expect(transport.mostInFlight()).toBe(1);
		expect(items.length).toBe(12_001);
		for (const [index, item] of byInput(items))
			expect([index, outcomeOf(item)]).toEqual([index, index >= 5_000 && index < 10_000 ? 'failed' : 'created']);
		expect(String(byInput(items).get(7_000)?.json.error)).toContain('Not valid');
	});

	it('take two when On Error is Stop', async () => {
		const transport = answering();
		const error = await thrownBy(
			async () => await upsert.runAll([fakeBatch(keyedRows(12_001), transport, { stops: true })]),
		);
		expect(transport.requests.length).toBe(2);
		expect(error.message).toBe(
			'5000 of 12001 rows were applied, 5000 were refused, 2001 were not sent: Not valid (5000 rows)',
		);
		expect(error.context?.itemIndex).toBe(5_000);
	});

	it('end before the next request when the execution is cancelled', async () => {
		const abort = new AbortController();
		const planhat = new FakePlanhat();
		const transport = fakeTransport((rows, request) => {
			abort.abort();
			return planhat.answer(rows, request);
		});
		const context = fakeBatch(keyedRows(12_001), transport, { signal: abort.signal });
		await expect(upsert.runAll([context])).rejects.toThrow();
		expect(transport.requests.length).toBe(1);
	});
});
