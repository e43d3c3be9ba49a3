import { writeFileSync } from 'node:fs';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { bodiesOf, sendBare, sendWithPython, withKeepAlive } from '../lib/bare.mjs';
import type { Comparison } from '../lib/measure.mjs';
import { profileOf, type Shares } from '../lib/profile.mjs';
import { startRecorder } from '../lib/recording.mjs';
import { timeWork, type Figures } from '../lib/timing.mts';
import { runWork } from './nodeInEngine.mts';
import { sendAllBare, works, type BenchWork } from './works.mts';

/**
 * The node in n8n's engine beside programs that send the same over bare HTTP, in turn, with a server on loopback in a
 * process of its own. Writes the comparisons as JSON: `tsx bench/parts/engine.mts <file> [quick]`.
 */
const [file = '', mode] = process.argv.slice(2);
const quick = mode === 'quick';
const rounds = quick ? 3 : 5;

/** Milliseconds that nothing of ours may hold the event loop. */
const longestBlock = 50;

/** Another program that does the same; gives milliseconds, undefined where it cannot run here. */
interface Other {
	id: string;
	name: string;
	isQuick?: boolean;
	run(address: string, work: BenchWork, given: IDataObject[], bodies: Buffer[]): Promise<number | undefined>;
}

const bodiesMade: Other = {
	id: 'bodies',
	name: 'bare client, bodies made before',
	isQuick: true,
	run: async (address, work, _given, bodies) => (await timeWork(() => sendAllBare(work, address, bodies))).wall,
};

const keepAlive: Other = {
	id: 'keepAlive',
	name: 'the same on one connection',
	run: async (address, work, _given, bodies) =>
		(await timeWork(() => withKeepAlive((agent) => sendAllBare(work, address, bodies, agent)))).wall,
};

const makesJson: Other = {
	id: 'json',
	name: 'bare client that makes its JSON',
	run: async (address, work, given) =>
		(await timeWork(async () => await sendAllBare(work, address, bodiesOf(given, work.inOne)))).wall,
};

const python: Other = {
	id: 'python',
	name: 'Python client that makes its JSON',
	isQuick: true,
	run: async (address, { path, method, inOne }, given) =>
		await sendWithPython(`${address}${path}`, method, Buffer.from(JSON.stringify(given)), inOne),
};

async function timeNode(work: BenchWork, address: string, items: INodeExecutionData[]): Promise<Figures> {
	await sendBare('DELETE', `${address}/`);
	let figures: Figures = { wall: 0, cpu: 0, block: 0 };
	await runWork(work, address, items, async (own) => {
		figures = await timeWork(own);
	});
	return figures;
}

const profiles: Array<{ work: string; shares: Shares }> = [];

async function profileNode(work: BenchWork, name: string, address: string, items: INodeExecutionData[]): Promise<void> {
	await sendBare('DELETE', `${address}/`);
	await runWork(work, address, items, async (own) => {
		profiles.push({ work: name, shares: await profileOf(own) });
	});
}

async function compare(whole: BenchWork, others: Other[]): Promise<Comparison[]> {
	const work = quick ? { ...whole, rows: whole.rows / 2 } : whole;
	const { rows, row } = work;
	const { address, stop } = await startRecorder(row === undefined ? rows : 0);
	const given = Array.from({ length: row === undefined ? 0 : rows }, (_, index) => row?.(index) ?? {});
	const items = given.map((json) => ({ json }));
	const bodies = bodiesOf(given, work.inOne);
	const beside = others
		.filter(({ isQuick = false }) => isQuick || !quick)
		.map((other) => ({ other, took: [] as number[] }));
	const node: Figures[] = [];
	for (let round = 0; round <= rounds; round += 1) {
		// The first round makes things warm.
		const figures = await timeNode(work, address, items);
		if (round > 0) node.push(figures);
		for (const { other, took } of beside) {
			await sendBare('DELETE', `${address}/`);
			const milliseconds = await other.run(address, work, given, bodies);
			if (round > 0 && milliseconds !== undefined) took.push(milliseconds);
		}
	}
	const name = `${work.name}, ${rows.toLocaleString('en')} rows`;
	if (!quick) await profileNode(work, name, address, items);
	stop();
	const ours = node.map(({ wall }) => wall);
	return [
		...beside
			.filter(({ took }) => took.length > 0)
			.map(({ other, took }) => ({
				...{ id: `${work.id}/${other.id}`, work: name, unit: 'ms', ours, beside: other.name, theirs: took },
			})),
		{
			...{ id: `${work.id}/block`, work: `${name}: longest block`, unit: 'ms', ours: node.map(({ block }) => block) },
			...{ beside: 'most that it may be', theirs: [longestBlock] },
		},
	];
}

/**
 * The node beside itself: what a preview takes beside a list of the same records.
 * @param delay milliseconds that the server takes for a page
 */
async function compareOwn(whole: BenchWork, other: BenchWork, delay: number): Promise<Comparison> {
	const rows = quick ? whole.rows / 2 : whole.rows;
	const [work, beside] = [
		{ ...whole, rows },
		{ ...other, rows },
	];
	const { address, stop } = await startRecorder(rows, delay);
	const items = Array.from({ length: rows }, (_, index) => ({ json: work.row?.(index) ?? {} }));
	const comparison: Comparison = {
		...{ id: `${work.id}/${beside.id}${delay === 0 ? '' : delay}`, unit: 'ms' },
		work: `${work.name}, ${rows.toLocaleString('en')} rows, pages take ${delay} ms`,
		...{ ours: [], beside: `${beside.name} of the same records`, theirs: [] },
	};
	for (let round = 0; round <= rounds; round += 1) {
		const ours = (await timeNode(work, address, items)).wall;
		const theirs = (await timeNode(beside, address, [])).wall;
		// The first round makes things warm.
		if (round > 0) comparison.ours.push(ours);
		if (round > 0) comparison.theirs.push(theirs);
	}
	stop();
	return comparison;
}

const comparisons = [
	...(await compare(works.upsert, [bodiesMade, keepAlive, makesJson, python])),
	...(await compare(works.insert, [python, bodiesMade, makesJson])),
	...(await compare(works.getAll, [bodiesMade, keepAlive])),
	await compareOwn(works.preview, works.getAll, 0),
	await compareOwn(works.preview, works.getAll, 50),
];
writeFileSync(file, JSON.stringify({ comparisons, profiles }));
