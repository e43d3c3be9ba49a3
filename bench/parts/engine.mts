import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { bodiesOf, sendBare } from '../lib/bare.mjs';
import type { Comparison } from '../lib/measure.mjs';

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-'));
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
createRequire(import.meta.url)('reflect-metadata');

const { runPlanhat, changePlanhat } = await import('../../test/engine/harness.mts');

/**
 * The node in n8n's engine beside a program that sends the same over bare HTTP, in turn, with a server on loopback in a
 * process of its own. Prints the comparisons as JSON: `tsx bench/parts/engine.mts [rounds] [rows of each work]`.
 */
const [rounds = '5', size] = process.argv.slice(2);

/** A program that sends what was made before, or makes its JSON on the way. */
type Bare = 'bodies made before' | 'makes its JSON';

interface Work {
	name: string;
	rows: number;
	/** The most that the node may take, by the bare program that it is held against. */
	bars: Partial<Record<Bare, number>>;
	parameters: INodeParameters;
	/** The data of an input item; without it there is one item. */
	row?(index: number): IDataObject;
	/** Sends the same with what was made before, or with the JSON made on the way. */
	bare(address: string, bodies: Buffer[] | IDataObject[]): Promise<void>;
	/** Rows in a request. */
	inOne: number;
}

const automatic = { mappingMode: 'autoMapInputData', value: null };
const description = 'x'.repeat(130);

function bodiesIn(given: Buffer[] | IDataObject[], inOne: number): Buffer[] {
	return Buffer.isBuffer(given[0]) ? (given as Buffer[]) : bodiesOf(given as IDataObject[], inOne);
}

const works: Work[] = [
	{
		name: 'Create or Update',
		rows: 100_000,
		bars: { 'bodies made before': 1.5 },
		parameters: { resource: 'company', operation: 'upsert', specifyFields: 'map', fields: automatic as never },
		row: (index) => ({ externalId: `c${index}`, name: `Company ${index}`, description }),
		inOne: 5_000,
		async bare(address, given) {
			for (const body of bodiesIn(given, 5_000)) await sendBare('PUT', `${address}/companies`, body);
		},
	},
	{
		name: 'Metric Insert with a date each',
		rows: 200_000,
		bars: { 'makes its JSON': 1.5 },
		parameters: { resource: 'metric', operation: 'insert', specifyFields: 'map', fields: automatic as never },
		row: (index) => ({
			dimensionId: 'logins',
			externalId: `c${index % 5_000}`,
			model: 'Company',
			value: index,
			date: new Date(1_767_225_600_000 + index * 1_000).toISOString(),
		}),
		inOne: Infinity,
		async bare(address, given) {
			for (const body of bodiesIn(given, 200_000)) await sendBare('POST', `${address}/dimensiondata/tenant`, body);
		},
	},
	{
		name: 'Get Many',
		rows: 100_000,
		bars: { 'bodies made before': 1.3 },
		parameters: { resource: 'company', operation: 'getAll', returnAll: true },
		inOne: 5_000,
		async bare(address) {
			for (let offset = 0; ; offset += 5_000) {
				const page = await sendBare('GET', `${address}/companies?limit=5000&offset=${offset}`);
				if ((page as unknown[]).length === 0) return;
			}
		},
	},
];

interface Figures {
	wall: number;
	cpu: number;
	block: number;
}

/** Takes the time of a piece of work, what it costs this process, and the longest time in which it held the event loop. */
async function measure(work: () => Promise<void>): Promise<Figures> {
	globalThis.gc?.();
	let last = performance.now();
	let block = 0;
	const timer = setInterval(() => {
		block = Math.max(block, performance.now() - last - 1);
		last = performance.now();
	}, 1);
	const before = process.cpuUsage();
	const since = performance.now();
	await work();
	const wall = performance.now() - since;
	block = Math.max(block, performance.now() - last - 1);
	clearInterval(timer);
	const { user, system } = process.cpuUsage(before);
	return { wall, cpu: (user + system) / 1_000, block };
}

