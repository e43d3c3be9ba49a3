import { describe, expect, it } from '@jest/globals';

import { readTaken } from '../../../../nodes/Planhat/answers/taken.ts';

const transport = {
	said: (body: unknown): unknown => JSON.parse(JSON.stringify(body ?? null).replace('secret', '[hidden]')),
};

describe('an answer of the analytics host', () => {
	it.each([
		['', 3],
		['OK', 3],
		[{}, 3],
		[{ ok: true }, 3],
		[{ processed: 3 }, 3],
		[{ processed: '3', errors: [] }, 3],
		[{ processed: 5, errors: null }, 3],
		[{ processed: null, error: '' }, 1],
		[{ processed: 1, error: false }, 1],
		[{ message: 'OK.', success: true, status: 'ok', failed: 0, warnings: [] }, 3],
		[true, 3],
		[null, 3],
	])('is a success where it says nothing else: %j', (body, rows) => {
		expect(readTaken(body, rows, transport)).toMatchObject({ of: 'all', unnamed: 0, errors: [], remarks: '' });
	});

	it.each([
		[{ processed: 0, errors: ['secret is wrong'] }, '[hidden] is wrong'],
		[{ processed: '0', error: { message: 'No such tenant' } }, 'No such tenant'],
		[{ processed: 0 }, 'it took 0 of 2'],
		[[{ processed: 0, errors: ['No such tenant'] }], 'No such tenant'],
		[{ data: { processed: 0, errors: ['No such tenant'] } }, 'No such tenant'],
	])('that took none has refused all: %j', (body, reason) => {
		expect(readTaken(body, 2, transport)).toMatchObject({ of: 'none', words: reason, unnamed: 0 });
	});

	it.each([
		[{ processed: 3, errors: ['secret is wrong'] }, 4, 1, '[hidden] is wrong'],
		[{ processed: 1 }, 4, 3, 'it took 1 of 4'],
		[{ processed: 4, errors: ['one', 'two'] }, 4, 2, 'one; two'],
		[{ errors: ['one', 'two', 'three'] }, 2, 2, 'one; two; three'],
		[{ error: 'No such tenant' }, 1, 1, 'No such tenant'],
		[{ errors: [{}, []] }, 4, 2, 'it named 2 that it did not take'],
		[{ validationErrors: ['No such company'] }, 4, 1, 'No such company'],
		[{ success: false, message: 'No secret tenant' }, 4, 4, 'No [hidden] tenant'],
		[{ ok: 0 }, 4, 4, 'ok: 0'],
		[{ status: 'Failed' }, 4, 4, 'status: Failed'],
		[false, 2, 2, 'false'],
	])('that took some does not say which: %j of %d', (body, rows, unnamed, words) => {
		expect(readTaken(body, rows, transport)).toMatchObject({ of: 'some', unnamed, words });
	});

	it.each([
		['Invalid tenant', 'Invalid tenant'],
		[{ message: 'Invalid tenant' }, 'Invalid tenant'],
		[{ processed: 2, warnings: ['one is old'] }, 'one is old'],
		[{ ok: true, failed: 1 }, 'failed: 1'],
		[{ processed: 'two' }, 'processed: two'],
		[{ processed: -1 }, 'processed: -1'],
	])('is shown where it says something else: %j', (body, remarks) => {
		expect(readTaken(body, 2, transport)).toMatchObject({ of: 'all', remarks });
	});
});
