import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';
import { bodiesOf, sendBare } from '../lib/bare.mjs';
import type { Comparison } from '../lib/measure.mjs';
import { startRecorder } from '../lib/recording.mjs';
import { timeWork, type Figures } from '../lib/timing.mts';
import { runWork } from './nodeInEngine.mts';
import { sendAllBare, works, type BenchWork } from './works.mts';

/**
 * What a row costs in a run of a million beside one of 10,000: no step may grow faster than the rows. Processor time and
 * memory of the node's own function, in n8n's engine. Writes the comparisons as JSON:
 * `node --expose-gc --import tsx bench/parts/growth.mts <file>`.
 */
const [file = ''] = process.argv.slice(2);
const [few, some, many] = [10_000, 100_000, 1_000_000];
const rounds = { time: 5, memory: 3 };

/** Memory is looked at when so many requests leave, beside the end of the run: looking takes a second at a million rows. */
const looks = 2;

const channel = 'http.client.request.start';

/** What the run before has left is only collected by a second look. */
function held(): number {
	globalThis.gc?.();
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** The most that the node holds beside its input, of what it still needs; bytes. */
async function mostHeld(requests: number, own: () => Promise<void>): Promise<number> {
	const before = held();
	let seen = 0;
	let most = 0;
	const look = () => {
		seen += 1;
		if (seen % Math.max(1, Math.floor(requests / looks)) === 0) most = Math.max(most, held() - before);
	};
	subscribe(channel, look);
	await own();
	unsubscribe(channel, look);
	return Math.max(most, held() - before);
}

interface Run {
	/** Microseconds of processor time of a row. */
	time: number;
	/** Bytes of a row. */
	memory?: number;
	wall: number;
}

/** @param isLookedAt whether the memory is measured too, in a run of its own */
async function measure(work: BenchWork, rows: number, address: string, isLookedAt = true): Promise<Run> {
	const { row } = work;
	const items: INodeExecutionData[] =
		row === undefined ? [] : Array.from({ length: rows }, (_, index) => ({ json: row(index) }));
	const sized = { ...work, rows };
	let figures: Figures = { wall: 0, cpu: 0, block: 0 };
	let memory: number | undefined;
	if (isLookedAt) {
		await sendBare('DELETE', `${address}/`);
		await runWork(sized, address, items, async (own) => {
			memory = (await mostHeld(rows / work.inOne, own)) / rows;
		});
	}
	await sendBare('DELETE', `${address}/`);
	await runWork(sized, address, items, async (own) => {
		figures = await timeWork(own);
	});
	return { time: (figures.cpu * 1_000) / rows, memory, wall: figures.wall };
}

async function bare(work: BenchWork, address: string): Promise<number> {
	const given = Array.from({ length: many }, (_, index) => work.row?.(index) ?? {});
	const bodies = bodiesOf(given, work.inOne);
	await sendBare('DELETE', `${address}/`);
	return (await timeWork(() => sendAllBare(work, address, bodies))).wall;
}

async function growthOf(work: BenchWork): Promise<Comparison[]> {
	const short: Run[] = [];
	const open = async (rows: number) => await startRecorder(work.row === undefined ? rows : 0);
	const small = await open(few);
	for (let round = 0; round <= rounds.time; round += 1) {
		const run = await measure(work, few, small.address, round <= rounds.memory);
		if (round > 0) short.push(run);
	}
	small.stop();
	const comparisons: Comparison[] = [];
	for (const rows of [some, many]) {
		const { address, stop } = await open(rows);
		const long = await measure(work, rows, address);
		const name = `${work.name}, ${rows.toLocaleString('en')} rows`;
		const beside = `${few.toLocaleString('en')} rows`;
		const isMillion = rows === many;
		const id = (what: string) => (isMillion ? `${work.id}/${what}` : `${work.id}/${what}Of100000`);
		if (isMillion && work.row !== undefined) {
			const theirs = [await bare(work, address)];
			comparisons.push({
				...{ id: id('million'), work: `${name}, once`, unit: 'ms', ours: [long.wall] },
				...{ beside: 'bare client, bodies made before', theirs },
			});
		}
		comparisons.push(
			{
				...{ id: id('growth'), work: `${name}: processor time of a row`, unit: 'µs', ours: [long.time], beside },
				theirs: short.map(({ time }) => time),
			},
			{
				...{ id: id('memory'), work: `${name}: most memory of a row`, unit: 'bytes', ours: [long.memory ?? 0], beside },
				// Where the garbage of before is collected late, a short run shows nothing.
				theirs: short.flatMap(({ memory = 0 }) => (memory > 0 ? [memory] : [])),
			},
		);
		stop();
	}
	return comparisons;
}

const comparisons = [...(await growthOf(works.upsert)), ...(await growthOf(works.getAll))];
writeFileSync(file, JSON.stringify({ comparisons }));
