import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Outcome } from '../../../../nodes/Planhat/answers/outcome.ts';
import {
	keysOfTest,
	noFaults,
	seeded,
	SendingPlanhat,
	sendRows,
	type SendingFaults,
	type TestRow,
} from './sendingPlanhat.mts';
import { runs } from '../../../runs.mts';

const extraRequests = 100;

interface RowForm {
	keys: 'externalId' | 'sourceId' | 'both' | 'email' | 'none' | 'repeated' | 'chained';
	reason: 'none' | 'bad' | 'poison';
	isThere: boolean;
	isWide: boolean;
}

function rowOf({ keys, reason, isWide }: RowForm, row: number): TestRow {
	const made: TestRow = { row, value: `v${row}${isWide ? 'x'.repeat(200) : ''}` };
	if (keys === 'externalId' || keys === 'both') made.externalId = `ext-${row}`;
	if (keys === 'sourceId' || keys === 'both') made.sourceId = `src-${row}`;
	if (keys === 'email') made.email = `p${row}@x.io`;
	if (keys === 'repeated') made.externalId = `shared-${row % 3}`;
	if (keys === 'chained') Object.assign(made, { externalId: `shared-${row % 3}`, sourceId: `shared-${row % 2}` });
	if (reason !== 'none') made.reason = reason;
	return made;
}

const rowForm = fc.record<RowForm>({
	keys: fc.constantFrom('externalId', 'sourceId', 'both', 'email', 'email', 'none', 'repeated', 'chained'),
	reason: fc.oneof(
		{ weight: 30, arbitrary: fc.constant('none' as const) },
		{ weight: 6, arbitrary: fc.constant('bad' as const) },
		{ weight: 1, arbitrary: fc.constant('poison' as const) },
	),
	isThere: fc.boolean(),
	isWide: fc.boolean(),
});

const faults = fc.record<Omit<SendingFaults, 'random'>>({
	errors: fc.constantFrom(['text'], ['object'], ['nameless'], ['text', 'object', 'nameless'], ['silent', 'text']),
	naming: fc.constantFrom('keys', 'keys', 'ids', 'counts', 'nothing', 'words'),
	refusals: fc.constantFrom(0, 0, 0.3),
	losses: fc.constantFrom(0, 0, 0.3),
	faults: fc.constantFrom(0, 0, 0.3),
	resends: fc.constantFrom(0, 0.3),
	outageFrom: fc.constantFrom(Infinity, Infinity, Infinity, 1, 2),
	mostBytes: fc.constantFrom(Infinity, Infinity, 150, 600, 2_000),
	above: fc.constantFrom('413', 'lost'),
});

const run = fc.record({
	forms: fc.array(rowForm, { minLength: 1, maxLength: 40 }),
	faults,
	seed: fc.integer({ min: 1, max: 1_000_000 }),
	batchSize: fc.constantFrom(1, 2, 7, 20, 5_000),
	stops: fc.constantFrom(false, false, true),
});

type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;

function prepare({ forms, faults: told, seed }: Run) {
	const planhat = new SendingPlanhat({ ...noFaults, ...told, random: seeded(seed) });
	const rows = forms.map(rowOf);
	forms.forEach(({ isThere }, at) => {
		const row = rows[at];
		if (row !== undefined && isThere && keysOfTest(row).length > 0 && planhat.find(row) === undefined)
			planhat.put(at % 2 === 0 ? row : { ...row, value: 'old' });
	});
	return { planhat, rows };
}

const successes: ReadonlyArray<Outcome['is']> = ['created', 'updated', 'unchanged', 'applied'];

