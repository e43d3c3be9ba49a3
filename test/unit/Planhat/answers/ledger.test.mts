import { describe, expect, it } from '@jest/globals';

import { parseBulkAnswer } from '../../../../nodes/Planhat/answers/ledger.ts';
import { breathing } from '../../../../nodes/Planhat/run/eventLoop.ts';

const parsed = async (body: Parameters<typeof parseBulkAnswer>[0]) =>
	await breathing(parseBulkAnswer(body), () => undefined);

describe('The refusals in an answer', () => {
	it('are read out of lists within lists', async () => {
		const { errors, unread } = await parsed({ createdErrors: [['a', ['b']], 'c'], validationErrors: { 0: 'd' } });
		expect({ errors, unread }).toEqual({ errors: ['a', 'b', 'c', 'd'], unread: 0 });
	});

	it('are counted and not read beyond as many as a request may have rows', async () => {
		const lists = Array.from({ length: 8_000 }, () => Array<string>(500).fill('No'));
		const { errors, unread } = await parsed({ createdErrors: lists });
		expect([errors.length, unread]).toEqual([200_000, 3_800_000]);
	});
});
