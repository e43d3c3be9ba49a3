import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, jest } from '@jest/globals';

import { CompanyLists } from '../../../../nodes/Planhat/tenant/keptLists.ts';

const companies = (count: number) => Array.from({ length: count }, (_, index) => ({ _id: `${index}` }));

/** Asks for a list, and says whether Planhat was asked. */
async function isRead(lists: CompanyLists, owner: string, count = 1, isFresh = false): Promise<boolean> {
	const read = jest.fn(async () => companies(count));
	expect(await lists.get(owner, read, isFresh)).toHaveLength(count);
	return read.mock.calls.length > 0;
}

describe('a list of companies', () => {
	it('is kept for each token by itself, and read anew where it has to be fresh', async () => {
		const lists = new CompanyLists();
		expect(await isRead(lists, 'a')).toBe(true);
		expect(await isRead(lists, 'a')).toBe(false);
		expect(await isRead(lists, 'b', 2)).toBe(true);
		expect(await isRead(lists, 'a', 3, true)).toBe(true);
		expect(await isRead(lists, 'a', 3)).toBe(false);
	});

	it('is read once for those who ask while it is on its way', async () => {
		const lists = new CompanyLists();
		const both = await Promise.all([isRead(lists, 'a'), isRead(lists, 'a')]);
		expect(both).toEqual([true, false]);
	});

	it('is not kept where it failed, and the failure is told to the first alone', async () => {
		const lists = new CompanyLists();
		const failed = lists.get('a', async () => await Promise.reject(new Error('too late')), false);
		const other = isRead(lists, 'a');
		await expect(failed).rejects.toThrow('too late');
		expect(await other).toBe(true);
		expect(await isRead(lists, 'a')).toBe(false);
	});

	it('is forgotten after a minute', async () => {
		const ends = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(ends.signal);
		const lists = new CompanyLists();
		await isRead(lists, 'a');
		expect(timeout).toHaveBeenCalledWith(60_000);
		timeout.mockRestore();
		ends.abort();
		expect(await isRead(lists, 'a')).toBe(true);
	});

	it('is out of memory when another one has taken its place', async () => {
		setFlagsFromString('--expose-gc');
		const collectGarbage = runInNewContext('gc') as () => void;
		const lists = new CompanyLists();
		const first = new WeakRef(await lists.get('a', async () => companies(1), true));
		await isRead(lists, 'a', 1, true);
		await sleep(0);
		collectGarbage();
		expect(first.deref()).toBeUndefined();
		expect(await isRead(lists, 'a')).toBe(false);
	});

	it('that another run reads is waited for until the reader is cancelled', async () => {
		const lists = new CompanyLists();
		void lists.get('a', async () => await new Promise(() => {}), false, {});
		const cancel = new AbortController();
		const read = jest.fn(async () => companies(1));
		const waiting = lists.get('a', read, false, { signal: cancel.signal });
		cancel.abort(new Error('cancelled'));
		await expect(waiting).rejects.toThrow('cancelled');
		expect(read).not.toHaveBeenCalled();
	});

	it('that another run cannot get for long is read anew, once for all who ask in a run', async () => {
		const late = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
		const lists = new CompanyLists();
		const never = async () => await new Promise<never>(() => {});
		const [other, own] = [{}, {}];
		void lists.get('a', never, false, other);
		const read = jest.fn(async () => companies(1));
		const both = [1, 2].map(async () => await lists.get('a', read, false, own));
		await sleep(0);
		expect(read).not.toHaveBeenCalled();
		late.abort();
		expect(await Promise.all(both)).toEqual([companies(1), companies(1)]);
		expect(read).toHaveBeenCalledTimes(1);
		timeout.mockRestore();
	});

	it('that the same run reads is waited for as long as it takes', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
		const lists = new CompanyLists();
		const own = {};
		const read = jest.fn(async () => await sleep(5, companies(1)));
		await Promise.all([1, 2].map(async () => await lists.get('a', read, false, own)));
		expect(read).toHaveBeenCalledTimes(1);
		timeout.mockRestore();
	});

	it('makes room for newer ones, the oldest first, and is not kept where it is too long by itself', async () => {
		const lists = new CompanyLists(10);
		for (const owner of ['a', 'b']) await isRead(lists, owner, 5);
		await isRead(lists, 'c', 4);
		expect(await isRead(lists, 'b', 5)).toBe(false);
		expect(await isRead(lists, 'c', 4)).toBe(false);
		expect(await isRead(lists, 'a', 5)).toBe(true);
		await isRead(lists, 'long', 11);
		expect(await isRead(lists, 'long', 11)).toBe(true);
	});
});
