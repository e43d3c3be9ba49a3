import { expect, it } from '@jest/globals';

import { isForPeople, showsForPeople } from '../../../../nodes/Planhat/run/nodeVersion.ts';

it('Items are made for people since version 1.1', () => {
	expect([1, 1.1, 2].map(isForPeople)).toEqual([false, true, true]);
	expect(showsForPeople({ typeVersion: 1 })).toBe(false);
});
