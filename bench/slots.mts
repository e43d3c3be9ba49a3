// How much of one quota several processes use that know nothing of each other: `npm run bench:slots`. The package's own
// limiter, on a clock that takes no time.

import { table } from '../scripts/lib/table.mjs';
import { median } from './lib/measure.mjs';
import { mostMinutes, scenes, simulateProcesses } from './lib/slotModel.mts';

const seeds = [1, 2, 3, 4, 5];
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
let isHeld = true;
const lines: Array<Record<string, string>> = [];
for (const scene of scenes) {
	const found = await Promise.all(seeds.map(async (seed) => await simulateProcesses(scene, seed)));
	const used = median(found.map((one) => one.used));
	const refused = median(found.map((one) => one.refused));
	const longest = Math.max(...found.map((one) => one.longestWait));
	const { bars } = scene;
	const keeps = used >= bars.used && refused <= (bars.refused ?? 1) && longest <= mostMinutes;
	isHeld &&= keeps;
	lines.push({
		Scene: scene.name,
		Used: percent(used),
		Refused: percent(refused),
		'Longest wait': `${longest.toFixed(2)} min`,
		Bars: `≥ ${percent(bars.used)}${bars.refused === undefined ? '' : `, ≤ ${percent(bars.refused)}`}`,
		'': keeps ? 'held' : 'missed',
	});
}
console.log(table(Object.keys(lines[0] ?? {}), lines));
process.exit(isHeld ? 0 : 1);
