// Measures this package beside what people would use instead, and writes RESULTS.md: `npm run bench`. With `--quick` it takes
// under a minute, writes nothing, and fails when a ratio is more than 1.5 times its bar.

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { table } from '../scripts/lib/table.mjs';
import { runToEnd } from '../scripts/lib/processes.mjs';
import { pinnedVersion } from '../scripts/lib/n8nInstall.mjs';
import { keepsBar, ratioOf } from './lib/measure.mjs';
import { barOf, resultsPage, spread } from './lib/results.mjs';
import { loading } from './parts/loading.mjs';
import { comparisonsInN8n } from './parts/n8n.mjs';

const quick = process.argv.includes('--quick');
const slack = quick ? 1.5 : 1;
const since = performance.now();

async function inEngine() {
	const parameters = ['--expose-gc', '--import', 'tsx', 'bench/parts/engine.mts', ...(quick ? ['3', '50000'] : [])];
	const { succeeded, output, reason } = await runToEnd(process.execPath, parameters);
	if (!succeeded) throw new Error(`The bench in n8n's engine failed (${reason}).\n${output}`);
	return JSON.parse(output.trim().split('\n').at(-1));
}

const parts = [
	{ title: "In n8n's engine, beside bare HTTP", comparisons: await inEngine() },
	{ title: 'Loading', comparisons: await loading({ quick }) },
	{ title: 'In a real n8n', comparisons: await comparisonsInN8n({ quick }) },
];
const seconds = (performance.now() - since) / 1_000;

for (const { title, comparisons } of parts) {
	const rows = comparisons.map((one) => ({
		Work: one.work,
		Here: `${spread(one.ours)} ${one.unit}`,
		Beside: one.beside,
		There: `${spread(one.theirs)} ${one.unit}`,
		Ratio: ratioOf(one).toFixed(2),
		Bar: barOf(one),
	}));
	console.log(`\n${title}\n${table(['Work', 'Here', 'Beside', 'There', 'Ratio', 'Bar'], rows)}`);
}
console.log(`\n${Math.round(seconds)} seconds.`);

if (!quick) {
	const page = resultsPage(parts, { n8n: await pinnedVersion(), seconds });
	await writeFile(fileURLToPath(new URL('RESULTS.md', import.meta.url)), page);
}
const missed = parts.flatMap(({ comparisons }) => comparisons).filter((one) => !keepsBar(one, slack));
for (const { work, beside } of missed) console.error(`Missed: ${work}, beside ${beside}`);
process.exit(quick && missed.length > 0 ? 1 : 0);
