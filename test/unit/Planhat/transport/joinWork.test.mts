import { describe, expect, it, jest } from '@jest/globals';

import { joinWork } from '../../../../nodes/Planhat/transport/joinWork.ts';

const never = new Promise<never>(() => {});

describe('what is under way already', () => {
	it('gives its result, and no failure', async () => {
		expect(await joinWork(Promise.resolve(1), {}, false)).toBe(1);
		expect(await joinWork(Promise.reject(new Error('too late')), {}, true)).toBeUndefined();
	});

	it('is waited for until the execution is cancelled', async () => {
		const signal = AbortSignal.abort(new Error('cancelled'));
		for (const isOwn of [true, false]) await expect(joinWork(never, { signal }, isOwn)).rejects.toThrow('cancelled');
	});

	it('is waited for ten seconds where it is of others', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
		expect(await joinWork(never, {}, false)).toBeUndefined();
		expect(timeout).toHaveBeenCalledWith(10_000);
		timeout.mockRestore();
	});
});
