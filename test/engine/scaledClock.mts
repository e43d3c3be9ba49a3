import { afterEach, beforeEach } from '@jest/globals';

import { clock } from '../../dist/nodes/Planhat/quota/clock.js';

/**
 * Lets the node's own clock run faster in every test of a block, so that its minute takes less than one of ours.
 * @param factor how many times as fast
 * @returns milliseconds that a minute of the node takes
 */
export function withScaledClock(factor: number): number {
	const { now, sleep } = clock;
	beforeEach(() => {
		clock.now = () => performance.now() * factor;
		clock.sleep = async (milliseconds) => await sleep(milliseconds / factor);
	});
	afterEach(() => {
		Object.assign(clock, { now, sleep });
	});
	return 60_000 / factor;
}
