import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { sendBare } from '../lib/bare.mjs';
import { timeWork, type Figures } from '../lib/timing.mts';
import { runWork } from './nodeInEngine.mts';
import { works } from './works.mts';

/**
 * Does one piece of work each time that it is told to, by the node that is built in a folder, in today's engine:
 * `tsx bench/parts/earlier.mts <folder> <work> <address of a recorder>`.
 */
const [folder = '', id = '', address = ''] = process.argv.slice(2);
const work = Object.values(works).find((one) => one.id === id);
if (work === undefined) throw new Error(`There is no work ${id}`);

const load = createRequire(import.meta.url) as (file: string) => { Planhat: new () => INodeType };
const { Planhat } = load(join(folder, 'dist/nodes/Planhat/Planhat.node.js'));
const { customOperations } = new Planhat();
const items = Array.from({ length: work.row === undefined ? 0 : work.rows }, (_, index) => ({
	json: work.row?.(index) ?? {},
}));

process.on('message', async () => {
	await sendBare('DELETE', `${address}/`);
	let figures: Figures | undefined;
	await runWork(
		work,
		address,
		items,
		async (own) => {
			figures = await timeWork(own);
		},
		customOperations,
	);
	process.send?.(figures);
});
process.send?.('ready');
