import { describe, expect, it } from '@jest/globals';

import type { Settled } from '../../../../nodes/Planhat/batch/outcomes.ts';
import { packChunks, type Limits } from '../../../../nodes/Planhat/batch/pack.ts';
import { sendPosts, type WhereSome } from '../../../../nodes/Planhat/batch/sendPosts.ts';
import type { SendingRun } from '../../../../nodes/Planhat/batch/sending.ts';
import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';
import type { Written } from '../../../../nodes/Planhat/rows/row.ts';
import type { PlanhatAnswer, PlanhatRefusal } from '../../../../nodes/Planhat/transport/answer.ts';
import { refusalWith } from '../answers/answerForms.mts';

type Answer = (rows: unknown[], bytes: number) => PlanhatAnswer | PlanhatRefusal;

const takesAll: Answer = (rows) => ({ status: 200, body: { processed: rows.length, errors: [] }, resent: false });
const lost = refusalWith(0, undefined, { kind: 'unknown', mayBeApplied: true, words: 'ECONNRESET' });

async function post(
	count: number,
	answer: Answer,
	given: Partial<Limits> = {},
	stops = false,
	whereSome: WhereSome = 'applied',
) {
	const requests: unknown[][] = [];
	const limits: Limits = { rows: Infinity, bytes: 32_000_000, rowBytes: 32_000_000, ...given };
	const run: SendingRun = {
		model: modelOf('metric') as Model,
		stops,
		requests: () => requests.length,
		yieldToEventLoop: () => undefined,
		said: (body) => body,
		async send(body, { idempotent }) {
			expect(idempotent).toBe(false);
			const rows = JSON.parse(body.toString()) as unknown[];
			requests.push(rows);
			await Promise.resolve();
			return answer(rows, body.length);
		},
	};
	function* written(): Generator<Written | Settled> {
		for (let at = 0; at < count; at += 1)
			yield { at, layer: 0, fields: { dimensionId: 'logins', value: at, externalId: 'acme' }, missing: [] };
	}
	const posted = await sendPosts(run, count, packChunks(run, written(), limits), limits, whereSome);
	return {
		...posted,
		requests,
		counts: requests.map((rows) => rows.length),
		is: posted.outcomes.map((outcome) => outcome.is),
	};
}

describe('sendPosts', () => {
	it('sends all rows together, and adds up what the answers say', async () => {
		const { is, processed, errors, errorsInAll, counts } = await post(10, takesAll, { rows: 4 });
		expect([counts, processed, errors, errorsInAll]).toEqual([[4, 4, 2], 10, [], 0]);
		expect(new Set(is)).toEqual(new Set(['applied']));
	});

	it('takes any success for one, also without a word', async () => {
		expect((await post(2, () => ({ status: 200, body: '', resent: false }))).is).toEqual(['applied', 'applied']);
	});

	it.each([
		['a lost answer', lost, { code: 'lost', said: 'ECONNRESET' }],
		['a 500', refusalWith(500, 'Internal error'), { code: 'refused', said: 'Internal error' }],
	])('never sends twice what may have been applied: %s', async (_name, answer, why) => {
		const { counts, outcomes } = await post(3, () => answer);
		expect([counts, outcomes]).toEqual([[3], [1, 2, 3].map(() => ({ is: 'unknown', why }))]);
	});

	it('sends in smaller parts what was refused for its size, each row once', async () => {
		const { requests, is, counts } = await post(1_000, (rows, bytes) =>
			bytes > 10_000 ? refusalWith(413, 'Too large') : takesAll(rows, bytes),
		);
		expect(new Set(is)).toEqual(new Set(['applied']));
		const taken = requests.filter((rows) => rows.length < 200).flat() as Array<{ value: number }>;
		expect(taken.map(({ value }) => value)).toEqual(Array.from({ length: 1_000 }, (_row, at) => at));
		expect(counts.length).toBeLessThan(20);
	});

	it('goes on after a request that fails, or stops there', async () => {
		const answer = (): Answer => {
			let requests = 0;
			return (rows, bytes) => {
				requests += 1;
				return requests === 2 ? refusalWith(400, 'Not valid') : takesAll(rows, bytes);
			};
		};
		expect((await post(5, answer(), { rows: 2 })).is).toEqual(['applied', 'applied', 'failed', 'failed', 'applied']);
		expect((await post(5, answer(), { rows: 2 }, true)).is).toEqual([
			'applied',
			'applied',
			'failed',
			'failed',
			'notSent',
		]);
	});

	it('fails rows of which Planhat says that it took none, and keeps what it says of some', async () => {
		const none = await post(2, () => ({
			status: 200,
			body: { processed: 0, errors: ['No such company'] },
			resent: false,
		}));
		expect(none.outcomes[0]).toEqual({ is: 'failed', why: { code: 'refused', said: 'No such company' } });
		const answer: Answer = () => ({ status: 200, body: { processed: 1, errors: ['No such company'] }, resent: false });
		const some = await post(2, answer);
		expect([some.is, some.unnamed, [...some.ledger.said]]).toEqual([['applied', 'applied'], 1, ['No such company']]);
		const unsure = await post(2, answer, {}, false, 'unknown');
		expect(unsure.outcomes[1]).toEqual({ is: 'unknown', why: { code: 'notNamed', said: 'No such company' } });
	});

	it('posts nothing more with On Error = Stop after a request of which some rows were not taken', async () => {
		const answer: Answer = (rows) => ({ status: 200, body: { processed: rows.length - 1 }, resent: false });
		const { counts, is } = await post(4, answer, { rows: 2 }, true);
		expect([counts, is]).toEqual([[2], ['applied', 'applied', 'notSent', 'notSent']]);
	});

	it('keeps 100 errors at most, long ones by their words', async () => {
		const errors = Array.from({ length: 300 }, (_error, index) => ({ message: `${index} ${'x'.repeat(5_000)}` }));
		const posted = await post(400, () => ({ status: 200, body: { processed: 100, errors }, resent: false }));
		expect([posted.errors.length, posted.errorsInAll]).toEqual([100, 300]);
		expect(JSON.stringify(posted.errors).length).toBeLessThan(100 * 510);
	});
});
