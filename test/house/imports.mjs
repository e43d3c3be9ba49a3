/**
 * Checks that each folder of the node imports only what `rooms.json` allows it, types included. It ends with 1 and says
 * which import is wrong, and also when it has not seen every file: a check of nothing would be green.
 * Usage: node test/house/imports.mjs [folder that has `nodes` and `credentials`]
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import { cruise } from 'dependency-cruiser';

import { levels, pathOf, roomOf, rooms, roomsWithin } from './rooms.mjs';

const roots = ['nodes', 'credentials'];

/** Files that nothing of the node imports: n8n loads them, or the build. */
const entries = /\.(node|credentials)\.ts$|\/description\/outputSchemas\.ts$/;

function quoted(path) {
	return path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What the paths of the files of a room look like, without those of rooms within it. */
function filesOf(path) {
	const others = roomsWithin(path).map((room) => `(?!${quoted(room.path)})`);
	return `^${others.join('')}${quoted(path)}`;
}

/** A rule for each room, and what holds for all of them. */
function rules() {
	const arrows = rooms.map(({ room, path, imports }) => ({
		name: `${room} imports ${imports.join(', ') || 'nothing'}`,
		severity: 'error',
		from: { path: filesOf(path) },
		to: {
			path: `^(${roots.join('|')})/`,
			pathNot: [path, ...imports.map(pathOf)].map(filesOf),
		},
	}));
	const all = [
		{ name: 'files in a circle', severity: 'error', from: {}, to: { circular: true } },
		{ name: 'no such file', severity: 'error', from: {}, to: { path: '^[.]', couldNotResolve: true } },
	];
	return { forbidden: [...arrows, ...all] };
}

function sourcesIn(folder) {
	const files = roots.flatMap((root) => {
		const path = join(folder, root);
		return existsSync(path) ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];
	});
	return files
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, '/'));
}

async function modulesIn(folder) {
	const options = {
		baseDir: folder,
		validate: true,
		ruleSet: rules(),
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	};
	const { output } = await cruise(
		roots.filter((root) => existsSync(join(folder, root))),
		options,
	);
	return output;
}

/** What is wrong, in a line each. */
async function faultsIn(folder) {
	const sources = sourcesIn(folder);
	if (sources.length === 0) return ['There is no file to check.'];
	const { modules, summary } = await modulesIn(folder);
	const seen = new Map(modules.map((module) => [module.source, module]));
	const ours = sources.filter((file) => seen.has(file));
	console.log(`${ours.length} of ${sources.length} files, ${levels().size} rooms`);
	return [
		...sources.filter((file) => !seen.has(file)).map((file) => `Not seen: ${file}`),
		...sources.filter((file) => roomOf(file) === undefined).map((file) => `In no room of rooms.json: ${file}`),
		...ours
			.filter((file) => !entries.test(file) && seen.get(file).dependents.length === 0)
			.map((file) => `Nothing imports it: ${file}`),
		...summary.violations.map(({ from, to, rule, cycle }) => {
			const way = cycle === undefined ? [to] : cycle.map(({ name }) => name);
			return `${rule.name}: ${[from, ...way].join(' > ')}`;
		}),
	];
}

const faults = await faultsIn(resolve(process.argv[2] ?? '.'));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
