import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const date = '2026-01-31';
const fields = { mappingMode: 'autoMapInputData', value: null };
const names = ['a', 'b', 'c'];
const posts: Record<string, { parameters: INodeParameters; rows: IDataObject[] }> = {
	metrics: {
		parameters: { resource: 'metric', operation: 'insert', fields },
		rows: names.map((externalId) => ({ dimensionId: 'logins', value: 1, externalId, date })),
	},
	activities: {
		parameters: { resource: 'userActivity', operation: 'track', fields },
		rows: names.map((externalId) => ({ externalId, action: 'login', date })),
	},
	events: {
		parameters: { resource: 'userActivity', operation: 'segment', userId: 'u', event: 'login' },
		rows: [{}],
	},
};

/** What the node makes of an answer: what each row ended as, and what it says of the run. */
async function madeOf(what: string, body: unknown) {
	const { parameters, rows } = posts[what] ?? { parameters: {}, rows: [] };
	planhat.server.order({ method: 'POST', answer: { status: 200, body: body as never } });
	const run = await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
	const outcomes = run.errors.map(({ json }) => (json.details as IDataObject | undefined)?.outcome);
	const told = JSON.stringify([run.hints.map(({ message }) => message), run.output, run.errors]);
	return { outcomes: new Set(outcomes), lost: outcomes.length, of: rows.length, told };
}

/** An answer, what it makes of all rows, and what has to be said of it. */
type Answer = [body: unknown, becomes: 'taken' | 'failed' | 'unknown', said?: string];

const answers: Answer[] = [
	['', 'taken'],
	['OK', 'taken'],
	[true, 'taken'],
	[{ ok: true }, 'taken'],
	[{ success: true, message: 'Accepted' }, 'taken'],
	[{ processed: 3, errors: [] }, 'taken'],
	['Invalid tenant', 'taken', 'Invalid tenant'],
	[{ message: 'Invalid tenant' }, 'taken', 'Invalid tenant'],
	[{ processed: 3, warnings: ['late'] }, 'taken', 'late'],
	[{ failed: 2 }, 'taken', 'failed: 2'],
	[{ processed: 'two' }, 'taken', 'processed: two'],
	[{ processed: -1 }, 'taken', 'processed: -1'],
	[{ processed: 0, errors: [] }, 'failed', 'it took 0 of'],
	[{ processed: '0', errors: ['no such tenant'] }, 'failed', 'no such tenant'],
	[[{ processed: 0, errors: ['no such tenant'] }], 'failed', 'no such tenant'],
	[{ data: { processed: 0, errors: ['no such tenant'] } }, 'failed', 'no such tenant'],
	[false, 'unknown', 'false'],
	[{ success: false }, 'unknown', 'success: false'],
	[{ success: false, message: 'no such tenant' }, 'unknown', 'no such tenant'],
	[{ ok: 0 }, 'unknown', 'ok: 0'],
	[{ status: 'error', message: 'no such tenant' }, 'unknown', 'no such tenant'],
	[{ errors: ['x', 'y', 'z'] }, 'unknown', 'x; y; z'],
	[{ errors: [{}, {}, {}] }, 'unknown', 'it named 3 that it did not take'],
	[{ processed: 3, errors: ['x', 'y', 'z'] }, 'unknown', 'x; y; z'],
];

describe('An answer with 200', () => {
	it.each(Object.keys(posts).flatMap((what) => answers.map((answer) => [what, ...answer] as const)))(
		'to %s is read: %j is %s',
		async (what, body, becomes, said = '') => {
			const { outcomes, lost, of, told } = await madeOf(what, body);
			expect([...outcomes]).toEqual(becomes === 'taken' ? [] : [becomes]);
			expect(lost).toBe(becomes === 'taken' ? 0 : of);
			expect(told).toContain(said);
		},
	);

	it.each<[unknown, string]>([
		[{ processed: 1, errors: [] }, 'it took 1 of 3'],
		[{ errors: ['no such company'] }, 'no such company'],
		[{ errors: { 0: 'no such company' } }, '0: no such company'],
		[{ errors: [{ externalId: 'b', message: 'no such company' }] }, 'no such company'],
		[{ errors: [{}] }, 'it named 1 that it did not take'],
		[{ createdErrors: [{ message: 'no such company' }] }, 'no such company'],
	])('that some rows were not taken is told: %j', async (body, said) => {
		const metrics = await madeOf('metrics', body);
		expect([metrics.lost, metrics.told]).toEqual([0, expect.stringContaining(`without naming a row: ${said}`)]);
		const activities = await madeOf('activities', body);
		expect([[...activities.outcomes], activities.lost]).toEqual([['unknown'], 3]);
	});

	it.each(['', {}, 'OK', { processed: null }, { processed: 'two' }])(
		'to metrics that does not count them is told: %j',
		async (body) => {
			const { told } = await madeOf('metrics', body);
			expect(told).toContain("Planhat's answer does not say how many of 3 rows it took.");
			expect((await madeOf('activities', body)).told).not.toContain('does not say how many');
		},
	);
});
