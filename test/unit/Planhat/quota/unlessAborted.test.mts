import { describe, expect, it } from '@jest/globals';

import { unlessAborted } from '../../../../nodes/Planhat/quota/unlessAborted.ts';

const never = new Promise<never>(() => {});

describe('Work that may be cancelled', () => {
	it('gives its result, and what it throws', async () => {
		const { signal } = new AbortController();
		expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
		expect(await unlessAborted(Promise.resolve(1))).toBe(1);
		await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
	});

	it('ends with the reason of the signal, in the same turn of the event loop', async () => {
		const controller = new AbortController();
		let reason: unknown;
		void unlessAborted(never, controller.signal).catch((error: unknown) => {
			reason = error;
		});
		controller.abort(new Error('cancelled'));
		for (let tick = 0; tick < 5; tick += 1) await Promise.resolve();
		expect(reason).toEqual(new Error('cancelled'));
	});

	it('does not wait where the signal has come before', async () => {
		await expect(unlessAborted(never, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
	});

	it('that fails after the cancel disturbs nobody', async () => {
		const late = new Promise<never>((_resolve, reject) => {
			setImmediate(() => reject(new Error('late')));
		});
		await expect(unlessAborted(late, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
		await new Promise((resolve) => setTimeout(resolve, 20));
	});
});
