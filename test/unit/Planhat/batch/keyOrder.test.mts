import { describe, expect, it } from '@jest/globals';

import { KnownKinds, type KeyKinds } from '../../../../nodes/Planhat/batch/keyKinds.ts';
import { KeyOrder } from '../../../../nodes/Planhat/batch/keyOrder.ts';

const known = new KnownKinds();
const email = known.of(['email'], false) as KeyKinds;
const both = known.of(['sourceId', 'email'], false) as KeyKinds;
const external = known.of(['externalId'], false) as KeyKinds;

describe('The order of rows that may be about one record', () => {
	it('puts a row that may change the key of an earlier one in no earlier round, and later ones in any', () => {
		const order = new KeyOrder(2, new Set());
		expect([order.place(email, 0), order.place(email, 1), order.place(both, 0), order.place(email, 0)]).toEqual([
			0, 1, 1, 0,
		]);
	});

	it('puts others in an earlier round where it would take more rounds', () => {
		const order = new KeyOrder(1, new Set());
		expect([order.place(email, 3), order.place(external, 0)]).toEqual([3, 0]);
	});

	it('takes at most four times the rounds that there are', () => {
		const order = new KeyOrder(2, new Set());
		let last = 0;
		for (let row = 0; row < 100; row += 1) {
			const first = order.place(email, 0);
			last = order.place(both, first + 1);
		}
		expect(last).toBeLessThanOrEqual(9);
	});
});
