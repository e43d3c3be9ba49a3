import { expect, it } from '@jest/globals';

import { Touched } from '../../../../nodes/Planhat/held/touched.ts';
import { model, node } from '../../fakeItem.mts';

it('what rows create, change and end, and rows that are refused, count for Stop Above', () => {
	const touched = new Touched();
	touched.add({ at: 0, is: 'create', differences: [] });
	touched.add({ at: 1, is: 'update', differences: [] });
	touched.add({ at: 2, is: 'unchanged', differences: [] });
	touched.add({ at: 3, is: 'ignored', why: { code: 'noCompany' } });
	touched.add({ at: 4, why: { code: 'badValues' } });
	touched.add({ at: 5, outcome: { is: 'superseded', by: 6 } });
	const run = { node, model: model('license') };
	expect(touched.refusal(run, { stopAbove: { rows: 4 } })).toBeUndefined();
	touched.closed = 1;
	expect(touched.refusal(run, { stopAbove: { rows: 4 } })?.message).toContain(
		"5 of 6 rows are more than 'Stop Above' allows (4): 1 would be created, 1 changed (and 1 license before them ended), 2 are refused",
	);
});
