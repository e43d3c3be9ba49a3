import { describe, expect, it } from '@jest/globals';

import { eventLoopYielder } from '../../../../nodes/Planhat/run/eventLoop.ts';
import type { Outcome } from '../../../../nodes/Planhat/answers/outcome.ts';
import type { PlanhatAnswer, PlanhatRefusal } from '../../../../nodes/Planhat/transport/answer.ts';
import { refusalWith } from '../answers/answerForms.mts';
import {
	noFaults,
	SendingPlanhat,
	sendRows,
	type SendingFaults,
	type SendOptions,
	type TestRow,
} from './sendingPlanhat.mts';
import { watchEventLoop } from '../../watchEventLoop.mts';

const zeros = { created: 0, updated: 0, nonupdates: 0, insertsKeys: [], updatesKeys: [], createdErrors: [] };

function keyed(count: number, more: Partial<TestRow> = {}): TestRow[] {
	return Array.from({ length: count }, (_row, row) => ({ row, externalId: `e-${row}`, value: 'v', ...more }));
}

function people(count: number): TestRow[] {
	return Array.from({ length: count }, (_row, row) => ({ row, email: `p${row}@x.io`, value: 'v' }));
}

async function send(rows: TestRow[], faults: Partial<SendingFaults> = {}, options: SendOptions = {}) {
	const planhat = new SendingPlanhat({ ...noFaults, ...faults });
	return { planhat, ...(await sendRows(rows, planhat.answer, options)) };
}

/** Answers the requests in turn, the last answer for all further ones. */
function inTurn(...answers: Array<PlanhatAnswer | PlanhatRefusal>) {
	const requests: TestRow[][] = [];
	const answer = (body: Buffer) => {
		requests.push(JSON.parse(body.toString()) as TestRow[]);
		return answers[Math.min(requests.length, answers.length) - 1] as PlanhatAnswer;
	};
	return { requests, answer };
}

const good = (body: unknown, status = 200): PlanhatAnswer => ({ status, body, resent: false });
const lost = (resent = true): PlanhatRefusal => ({
	...refusalWith(0, undefined, { kind: 'unknown', code: 'ECONNRESET', words: 'ECONNRESET', mayBeApplied: true }),
	resent,
});

function tally(outcomes: readonly Outcome[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { is } of outcomes) counts[is] = (counts[is] ?? 0) + 1;
	return counts;
}

function reasonOf(outcome: Outcome | undefined) {
	return outcome !== undefined && 'why' in outcome ? outcome.why : undefined;
}

describe('Requests', () => {
	it('take 12,000 rows in three, also when all of them are forbidden', async () => {
		const body = { ...zeros, permissionErrors: ['You have no permission to write companies'] };
		const { requests, answer } = inTurn(refusalWith(403, body));
		const { outcomes } = await sendRows(keyed(12_000), answer);
		expect(requests.map((rows) => rows.length)).toEqual([5_000, 5_000, 2_000]);
		expect(tally(outcomes)).toEqual({ failed: 12_000 });
		expect(reasonOf(outcomes[7_000])?.said).toBe('You have no permission to write companies');
	});

	it('take 5,000 people by email in one, whom the counts account for', async () => {
		const { requests, answer } = inTurn(good({ ...zeros, created: 1_250, updated: 2_500, nonupdates: 1_250 }));
		const { outcomes, ledger } = await sendRows(people(5_000), answer, { resource: 'enduser' });
		expect([requests.length, tally(outcomes)]).toEqual([1, { applied: 5_000 }]);
		expect(ledger.applied).toEqual({ created: 1_250, updated: 2_500, unchanged: 1_250 });
	});

	it('are one for end users without a company whom nobody names', async () => {
		const { requests, answer } = inTurn(good(zeros));
		const { outcomes } = await sendRows(people(3), answer, { resource: 'enduser', withoutCompany: true });
		expect(requests.length).toBe(1);
		expect(outcomes.map(reasonOf)).toEqual([{ code: 'noCompany' }, { code: 'noCompany' }, { code: 'noCompany' }]);
	});

	it('are at most 100 beyond one for each chunk', async () => {
		const { planhat, outcomes } = await send(keyed(3_000), { naming: 'nothing' }, { limits: { rows: 1_000 } });
		expect(planhat.requests.length).toBe(3 + 100);
		expect(tally(outcomes)).toEqual({ unknown: 3_000 });
		expect(new Set(outcomes.map((outcome) => reasonOf(outcome)?.code))).toEqual(new Set(['notDecided']));
	});

	it('hold the rows whose keys stand in an error alone, and the others together', async () => {
		const rows = people(1_000);
		const { requests, answer } = inTurn(
			good({ ...zeros, updated: 999, updatedErrors: ['p17@x.io is somebody else'] }, 206),
			good({ ...zeros, updated: 17 }),
		);
		await sendRows(rows, answer, { resource: 'enduser' });
		expect(requests[1]?.length).toBe(999);
		expect(requests.some((sent) => sent.length === 1 && sent[0]?.email === 'p17@x.io')).toBe(true);
	});

	it('say of all their rows whether each has a key', async () => {
		const idempotent: boolean[] = [];
		const answer = (_body: Buffer, isIdempotent: boolean) => {
			idempotent.push(isIdempotent);
			return good({ nonupdates: 2 });
		};
		await sendRows([...keyed(2), { row: 2 }], answer, { limits: { rows: 2 } });
		expect(idempotent).toEqual([true, false]);
	});
});

