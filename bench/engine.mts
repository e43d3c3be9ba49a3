import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { bodiesOf, sendBare } from './bare.mjs';

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-'));
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
createRequire(import.meta.url)('reflect-metadata');

const { runPlanhat, changePlanhat } = await import('../test/engine/harness.mts');

/**
 * The node in n8n's engine beside a program that sends the same over bare HTTP, in turn, with a server on loopback in a
 * process of its own: `tsx bench/engine.mts [upsert|insert|getAll] [rows] [rounds]`.
 */
const [only, size, rounds = '5'] = process.argv.slice(2);

interface Work {
	name: string;
	rows: number;
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
		name: 'upsert',
		rows: 100_000,
		parameters: { resource: 'company', operation: 'upsert', specifyFields: 'map', fields: automatic as never },
		row: (index) => ({ externalId: `c${index}`, name: `Company ${index}`, description }),
		inOne: 5_000,
		async bare(address, given) {
			for (const body of bodiesIn(given, 5_000)) await sendBare('PUT', `${address}/companies`, body);
		},
	},
	{
		name: 'insert',
		rows: 200_000,
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
		name: 'getAll',
		rows: 100_000,
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
	const child = spawn(process.execPath, ['bench/recorder.mjs', String(companies)], {
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

function spread(values: number[], digits: number): string {
	const sorted = [...values].sort((one, other) => one - other);
	const shown = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)].map((value = 0) =>
		value.toFixed(digits),
	);
	return `${shown[0]} (${shown[1]} to ${shown[2]})`;
}

async function compare(work: Work): Promise<void> {
	const rows = only === undefined || size === undefined ? work.rows : Number(size);
	const { address, stop } = await startRecorder(work.row === undefined ? rows : 0);
	const given = Array.from({ length: work.row === undefined ? 0 : rows }, (_, index) => work.row?.(index) ?? {});
	const items = given.map((json) => ({ json }));
	const bodies = bodiesOf(given, Math.min(work.inOne, rows));
	const ways: Record<string, () => Promise<Figures>> = {
		node: async () => await runNode({ ...work, rows }, address, items),
		'bare, bodies made before': async () => await measure(async () => await work.bare(address, bodies)),
		...(work.row && { 'bare, makes its JSON': async () => await measure(async () => await work.bare(address, given)) }),
	};
	const seen = new Map<string, Figures[]>(Object.keys(ways).map((way) => [way, []]));
	for (let round = 0; round <= Number(rounds); round += 1) {
		for (const [way, run] of Object.entries(ways)) {
			await sendBare('DELETE', `${address}/`);
			const figures = await run();
			// The first round makes things warm.
			if (round > 0) seen.get(way)?.push(figures);
		}
	}
	stop();
	console.log(`${work.name}, ${rows} rows, median of ${rounds} (minimum to maximum)`);
	for (const [way, figures] of seen) {
		const wall = spread(
			figures.map((one) => one.wall / 1_000),
			2,
		);
		const cpu = spread(
			figures.map((one) => (one.cpu * 1_000) / rows),
			2,
		);
		const block = spread(
			figures.map((one) => one.block),
			0,
		);
		console.log(`  ${way}: ${wall} s, ${cpu} µs of CPU a row, longest block ${block} ms`);
	}
}

for (const work of works) if (only === undefined || only === work.name) await compare(work);