async function startRecorder(companies: number): Promise<{ address: string; stop(): void }> {
	const child = spawn(process.execPath, ['bench/lib/recorder.mjs', String(companies)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	for await (const address of createInterface({ input: child.stdout })) return { address, stop: () => child.kill() };
	throw new Error('The recorder has not started');
}

/** Runs the node and measures its own function, without what the engine does before and after. */
async function runNode(
	{ parameters, rows, row }: Work,
	address: string,
	items: INodeExecutionData[],
): Promise<Figures> {
	let figures: Figures | undefined;
	changePlanhat((type) => {
		const operations = type.customOperations?.[String(parameters.resource)];
		const own = operations?.[String(parameters.operation)];
		if (operations === undefined || own === undefined) throw new Error('There is no such operation');
		operations[String(parameters.operation)] = async function (this: IExecuteFunctions) {
			let result: Awaited<ReturnType<typeof own>> = null;
			figures = await measure(async () => {
				result = await own.call(this);
			});
			return result;
		};
	});
	const credentials = {
		baseUrl: address,
		analyticsUrl: address,
		apiToken: 'token',
		tenantToken: 'tenant',
		callsPerMinute: 0,
	};
	const { output, error } = await runPlanhat({ parameters, credentials, ...(row && { items }) });
	if (error !== undefined) throw error;
	const expected = parameters.operation === 'insert' ? 1 : rows;
	if (output.length !== expected || figures === undefined) throw new Error(`${output.length} items came out`);
	return figures;
}

/** Milliseconds that nothing of ours may hold the event loop. */
const longestBlock = 50;

async function compare(work: Work, rows: number): Promise<Comparison[]> {
	const { address, stop } = await startRecorder(work.row === undefined ? rows : 0);
	const given = Array.from({ length: work.row === undefined ? 0 : rows }, (_, index) => work.row?.(index) ?? {});
	const items = given.map((json) => ({ json }));
	const bodies = bodiesOf(given, Math.min(work.inOne, rows));
	const bares: Array<[Bare, Buffer[] | IDataObject[]]> = [['bodies made before', bodies]];
	if (work.row !== undefined) bares.push(['makes its JSON', given]);
	const node: Figures[] = [];
	const beside = new Map<Bare, number[]>(bares.map(([name]) => [name, []]));
	for (let round = 0; round <= Number(rounds); round += 1) {
		await sendBare('DELETE', `${address}/`);
		const figures = await runNode({ ...work, rows }, address, items);
		// The first round makes things warm.
		if (round > 0) node.push(figures);
		for (const [name, sent] of bares) {
			await sendBare('DELETE', `${address}/`);
			const { wall } = await measure(async () => await work.bare(address, sent));
			if (round > 0) beside.get(name)?.push(wall);
		}
	}
	stop();
	const name = `${work.name}, ${rows.toLocaleString('en')} rows`;
	const blocks = node.map(({ block }) => block);
	return [
		...bares.map(([bare]) => ({
			work: name,
			unit: 'ms',
			ours: node.map(({ wall }) => wall),
			beside: `bare client, ${bare}`,
			theirs: beside.get(bare) ?? [],
			...(work.bars[bare] !== undefined && { bar: { most: work.bars[bare] } }),
		})),
		{
			work: `${name}: longest block`,
			unit: 'ms',
			ours: blocks,
			beside: 'most',
			theirs: [longestBlock],
			bar: { most: 1 },
		},
	];
}

/** Processor time of a row in a long run beside that in a short one: no step may grow faster than the rows. */
async function growth(work: Work, [short, long]: [number, number]): Promise<Comparison> {
	const { address, stop } = await startRecorder(0);
	const measured = { [short]: [] as number[], [long]: [] as number[] };
	for (const rows of [short, short, long]) {
		await sendBare('DELETE', `${address}/`);
		const items = Array.from({ length: rows }, (_, index) => ({ json: work.row?.(index) ?? {} }));
		measured[rows]?.push(((await runNode({ ...work, rows }, address, items)).cpu * 1_000) / rows);
	}
	stop();
	return {
		work: `${work.name}, ${long.toLocaleString('en')} rows: processor time of a row`,
		unit: 'µs',
		ours: measured[long] ?? [],
		beside: `${short.toLocaleString('en')} rows`,
		theirs: (measured[short] ?? []).slice(1),
		bar: { most: 1.3 },
	};
}

const found: Comparison[] = [];
for (const work of works) found.push(...(await compare(work, size === undefined ? work.rows : Number(size))));
const [upsert] = works;
if (upsert !== undefined && size === undefined) found.push(await growth(upsert, [10_000, 1_000_000]));
console.log(JSON.stringify(found));
