import { describe, expect, it } from '@jest/globals';

import { findInRows } from '../../../../nodes/Planhat/rows/findInRows.ts';

const rows = Array.from({ length: 40 }, (_, at) => ({ given: { at } }));

describe('Looking through rows', () => {
	it('ends with the first that is found, and looks at none after it', async () => {
		const looked: unknown[] = [];
		const look = ({ at }: { at?: unknown }) => {
			looked.push(at);
			return at === 2 ? 'found' : undefined;
		};
		expect(await findInRows(rows, look, () => undefined)).toBe('found');
		expect(looked).toEqual([0, 1, 2]);
	});

	it('finds nothing where there is nothing, and may give the event loop back on the way', async () => {
		let pauses = 0;
		const breathe = async () => {
			pauses += 1;
		};
		expect(await findInRows(rows, () => undefined, breathe)).toBeUndefined();
		expect(pauses).toBe(3);
	});
});
