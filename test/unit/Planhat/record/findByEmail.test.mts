import { describe, expect, it } from '@jest/globals';

import { readAddress } from '../../../../nodes/Planhat/record/address.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';

describe('a record named by its email', () => {
	it.each(['ann', 'ann@', '@example.org', 'a b@example.org', 'a@b@c'])('%j is refused unasked', async (value) => {
		const item = fakeItem('enduser', { recordId: { mode: 'email', value } });
		const error = await thrownBy(async () => await readAddress(item, 'get'));
		expect(error.message).toBe(`'${value}' is not an email address`);
		expect(item.sent).toEqual([]);
	});

	const find = (bodies: unknown[]) =>
		fakeItem('enduser', { recordId: { mode: 'email', value: 'Ann@example.org ' } }, bodies);

	it('is looked up, and compared on our side', async () => {
		const item = find([
			[
				{ _id: 'x', email: 'bob@example.org' },
				{ _id, email: 'ann@example.org' },
			],
		]);
		const found = await readAddress(item, 'get');
		expect(found.path).toBe(_id);
		expect(found.target).toMatchObject({ _id, keys: { email: 'Ann@example.org' } });
		expect(item.sent).toMatchObject([{ method: 'GET', url: '/endusers', qs: { email: 'Ann@example.org' } }]);
	});

	it.each<[string, unknown]>([
		['none', []],
		['somebody else', [{ _id, email: 'bob@example.org' }]],
	])('is refused when Planhat finds %s', async (_case, body) => {
		const error = await thrownBy(async () => await readAddress(find([body, body]), 'get'));
		expect(error.message).toBe("Planhat has no end user with email 'Ann@example.org'");
	});

	it('is asked for in lower case too, should capitals count in the filter', async () => {
		const item = find([[], [{ _id, email: 'ann@example.org' }]]);
		expect((await readAddress(item, 'get')).path).toBe(_id);
		expect(item.sent.map(({ qs }) => qs?.email)).toEqual(['Ann@example.org', 'ann@example.org']);
	});

	it('is looked for to the end of the list, should Planhat not honour the filter', async () => {
		const page = (count: number) => Array.from({ length: count }, (_, index) => ({ _id: `${count}-${index}` }));
		const item = find([
			page(100),
			page(100).map(({ _id }) => ({ _id: `b${_id}` })),
			[{ _id, email: 'ann@example.org' }],
		]);
		expect((await readAddress(item, 'get')).path).toBe(_id);
		expect(item.sent.map(({ qs }) => qs?.offset)).toEqual([0, 100, 200]);
	});

	it('that Planhat answers without a list, or without an ID, is refused with its words', async () => {
		const none = await thrownBy(async () => await readAddress(find([{ error: 'x' }]), 'get'));
		expect(none.message).toBe('Planhat answered with something other than a list of end users');
		const nameless = await thrownBy(async () => await readAddress(find([[{ email: 'ann@example.org' }]]), 'get'));
		expect(nameless.message).toMatch(/^Planhat answered with something other than the end user with email/);
	});

	it('is refused when Planhat finds several', async () => {
		const twins = [
			{ _id, email: 'ann@example.org' },
			{ _id: 'x', email: 'ANN@example.org' },
		];
		const error = await thrownBy(async () => await readAddress(find([twins]), 'get'));
		expect(error.message).toBe("Planhat has 2 end users with email 'Ann@example.org'");
	});
});
