import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { inFlight, signalOfRun } from '../../../../../nodes/Planhat/run/inFlight/inFlight.ts';
import { thrownBy } from '../../../../thrownBy.mts';

const turns = async (count: number) => {
	for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Works on items that take so many turns of the event loop; those of -1 fail at once, of less later. */
async function worked(takes: readonly number[], width: number, pauses: boolean) {
	const taken: number[] = [];
	let running = 0;
	let most = 0;
	let begun = 0;
	const error = await thrownBy(async () => {
		await inFlight(takes.length, {
			width: () => width,
			on: async (index) => {
				begun += 1;
				running += 1;
				most = Math.max(most, running);
				const take = takes[index] ?? 0;
				await turns(take < 0 ? -take - 1 : take);
				running -= 1;
				if (take < 0) throw new Error(String(index));
				return index;
			},
			take: (index) => taken.push(index),
			yieldToEventLoop: () => (pauses ? turns(1) : undefined),
		});
		throw new Error('none');
	});
	return { taken, most, begun, failed: error.message };
}

describe('work on several items', () => {
	it('hands over all results in the order of the items, and never has more under way than it may', async () => {
		const cases = [fc.array(fc.nat(4), { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), fc.boolean()] as const;
		await fc.assert(
			fc.asyncProperty(...cases, async (takes, width, pauses) => {
				const { taken, most, failed } = await worked(takes, width, pauses);
				expect([taken, failed]).toEqual([takes.map((_take, index) => index), 'none']);
				expect(most).toBeLessThanOrEqual(width);
			}),
			{ numRuns: 60 },
		);
	});

	it('ends with what the first of the items throws that throws at all, as one after the other would', async () => {
		const cases = [
			fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 12 }),
			fc.integer({ min: 1, max: 5 }),
		] as const;
		await fc.assert(
			fc.asyncProperty(...cases, async (takes, width) => {
				const { taken, failed, begun } = await worked(takes, width, true);
				const first = takes.findIndex((take) => take < 0);
				expect(failed).toBe(first < 0 ? 'none' : String(first));
				if (first < 0) return;
				expect(taken).toEqual(takes.slice(0, first).map((_take, index) => index));
				if (width === 1) expect(begun).toBe(first + 1);
			}),
			{ numRuns: 60 },
		);
	});
});

describe('the signal of a run', () => {
	it('ends with the execution, for its reason, and with the run', () => {
		const execution = new AbortController();
		const ofRun = signalOfRun(execution.signal);
		const other = signalOfRun(execution.signal);
		other.end();
		expect([ofRun.signal.aborted, other.signal.aborted]).toEqual([false, true]);
		execution.abort('cancelled');
		expect(ofRun.signal.reason).toBe('cancelled');
		expect(signalOfRun(execution.signal).signal.aborted).toBe(true);
	});
});
