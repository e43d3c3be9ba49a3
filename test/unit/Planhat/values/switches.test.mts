import { describe, expect, it } from '@jest/globals';

import { parseSwitch } from '../../../../nodes/Planhat/values/switches.ts';

describe('a switch', () => {
	it.each([true, 'true', 'TRUE', ' True ', 'yes', 'Yes', 1, '1'])('is on: %j', (value) => {
		expect(parseSwitch(value)).toBe(true);
	});

	it.each([false, 'false', 'False\n', 'no', 'NO', 0, '0'])('is off: %j', (value) => {
		expect(parseSwitch(value)).toBe(false);
	});

	it.each([undefined, null, '', ' ', 'on', 'y', 'maybe', '01', 2, -1, NaN, [], [true], {}, new Date()])(
		'is neither: %j',
		(value) => {
			expect(parseSwitch(value)).toBeUndefined();
		},
	);
});
