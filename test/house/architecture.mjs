/**
 * Writes table and picture of the rooms into docs/architecture.md, from `rooms.json`. With `--check` it writes nothing and
 * ends with 1 when they are not what it would write, or when the page names a file that is not there.
 * Usage: node test/house/architecture.mjs [--check]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { levels, rooms } from './rooms.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = join(root, 'docs/architecture.md');
const levelOf = levels();

function table() {
	const lines = rooms.map(({ path, holds, imports }) => {
		const shown = path.replace(/^nodes\/Planhat\//, '');
		return `| \`${shown}\` | ${holds} | ${imports.join(' ') || 'nothing'} |`;
	});
	return ['| Folder | Holds | May import |', '| --- | --- | --- |', ...lines].join('\n');
}

/** The rooms that an import leads to by way of another one need no arrow of their own. */
function reaches(from, to) {
	const imports = importsOf(from);
	return imports.includes(to) || imports.some((other) => reaches(other, to));
}

function importsOf(room) {
	const imports = rooms.find((candidate) => candidate.room === room)?.imports ?? [];
	return [...new Set(imports.map((name) => name.split('/')[0] ?? ''))];
}

function picture() {
	const lines = ['flowchart BT'];
	for (const level of new Set([...levelOf.values()].sort((one, other) => one - other))) {
		const among = rooms.map(({ room }) => room).filter((room) => levelOf.get(room) === level);
		lines.push(`    subgraph level${level} [" "]`, ...among.map((room) => `        ${room}`), '    end');
	}
	for (const { room } of rooms) {
		const imports = importsOf(room);
		const direct = imports.filter((other) => !imports.some((way) => reaches(way, other)));
		if (direct.length > 0) lines.push(`    ${direct.join(' & ')} --> ${room}`);
	}
	return ['```mermaid', ...lines, '```'].join('\n');
}

async function written(text) {
	const parts = { rooms: table(), levels: picture() };
	let result = text;
	for (const [name, part] of Object.entries(parts)) {
		const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
		if (!place.test(result)) throw new Error(`docs/architecture.md has no place for '${name}'`);
		result = result.replace(place, (_whole, before, after) => `${before}\n${part}\n\n${after}`);
	}
	return await format(result, { ...(await resolveConfig(page)), parser: 'markdown' });
}

/** Files that the page names and that are not there. */
function missing(text) {
	const named = [...text.matchAll(/`([\w./-]+\.(?:ts|mts|mjs|js|json|md))`/g)].map(([, path = '']) => path);
	const places = ['', 'nodes/', 'nodes/Planhat/'];
	return [...new Set(named)].filter((path) => !places.some((place) => existsSync(join(root, place, path))));
}

const before = readFileSync(page, 'utf8');
const after = await written(before);
const isChecked = process.argv.includes('--check');
const faults = [
	...missing(after).map((path) => `docs/architecture.md names ${path}, which is not there`),
	...(isChecked && before !== after
		? ['docs/architecture.md is older than rooms.json: node test/house/architecture.mjs']
		: []),
];
if (!isChecked && before !== after) writeFileSync(page, after);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
