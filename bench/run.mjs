// Measures this package beside what people would use instead, and writes RESULTS.md: `npm run bench`. With `--quick` it takes
// under a minute, writes nothing, and fails when a ratio is more than 1.5 times what it is today.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { closeWorld } from '../e2e/world.mjs';
import { table } from '../scripts/lib/table.mjs';
import { runToEnd, stopEverything } from '../scripts/lib/processes.mjs';
import { pinnedVersion } from '../scripts/lib/n8nInstall.mjs';
import { bars, holdsToday, holdsWanted } from './lib/measure.mjs';
import { resultColumns, lineOf, resultsPage } from './lib/results.mjs';
import { loading } from './parts/loading.mjs';
import { comparisonsInN8n } from './parts/n8n.mjs';

const quick = process.argv.includes('--quick');
const slack = 1.5;
const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-bench-'));

/** It runs in a process of its own: what this one does is no work of the node's. */
async function inEngine(part, ...options) {
	const file = join(folder, `${part}.json`);
	const parameters = [...options, '--import', 'tsx', `bench/parts/${part}.mts`, file, ...(quick ? ['quick'] : [])];
	const { succeeded, output, reason } = await runToEnd(process.execPath, parameters);
	if (!succeeded) throw new Error(`The bench in n8n's engine failed (${reason}).\n${output}`);
	return JSON.parse(await readFile(file, 'utf8'));
}

/** A million rows take gigabytes, and the memory that is still needed is seen once garbage is collected. */
const growth = async () => await inEngine('growth', '--expose-gc', '--max-old-space-size=8192');

async function timed(name, part) {
	const since = performance.now();
	const result = await part();
	console.error(`${name}: ${Math.round((performance.now() - since) / 1_000)} seconds`);
	return result;
}

async function measureAll() {
	const engine = await timed("In n8n's engine", async () => await inEngine('engine'));
	const comparisons = [
		...engine.comparisons,
		...(quick ? [] : (await timed('Growth', growth)).comparisons),
		...(await timed('Loading', loading)),
		...(await timed('In a real n8n', async () => await comparisonsInN8n({ quick }))),
	];
	return { comparisons, profiles: engine.profiles };
}

async function run() {
	const since = performance.now();
	const [load = 0] = loadavg();
	const { comparisons, profiles } = await measureAll();
	const seconds = (performance.now() - since) / 1_000;
	console.log(`\n${table(resultColumns, comparisons.map(lineOf))}\n\n${Math.round(seconds)} seconds.`);
	if (quick) {
		const worse = comparisons.filter((one) => !holdsToday(one, slack));
		for (const { id, work, beside } of worse) console.error(`Slower than today (${id}): ${work}, beside ${beside}`);
		return worse.length > 0 ? 1 : 0;
	}
	const left = Object.keys(bars).filter((id) => comparisons.every((one) => one.id !== id));
	if (left.length > 0) throw new Error(`Bars of nothing that is measured: ${left.join(', ')}`);
	for (const { id, work } of comparisons.filter((one) => !holdsWanted(one))) console.error(`Missed (${id}): ${work}`);
	const page = await resultsPage(comparisons, profiles, { n8n: await pinnedVersion(), seconds, load });
	await writeFile(fileURLToPath(new URL('RESULTS.md', import.meta.url)), page);
	return 0;
}

let isEnding = false;
const whole = run();

// Whoever ends the bench ends its n8n too.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
	process.once(signal, () => {
		isEnding = true;
		void (async () => {
			await Promise.race([Promise.allSettled([stopEverything(3_000), closeWorld(), whole]), wait(10_000)]);
			await rm(folder, { recursive: true, force: true });
			process.exit(code);
		})();
	});
}

const code = await whole.catch(async (error) => {
	// What was under way has failed because it was ended.
	if (isEnding) return await new Promise(() => {});
	console.error(error);
	await closeWorld();
	return 1;
});
await rm(folder, { recursive: true, force: true });
process.exit(code);