describe('What is sent again', () => {
	it('goes in the order of the rows, never an older one after a newer one of its record', async () => {
		const rows: TestRow[] = [
			{ row: 0, externalId: 'A', value: '1-old' },
			{ row: 1, externalId: 'A', sourceId: 'sA', value: '2-new' },
			{ row: 2, externalId: 'B', value: '1-old' },
			{ row: 3, externalId: 'B', sourceId: 'sB', value: '2-new' },
		];
		for (const naming of ['keys', 'nothing', 'words'] as const) {
			const { planhat } = await send(rows, { naming });
			expect(planhat.outOfOrder).toEqual([]);
			expect(planhat.records.map(({ value }) => value)).toEqual(['2-new', '2-new']);
			expect(planhat.requests[0]?.rows).toEqual([0, 2]);
		}
	});

	it('is in parts that follow each other in the order of the rows', async () => {
		const { planhat } = await send(people(8), { naming: 'nothing' }, { resource: 'enduser' });
		expect(planhat.requests.slice(0, 7).map(({ rows }) => rows)).toEqual([
			[0, 1, 2, 3, 4, 5, 6, 7],
			[0, 1, 2, 3],
			[4, 5, 6, 7],
			[0, 1],
			[2, 3],
			[4, 5],
			[6, 7],
		]);
	});

	it('was created if it was created the first time, and is marked', async () => {
		const rows = people(3).map((row) => (row.row === 1 ? { ...row, reason: 'bad' as const } : row));
		const { outcomes } = await send(rows, { naming: 'counts', errors: ['nameless'] }, { resource: 'enduser' });
		expect(outcomes).toEqual([
			{ is: 'created', resent: true },
			{ is: 'failed', why: { code: 'refused', said: 'not valid' }, resent: true },
			{ is: 'created', resent: true },
		]);
	});

	it('is nothing without a key', async () => {
		const { planhat, outcomes } = await send([...keyed(2), { row: 2 }, { row: 3 }], { naming: 'nothing' });
		expect(planhat.requests.map(({ rows }) => rows)).toEqual([[0, 1, 2, 3], [0], [1]]);
		expect(outcomes.slice(2).map(({ is }) => is)).toEqual(['unknown', 'unknown']);
	});
});

