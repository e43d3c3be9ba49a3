// Changes files in small ways, one at a time, and counts the changes that their own unit tests notice. What only tests of other
// files would notice counts as unnoticed: so it takes minutes and not hours.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

const folder = 'nodes/Planhat';
const rooms = ['transport', 'quota', 'credential'];
const others = ['batch/pack', 'answers/judgeAnswer'];
const least = 85;

const asked = process.argv.slice(2);
const files = rooms.flatMap((room) =>
	readdirSync(`${folder}/${room}`).map((name) => `${room}/${basename(name, '.ts')}`),
);
const mutated = [...files, ...others].filter(
	(name) => existsSync(`test/unit/Planhat/${name}.test.mts`) && (asked.length === 0 || asked.includes(basename(name))),
);
const unnoticed = [];
let noticed = 0;

for (const name of mutated) {
	const result = mutate(name);
	noticed += result.noticed;
	unnoticed.push(...result.unnoticed);
	const all = result.noticed + result.unnoticed.length;
	console.log(`${name}: ${result.noticed} of ${all} changes noticed`);
}

const score = (100 * noticed) / (noticed + unnoticed.length);
for (const line of unnoticed) console.log(line);
console.log(
	`${score.toFixed(1)} % of ${noticed + unnoticed.length} changes were noticed; at least ${least} % must be.`,
);
process.exitCode = score >= least ? 0 : 1;

function mutate(name) {
	const stryker = 'test/mutation/node_modules/@stryker-mutator/core/bin/stryker.js';
	const { status, stdout } = spawnSync(
		process.execPath,
		[stryker, 'run', 'test/mutation/stryker.config.json', '--mutate', `${folder}/${name}.ts`],
		{ env: { ...process.env, UNIT_TESTS: `Planhat/${name}` }, encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(`Stryker ended with ${status} for ${name}:\n${stdout}`);
	const { files } = JSON.parse(readFileSync('.stryker/report.json', 'utf8'));
	const mutants = Object.values(files).flatMap(({ mutants }) => mutants);
	const unnoticedOnes = mutants.filter((mutant) => ['Survived', 'NoCoverage'].includes(mutant.status));
	return {
		noticed: mutants.filter((mutant) => ['Killed', 'Timeout'].includes(mutant.status)).length,
		unnoticed: unnoticedOnes.map(({ location, mutatorName, replacement }) => {
			const change = (replacement ?? '').replace(/\s+/g, ' ').slice(0, 80);
			return `unnoticed: ${name}.ts:${location.start.line} ${mutatorName}: ${change}`;
		}),
	};
}
