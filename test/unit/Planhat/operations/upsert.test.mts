import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { upsert } from '../../../../nodes/Planhat/operations/upsert.ts';
import { eventLoopYielder } from '../../../../nodes/Planhat/run/eventLoop.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import { openDoor } from '../../fakeItem.mts';
import { fakeBatch } from './fakeBatch.mts';

const count = 100_000;

/** Machines are noisy: what is asserted is this much above what is wanted. */
const tolerance = 4;
const wanted = { microsecondsPerRow: 10, memory: 32_000_000, block: 100 };

function rowsOf200Bytes(): IDataObject[] {
	return Array.from({ length: count }, (_row, index) => ({
		externalId: `ext-${index}`,
		name: `Company ${index}`,
		phase: 'Onboarding',
		city: 'Stockholm',
		country: 'Sweden',
		csmScore: index % 5,
		description: 'x'.repeat(70),
	}));
}

/** Answers at once, from answers that were made before. */
function instantTransport(rows: readonly IDataObject[], onRequest: () => void): Transport {
	const answers = Array.from({ length: Math.ceil(count / 5_000) }, (_answer, chunk) => ({
		created: 5_000,
		insertsKeys: rows
			.slice(chunk * 5_000, (chunk + 1) * 5_000)
			.map(({ externalId }, index) => ({ _id: `id-${chunk}-${index}`, externalId })),
	}));
	const effort = { requests: 0, retries: 0, waited: 0 };
	const trySend = async () => {
		onRequest();
		effort.requests += 1;
		return { status: 200, body: answers[effort.requests - 1], resent: false };
	};
	return { ...openDoor, effort, trySend, send: trySend };
}

/** The longest time in which a timer could not run, in milliseconds. */
function watchEventLoop() {
	let last = performance.now();
	let longest = 0;
	const timer = setInterval(() => {
		longest = Math.max(longest, performance.now() - last);
		last = performance.now();
	}, 1);
	return () => {
		clearInterval(timer);
		return Math.max(longest, performance.now() - last);
	};
}

function collect(): void {
	(globalThis as { gc?: () => void }).gc?.();
}

describe('100,000 rows of 200 bytes', () => {
	it('take little time and memory, and leave the event loop free', async () => {
		const rows = rowsOf200Bytes();
		const results: Array<{ microseconds: number; block: number; memory: number }> = [];
		for (let round = 0; round < 3; round += 1) {
			let highest = 0;
			const transport = instantTransport(rows, () => {
				highest = Math.max(highest, process.memoryUsage().heapUsed + process.memoryUsage().external);
			});
			collect();
			const before = process.memoryUsage().heapUsed + process.memoryUsage().external;
			const stop = watchEventLoop();
			await new Promise((resolve) => setTimeout(resolve, 5));
			const start = performance.now();
			const context = fakeBatch(rows, transport, { stops: true, yieldToEventLoop: eventLoopYielder() });
			const items: INodeExecutionData[] = await upsert.runAll([context]);
			const microseconds = ((performance.now() - start) * 1_000) / count;
			results.push({ microseconds, block: stop(), memory: highest - before });
			expect(items.length).toBe(count);
			expect(transport.effort.requests).toBe(20);
		}
		const best = {
			microseconds: Math.min(...results.map((result) => result.microseconds)),
			block: Math.min(...results.map((result) => result.block)),
			memory: Math.min(...results.map((result) => result.memory)),
		};
		console.log(
			`100,000 rows: ${best.microseconds.toFixed(1)} µs a row, event loop blocked for ${best.block.toFixed(0)} ms, ` +
				`${(best.memory / 1e6).toFixed(0)} MB${'gc' in globalThis ? '' : ' and garbage'} (best of 3)`,
		);
		expect(best.microseconds).toBeLessThan(tolerance * wanted.microsecondsPerRow);
		expect(best.block).toBeLessThan(tolerance * wanted.block);
		expect(best.memory).toBeLessThan(tolerance * wanted.memory);
	}, 60_000);
});