describe('That a row may have been applied', () => {
	it.each([
		['a 500', refusalWith(500, 'Internal error')],
		['a lost answer', lost()],
	])('stays so after %s, whatever refuses it later', async (_name, first) => {
		const later = [
			refusalWith(400, 'Not valid'),
			refusalWith(403, zeros),
			good({ ...zeros, createdErrors: ['No'] }, 206),
		];
		for (const answer of later) {
			const rows = [...keyed(2), { row: 2 }];
			const { outcomes } = await sendRows(rows, inTurn(first, answer).answer);
			expect(outcomes.map(({ is }) => is)).toEqual(['unknown', 'unknown', 'unknown']);
		}
	});

	it('is not undone by a refusal of the whole request after Planhat accepted it', async () => {
		for (const later of [refusalWith(500, 'Internal error'), refusalWith(429, 'Too many'), refusalWith(401, 'Who?')]) {
			const { outcomes } = await sendRows(keyed(2), inTurn(good('OK'), later).answer);
			expect(outcomes.map(({ is }) => is)).toEqual(['unknown', 'unknown']);
		}
		const { outcomes } = await sendRows(
			keyed(2),
			inTurn(good('OK'), good({ ...zeros, createdErrors: ['No'] }, 206)).answer,
		);
		expect(outcomes.map(({ is }) => is)).toEqual(['failed', 'failed']);
	});

	it('is said of a row that was refused in the answer of a second try', async () => {
		const body = { ...zeros, createdErrors: ['externalId e-0 exists'], updated: 1 };
		const { outcomes } = await sendRows(keyed(2), inTurn({ ...good(body, 206), resent: true }).answer);
		expect(outcomes).toEqual([
			{ is: 'unknown', why: { code: 'refused', said: 'externalId e-0 exists' }, resent: true },
			{ is: 'updated', resent: true },
		]);
	});
});

describe('Rows that bring a request down', () => {
	it.each([
		['first', 0],
		['middle', 2_500],
		['last', 4_999],
	])('are found by halving: the %s of 5,000', async (_name, poisonous) => {
		const rows = keyed(5_000);
		Object.assign(rows[poisonous] ?? {}, { reason: 'poison' });
		const { planhat, outcomes } = await send(rows);
		expect(tally(outcomes)).toEqual({ created: 4_999, unknown: 1 });
		expect(outcomes[poisonous]).toEqual({
			is: 'unknown',
			why: { code: 'refused', said: 'Internal error' },
			resent: true,
		});
		// One for the chunk and two for each of 12 or 13 halvings.
		expect([25, 27]).toContain(planhat.requests.length);
	});

	it('are bounded when 20 of them are spread over 5,000', async () => {
		const rows = keyed(5_000);
		for (let at = 125; at < 5_000; at += 250) Object.assign(rows[at] ?? {}, { reason: 'poison' });
		const { planhat, outcomes } = await send(rows);
		console.log(`20 poisonous rows: ${planhat.requests.length} requests, ${JSON.stringify(tally(outcomes))}`);
		expect(planhat.requests.length).toBeLessThanOrEqual(101);
		expect(Math.max(...planhat.faultRuns)).toBeLessThanOrEqual(8);
	});

	it('are none in an outage, which takes one request for each further chunk', async () => {
		const { planhat, outcomes } = await send(keyed(100), { outageFrom: 1 }, { limits: { rows: 20 } });
		expect(planhat.requests.length).toBe(8 + 4);
		expect(tally(outcomes)).toEqual({ unknown: 100 });
	});
});

