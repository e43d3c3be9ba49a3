import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartError } from './errors.mjs';
import { folderWithHeaders } from './nodeRuntime.mjs';
import { runToEnd } from './processes.mjs';

const downloadTimeout = 60_000;
const buildTimeout = 15 * 60_000;

/**
 * SHA-256 of prebuilt files, by name: those of which at least two packagers, who do not know of each other, publish the same.
 * On other platforms, and in any other version, SQLite is compiled from what npm pins.
 *
 * @type {Record<string, string>}
 */
export const pinnedPrebuilds = JSON.parse(readFileSync(new URL('../n8n/sqlite.json', import.meta.url), 'utf8'));

/**
 * Gets the one native part of n8n that npm does not bring ready-made: SQLite. A prebuilt one is downloaded where its hash is
 * known and that works, else it is compiled.
 *
 * @param {{ folder: string, node: { file: string, headersFolder?: string }, progress: ReturnType<import('./progress.mjs').createProgress> }} options
 */
export async function addNativeParts({ folder, node, progress }) {
	const name = await prebuildName(folder);
	const isThere =
		name in pinnedPrebuilds &&
		(await progress.step('Looking for a prebuilt SQLite for n8n', async () => await addPrebuilt(folder, node, name)));
	if (isThere) return;
	await progress.step(
		'Compiling SQLite for n8n (once; about 3 minutes, longer on a busy machine)',
		async () => await compile(folder, node),
	);
}

async function prebuildName(folder) {
	const { version, binary } = JSON.parse(await readFile(join(sqliteFolder(folder), 'package.json'), 'utf8'));
	const newest = Math.max(...binary.napi_versions);
	return `sqlite3-v${version}-napi-v${newest}-${process.platform}-${process.arch}.tar.gz`;
}

async function addPrebuilt(folder, node, name) {
	return (await downloadPrebuilt({ folder, node, name })) && (await canLoad(folder, node));
}

/**
 * What the install script of sqlite3 does first, into a download folder of its own, so that the very file that was unpacked can
 * be looked at before anything of it is run. Its second half would use an old compiler driver, so it is left out.
 *
 * @param {{ folder: string, node: { file: string }, name: string, hash?: string, run?: typeof runToEnd }} options
 * @returns {Promise<boolean>} Whether the file is there and the pinned one; any other is removed again.
 */
export async function downloadPrebuilt({ folder, node, name, hash = pinnedPrebuilds[name], run = runToEnd }) {
	const downloads = join(folder, 'downloads');
	try {
		await run(node.file, [join(folder, 'node_modules/prebuild-install/bin.js'), '-r', 'napi'], {
			cwd: sqliteFolder(folder),
			env: { ...process.env, npm_config_cache: downloads },
			timeoutMilliseconds: downloadTimeout,
		});
		if (hash !== undefined && (await hashOfDownload(downloads)) === hash) return true;
		await rm(join(sqliteFolder(folder), 'build'), { recursive: true, force: true });
		return false;
	} finally {
		await rm(downloads, { recursive: true, force: true });
	}
}

/** @returns {Promise<string | undefined>} Nothing unless exactly one file was downloaded. */
async function hashOfDownload(downloads) {
	const folder = join(downloads, '_prebuilds');
	const names = existsSync(folder) ? readdirSync(folder) : [];
	if (names.length !== 1) return undefined;
	return createHash('sha256')
		.update(await readFile(join(folder, names[0])))
		.digest('hex');
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
