import { expect, it } from '@jest/globals';

import { effortHint } from '../../../../nodes/Planhat/run/waitHint.ts';

it.each([
	[{ waited: 0, retries: 0 }, undefined],
	[{ waited: 999, retries: 0 }, undefined],
	[{ waited: 1_000, retries: 0 }, "The node waited 1 second for Planhat's rate limit."],
	[{ waited: 61_400, retries: 0 }, "The node waited 61 seconds for Planhat's rate limit."],
	[{ waited: 10, retries: 1 }, 'The node sent 1 request again that Planhat did not accept at first.'],
	[
		{ waited: 5_600, retries: 2 },
		"The node waited 6 seconds for Planhat's rate limit and for retries, and sent 2 requests again.",
	],
])('the hint tells why a run took long: %j', (effort, hint) => {
	expect(effortHint({ requests: 100, ...effort })).toBe(hint);
});