describe('Requests that are too large', () => {
	const wide = (count: number) => keyed(count, { value: 'x'.repeat(1_000) });

	it('go in smaller parts by bytes, which is learnt for the rest of the run and costs no extra request', async () => {
		const { planhat, outcomes } = await send(wide(12_000), { mostBytes: 1_500_000 });
		expect(tally(outcomes)).toEqual({ created: 12_000 });
		const above = planhat.requests.filter(({ isAbove }) => isAbove);
		expect(above.map(({ rows }) => rows[0])).toEqual([0, 0]);
		expect(planhat.requests.filter(({ isAbove }) => !isAbove).flatMap(({ rows }) => rows)).toEqual(
			wide(12_000).map(({ row }) => row),
		);
		expect(planhat.requests.length).toBeLessThan(15);
	});

	it('do so without a key too, since a 413 was surely not applied, and are not called sent again', async () => {
		const rows = wide(50).map(({ row, value }): TestRow => ({ row, value }));
		const { outcomes, planhat } = await send(rows, { mostBytes: 10_000 });
		expect(outcomes.map((outcome) => [outcome.is, 'resent' in outcome])).toEqual(rows.map(() => ['created', false]));
		expect(planhat.records.length).toBe(50);
	});

	it('refuse a row that is too large alone, and others as large without a request', async () => {
		const rows = [
			...keyed(2),
			...keyed(20, { value: 'x'.repeat(5_000) }).map((row) => ({
				...row,
				row: row.row + 2,
				externalId: `w-${row.row}`,
			})),
		];
		const { outcomes, planhat } = await send(rows, { mostBytes: 1_000 });
		expect(tally(outcomes)).toEqual({ created: 2, failed: 20 });
		expect(new Set(outcomes.slice(2).map((outcome) => reasonOf(outcome)?.code))).toEqual(
			new Set(['refused', 'tooLarge']),
		);
		expect(planhat.requests.length).toBeLessThan(12);
	});

	it('end where everything is refused for its size', async () => {
		const rows = keyed(5_000).map((row) => ({ ...row, value: 'x'.repeat(5_000 - row.row) }));
		const { outcomes, planhat } = await send(rows, { mostBytes: 1 });
		expect(tally(outcomes)).toEqual({ failed: 5_000 });
		expect(planhat.requests.length).toBeLessThan(60);
	});

	it('go in smaller parts where the answer of a large one is lost twice', async () => {
		const { outcomes, planhat } = await send(wide(4_000), { mostBytes: 1_500_000, above: 'lost' });
		expect(tally(outcomes)).toEqual({ created: 4_000 });
		expect(planhat.requests.filter(({ isAbove }) => isAbove).length).toBe(2);
		expect(outcomes.every((outcome) => 'resent' in outcome)).toBe(true);
	});

	it('are tried once more where it was lost once', async () => {
		const counts: number[] = [];
		const answer = (body: Buffer) => {
			const { length } = JSON.parse(body.toString()) as TestRow[];
			counts.push(length);
			return counts.length <= 2 ? lost(false) : good({ nonupdates: length });
		};
		const { outcomes } = await sendRows(wide(4_000), answer);
		expect(tally(outcomes)).toEqual({ unchanged: 4_000 });
		expect(counts.slice(0, 2)).toEqual([4_000, 4_000]);
		expect(Math.max(...counts.slice(2))).toBeLessThan(2_100);
	});

	it('are not what a small one is lost for', async () => {
		const { requests, answer } = inTurn(lost());
		const { outcomes } = await sendRows(keyed(10), answer);
		expect([requests.length, outcomes[0]]).toEqual([
			1,
			{ is: 'unknown', why: { code: 'lost', said: 'ECONNRESET' }, resent: true },
		]);
	});

	it('end in an outage after eight lost ones in a row', async () => {
		const { requests, answer } = inTurn(lost());
		const { outcomes } = await sendRows(
			wide(5_000).map((row) => ({ ...row, value: 'x'.repeat(5_900) })),
			answer,
		);
		expect(tally(outcomes)).toEqual({ unknown: 5_000 });
		expect(requests.length).toBeLessThanOrEqual(9);
	});
});