describe('sendChunks against a Planhat with faults', () => {
	it('gives each row one outcome, and a true one, and never applies an older row over a newer one', async () => {
		const seen = new Map<string, number>();
		await fc.assert(
			fc.asyncProperty(run, async (told) => {
				const { planhat, rows } = prepare(told);
				const { outcomes } = await sendRows(rows, planhat.answer, {
					limits: { rows: told.batchSize },
					stops: told.stops,
				});
				expect(outcomes.length).toBe(rows.length);
				expect(planhat.outOfOrder).toEqual([]);
				let chunks = 0;
				rows.forEach((row, at) => {
					const outcome = outcomes[at] as Outcome;
					const done = planhat.done.get(at) ?? [];
					const tries = planhat.requests.filter((request) => request.rows.includes(at));
					const went = done.filter((one) => one !== 'refused' && one !== 'notReached');
					seen.set(outcome.is, (seen.get(outcome.is) ?? 0) + 1);
					if (tries.length > 0) chunks += 1;
					if (successes.includes(outcome.is)) expect([at, went.length > 0]).toEqual([at, true]);
					if (outcome.is === 'failed') expect([at, went]).toEqual([at, []]);
					if (outcome.is === 'notSent') expect([at, tries]).toEqual([at, []]);
					if (outcome.is === 'unknown') expect([at, tries.length > 0]).toEqual([at, true]);
					// What was created is never called unchanged, unless an answer was lost in between.
					const isSeen =
						told.faults.losses + told.faults.faults + told.faults.resends === 0 && told.faults.above === '413';
					const isCounted = told.faults.naming !== 'nothing' && told.faults.naming !== 'words';
					if (isSeen && isCounted && went[0] === 'created')
						expect(['created', 'applied', 'unknown']).toContain(outcome.is);
					if (isSeen && outcome.is === 'created') expect(went[0]).toBe('created');
					if ('_id' in outcome && outcome._id !== undefined) expect(outcome._id).toBe(planhat.ids.get(at));
					const taken = tries.filter(({ isAbove }) => !isAbove || told.faults.above === 'lost').length;
					if (keysOfTest(row).length === 0) expect([at, taken <= 1]).toEqual([at, true]);
				});
				// No row of a record waits for one that came before it, where rows of it are undecided.
				const small = planhat.requests.filter(({ isAbove }) => !isAbove).length;
				expect(small).toBeLessThanOrEqual(2 * chunks + extraRequests);
				expect(Math.max(0, ...planhat.faultRuns)).toBeLessThanOrEqual(8 + Math.ceil(rows.length / told.batchSize) + 40);
			}),
			{ numRuns: runs(600), seed: 61 },
		);
		// Otherwise the property would be about less than it says.
		for (const is of ['created', 'updated', 'unchanged', 'applied', 'failed', 'unknown', 'notSent'])
			expect([is, (seen.get(is) ?? 0) > 50]).toEqual([is, true]);
		console.log([...seen].map(([is, rows]) => `${is}: ${rows}`).join(', '));
	}, 300_000);
});

/** A record, and two rows that name it by different keys; the later one may give it another key. */
const twiceNamed = fc.record({
	first: fc.constantFrom('externalId' as const, 'email' as const),
	value: fc.constantFrom('old', 'new'),
	rowsBetween: fc.integer({ min: 0, max: 3 }),
	later: fc.constantFrom('renames', 'names', 'namesByOne'),
});

// Where an error names no row, an answer that names a record by its keys may mean either row of it.
const namingFaults = faults.map((told) => ({ ...told, errors: ['text' as const, 'object' as const] }));

const twiceNamedRun = fc.record({
	records: fc.array(twiceNamed, { minLength: 1, maxLength: 4 }),
	bad: fc.array(fc.nat(20), { maxLength: 3 }),
	faults: namingFaults,
	seed: fc.integer({ min: 1, max: 1_000_000 }),
	batchSize: fc.constantFrom(2, 7, 5_000),
});

type TwiceNamed = typeof twiceNamed extends fc.Arbitrary<infer Value> ? Value : never;

function rowsNaming({ first, value, rowsBetween, later }: TwiceNamed, at: number): Array<Omit<TestRow, 'row'>> {
	const others = Array.from({ length: rowsBetween }, (_, one) => ({ externalId: `other-${at}-${one}`, value }));
	const more = later === 'namesByOne' ? {} : { [first]: later === 'renames' ? `b${at}` : undefined, email: `e${at}` };
	return [{ [first]: `a${at}`, value }, ...others, { sourceId: `s${at}`, ...more, value: 'newest' }];
}

describe('Rows that name one record by different keys, which nobody has read', () => {
	it('make no second record of it and put no older value over a newer one, and go again where that is sure', async () => {
		const seen = { left: 0, again: 0 };
		await fc.assert(
			fc.asyncProperty(twiceNamedRun, async ({ records, bad, faults: told, seed, batchSize }) => {
				const planhat = new SendingPlanhat({ ...noFaults, ...told, random: seeded(seed) });
				records.forEach(({ first }, at) =>
					planhat.put({ row: -1, sourceId: `s${at}`, [first]: `a${at}`, value: 'old' }),
				);
				const rows = records
					.flatMap(rowsNaming)
					.map((form, row): TestRow => ({ ...form, row, ...(bad.includes(row) && { reason: 'bad' }) }));
				const keysHeld = (row: TestRow) => planhat.keysHeld(row);
				const { outcomes } = await sendRows(rows, planhat.answer, { limits: { rows: batchSize }, keysHeld });
				for (const [at, done] of planhat.done) {
					const went = done.filter((one) => ['created', 'updated', 'unchanged'].includes(one));
					expect([at, went.slice(1)]).not.toEqual([at, expect.arrayContaining(['created'])]);
					if (went.length > 1) seen.again += 1;
				}
				for (const [at, outcome] of outcomes.entries()) {
					const { sourceId, value } = rows[at] ?? {};
					const record = planhat.records.find((one) => one.sourceId === sourceId);
					if (sourceId !== undefined && successes.includes(outcome.is)) expect(record?.value).toBe(value);
					if ('why' in outcome && outcome.why.code === 'laterRow') seen.left += 1;
				}
			}),
			{ numRuns: runs(600), seed: 62 },
		);
		expect([seen.left > 20, seen.again > 50]).toEqual([true, true]);
	}, 300_000);
});
