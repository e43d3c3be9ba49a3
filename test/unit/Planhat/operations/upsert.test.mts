import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { upsert } from '../../../../nodes/Planhat/operations/upsert.ts';
import { eventLoopYielder } from '../../../../nodes/Planhat/run/eventLoop.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import { timeWork } from '../../../../bench/lib/timing.mts';
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
			const context = fakeBatch(rows, transport, { stops: true, yieldToEventLoop: eventLoopYielder() });
			let items: INodeExecutionData[] = [];
			const { cpu, block } = await timeWork(async () => {
				items = await upsert.runAll([context]);
			});
			results.push({ microseconds: (cpu * 1_000) / count, block, memory: highest - before });
			expect(items.length).toBe(count);
			expect(transport.effort.requests).toBe(20);
		}
		const best = {
			microseconds: Math.min(...results.map((result) => result.microseconds)),
			block: Math.min(...results.map((result) => result.block)),
			memory: Math.min(...results.map((result) => result.memory)),
		};
		console.log(
			`100,000 rows: ${best.microseconds.toFixed(1)} µs of processor time a row, event loop blocked for ${best.block.toFixed(0)} ms, ` +
				`${(best.memory / 1e6).toFixed(0)} MB${'gc' in globalThis ? '' : ' and garbage'} (best of 3)`,
		);
		expect(best.microseconds).toBeLessThan(tolerance * wanted.microsecondsPerRow);
		expect(best.block).toBeLessThan(tolerance * wanted.block);
		expect(best.memory).toBeLessThan(tolerance * wanted.memory);
	}, 60_000);
});
