import { expect, it, jest } from '@jest/globals';

import { RecentSecrets } from '../../../nodes/PlanhatTrigger/secretCache.ts';

function create() {
	let time = 0;
	const recent = new RecentSecrets(() => time);
	return { recent, pass: (milliseconds: number) => (time += milliseconds) };
}

it('the cache reads once for many who ask at the same time, and again after two seconds', async () => {
	const { recent, pass } = create();
	const read = jest.fn(async () => [`secret ${read.mock.calls.length}`]);
	expect(await Promise.all([recent.get('a', read), recent.get('a', read)])).toEqual([['secret 1'], ['secret 1']]);
	pass(1_999);
	expect(await recent.get('a', read)).toEqual(['secret 1']);
	pass(1);
	expect(await recent.get('a', read)).toEqual(['secret 2']);
});

it('a secret in the cache is not kept alive by those who ask', async () => {
	const { recent, pass } = create();
	const read = jest.fn(async () => ['secret']);
	for (let asked = 0; asked < 5; asked += 1) {
		await recent.get('a', read);
		pass(1_000);
	}
	expect(read).toHaveBeenCalledTimes(3);
});

it('the cache keeps the secrets of one node from another', async () => {
	const { recent } = create();
	expect(await recent.get('a', async () => ['one'])).toEqual(['one']);
	expect(await recent.get('b', async () => ['two'])).toEqual(['two']);
});

it('the cache does not keep a failure', async () => {
	const { recent } = create();
	const failing = recent.get('a', async () => await Promise.reject(new Error('no credential')));
	await expect(failing).rejects.toThrow('no credential');
	expect(await recent.get('a', async () => ['secret'])).toEqual(['secret']);
});
