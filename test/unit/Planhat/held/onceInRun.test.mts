import { expect, it } from '@jest/globals';

import { onceInRun } from '../../../../nodes/Planhat/held/onceInRun.ts';

it('what a run has asked for once is handed to all who want it, and asked anew in another run', async () => {
	let asked = 0;
	const fetch = onceInRun(async () => (asked += 1));
	const run = {};
	expect(await Promise.all([fetch(run), fetch(run), fetch({})])).toEqual([1, 1, 2]);
});