describe('The end of a run', () => {
	it('is before the first request where a row is refused already and On Error is Stop', async () => {
		const { planhat, outcomes } = await send(keyed(3), {}, { stops: true, refused: [1] });
		expect([planhat.requests, outcomes.map(({ is }) => is)]).toEqual([[], ['notSent', 'failed', 'notSent']]);
		const going = await send(keyed(3), {}, { refused: [1] });
		expect(going.outcomes.map(({ is }) => is)).toEqual(['created', 'failed', 'created']);
	});

	it('is after the chunk with a loss where On Error is Stop', async () => {
		const rows = keyed(25).map((row) => (row.row === 12 ? { ...row, reason: 'bad' as const } : row));
		const { planhat, outcomes } = await send(rows, {}, { stops: true, limits: { rows: 10 } });
		expect(planhat.requests.length).toBe(2);
		expect(tally(outcomes)).toEqual({ created: 19, failed: 1, notSent: 5 });
		expect(reasonOf(outcomes[24])).toEqual({ code: 'stopped' });
	});

	it('is a token that is refused: all rows that were not sent fail by the same reason', async () => {
		const { requests, answer } = inTurn(refusalWith(401, 'Unauthorized'));
		const { outcomes } = await sendRows(keyed(25), answer, { limits: { rows: 10 } });
		expect([requests.length, tally(outcomes)]).toEqual([1, { failed: 25 }]);
		expect(new Set(outcomes.map((outcome) => reasonOf(outcome)?.said))).toEqual(new Set(['Unauthorized']));
	});

	it('keeps what was settled when the execution is cancelled between two requests', async () => {
		const abort = new AbortController();
		const planhat = new SendingPlanhat(noFaults);
		const answer = (body: Buffer, idempotent: boolean) => {
			abort.abort();
			return planhat.answer(body, idempotent);
		};
		const sent = await sendRows(keyed(25), answer, { limits: { rows: 10 }, signal: abort.signal });
		expect([tally(sent.outcomes), sent.isCancelled]).toEqual([{ created: 10, notSent: 15 }, true]);
		expect(reasonOf(sent.outcomes[24])).toEqual({ code: 'cancelled' });
	});

	it('leaves rows unknown whose request is cancelled, and not sent where it waited only', async () => {
		for (const left of [true, false]) {
			const abort = new AbortController();
			let requests = 0;
			const answer = (): PlanhatAnswer => {
				if (requests > 0) abort.abort();
				if (left || requests === 0) requests += 1;
				abort.signal.throwIfAborted();
				return good({ ...zeros, created: 10 });
			};
			const options = { limits: { rows: 10 }, signal: abort.signal, requests: () => requests };
			const { outcomes } = await sendRows(keyed(25), answer, options);
			expect(tally(outcomes)).toEqual(left ? { created: 10, unknown: 10, notSent: 5 } : { created: 10, notSent: 15 });
		}
	});

	it('is what sending throws, as an error before the first request and as a reason after it', async () => {
		const fail = () => {
			throw new Error('The credential is read only');
		};
		await expect(sendRows(keyed(3), fail, { requests: () => 0 })).rejects.toThrow('read only');
		let requests = 0;
		const answer = () => {
			requests += 1;
			return requests === 1 ? good({ ...zeros, created: 2 }) : fail();
		};
		const { outcomes } = await sendRows(keyed(6), answer, { limits: { rows: 2 } });
		expect(tally(outcomes)).toEqual({ created: 2, unknown: 2, notSent: 2 });
		expect(reasonOf(outcomes[5])).toEqual({ code: 'stopped', said: 'The credential is read only' });
	});

	it('makes of a row that gave way what became of its successor, where that was not applied', async () => {
		const rows = (reason?: 'bad'): TestRow[] => [
			{ row: 0, externalId: 'A' },
			{ row: 1, externalId: 'A', reason },
		];
		expect((await send(rows(), {}, { rule: 'sendLast' })).outcomes).toMatchObject([
			{ is: 'superseded', by: 1 },
			{ is: 'created' },
		]);
		expect((await send(rows('bad'), {}, { rule: 'sendLast' })).outcomes.map(({ is }) => is)).toEqual([
			'failed',
			'failed',
		]);
	});
});

describe('Answers', () => {
	it('that cannot be read say what came', async () => {
		const { outcomes } = await sendRows([{ row: 0 }], inTurn(good('Queued')).answer);
		expect(reasonOf(outcomes[0])).toEqual({ code: 'notNamed', said: 'Queued' });
	});

	it('say once what they say of no row', async () => {
		const body = {
			...zeros,
			updated: 2,
			insertsKeys: [],
			updatesKeys: [
				{ _id: 'x', externalId: 'e-0' },
				{ _id: 'y', externalId: 'e-1' },
			],
		};
		const { ledger } = await sendRows(
			keyed(2),
			inTurn(good({ ...body, updatedErrors: ['The tag is unknown'] }, 206)).answer,
		);
		expect([...ledger.said]).toEqual(['The tag is unknown']);
		const told = await sendRows(keyed(2), inTurn(good({ ...zeros, createdErrors: ['No name'] }, 206)).answer);
		expect([...told.ledger.said]).toEqual([]);
	});

	it('do not hold the event loop: 20,000 rows, each refused in its own words', async () => {
		const answer = (body: Buffer) => {
			const rows = JSON.parse(body.toString()) as TestRow[];
			return good(
				{ ...zeros, updatedErrors: rows.map(({ externalId }) => `externalId ${externalId} is not valid`) },
				206,
			);
		};
		const stop = watchEventLoop();
		const { outcomes } = await sendRows(keyed(20_000), answer, { yieldToEventLoop: eventLoopYielder() });
		const block = stop();
		console.log(`20,000 rows refused in their own words: blocks for ${block.toFixed(0)} ms`);
		expect(tally(outcomes)).toEqual({ failed: 20_000 });
		// A report that grows with the square of the rows takes seconds; a machine with other work takes some of this.
		expect(block).toBeLessThan(500);
	}, 60_000);
});
