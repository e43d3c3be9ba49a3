import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from './errors.mjs';
import { folderWithHeaders } from './nodeRuntime.mjs';
import { runToEnd } from './processes.mjs';

const downloadTimeout = 60_000;
const buildTimeout = 15 * 60_000;

/**
 * Gets the one native part of n8n that npm does not bring ready-made: SQLite. A prebuilt one is downloaded where that
 * works, else it is compiled.
 *
 * @param {{ folder: string, node: { file: string, headersFolder?: string }, progress: ReturnType<import('./progress.mjs').createProgress> }} options
 */
export async function addNativeParts({ folder, node, progress }) {
	await progress.step('Getting SQLite for n8n', async (note) => {
		note('looking for a prebuilt one');
		if (await downloadPrebuilt(folder, node)) return;
		note('compiling it, because no prebuilt one was reached');
		await compile(folder, node);
	});
}

/** What the install script of sqlite3 does first. Its second half would use an old compiler driver, so it is left out. */
async function downloadPrebuilt(folder, node) {
	await runToEnd(node.file, [join(folder, 'node_modules/prebuild-install/bin.js'), '-r', 'napi'], {
		cwd: sqliteFolder(folder),
		timeoutMilliseconds: downloadTimeout,
	});
	return await canLoad(folder, node);
}

async function compile(folder, node) {
	const headersFolder = headersAt(node.headersFolder);
	const result = await runToEnd(
		process.execPath,
		[nodeGypFile(folder), 'rebuild', '--jobs=max', ...(headersFolder ? [`--nodedir=${headersFolder}`] : [])],
		{ cwd: sqliteFolder(folder), timeoutMilliseconds: buildTimeout, env: withoutNodeFolder() },
	);
	if (result.succeeded && (await canLoad(folder, node))) return removeLeftovers(folder);
	throw new StartError(
		`SQLite, which n8n keeps its data in, could neither be downloaded nor compiled (${result.reason}).`,
		'Install a C++ compiler, make and Python 3 (on Debian: build-essential and python3; on macOS: xcode-select --install), then start again.',
		{ details: result.output },
	);
}

async function canLoad(folder, node) {
	const result = await runToEnd(node.file, ['-e', "require('sqlite3')"], { cwd: folder });
	return result.succeeded;
}

/** Node's headers, best first: as the user says, those of n8n's Node, the system's. Without any, node-gyp downloads them. */
function headersAt(ofNode) {
	const candidates = [process.env.npm_config_nodedir, ofNode, '/usr', '/usr/local'];
	return candidates.find((candidate) => candidate && folderWithHeaders(candidate));
}

/** npm's own node-gyp is current; the one that comes with sqlite3 fails with a current Python. */
function nodeGypFile(folder) {
	const npmFile = process.env.npm_execpath;
	const candidates = [
		process.env.npm_config_node_gyp,
		npmFile && join(dirname(dirname(npmFile)), 'node_modules/node-gyp/bin/node-gyp.js'),
		join(dirname(dirname(process.execPath)), 'lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js'),
		join(dirname(process.execPath), 'node_modules/npm/node_modules/node-gyp/bin/node-gyp.js'),
	];
	return (
		candidates.find((candidate) => candidate && existsSync(candidate)) ??
		join(folder, 'node_modules/node-gyp/bin/node-gyp.js')
	);
}

/** The folder is given on the command line; an unusable one from the environment must not win over it. */
function withoutNodeFolder() {
	return Object.fromEntries(
		Object.entries(process.env).filter(([name]) => name.toLowerCase() !== 'npm_config_nodedir'),
	);
}

/** The compiler leaves object files many times the size of the part. */
async function removeLeftovers(folder) {
	const release = join(sqliteFolder(folder), 'build', 'Release');
	const leftovers = readdirSync(release).filter((name) => !name.endsWith('.node'));
	await Promise.all(leftovers.map(async (name) => await rm(join(release, name), { recursive: true, force: true })));
}

function sqliteFolder(folder) {
	return join(folder, 'node_modules', 'sqlite3');
}
