import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedFolder } from './cacheFolder.mjs';
import { StartError } from './errors.mjs';
import { fetchWithNpm } from './registry.mjs';

/**
 * The Node that runs n8n where the running one does not suit, by platform: npm carries it as packages, each with its hash.
 *
 * @type {Record<string, { name: string, version: string, integrity: string }>}
 */
export const pinnedNodes = JSON.parse(readFileSync(new URL('../n8n/node.json', import.meta.url), 'utf8'));

const gigabytes = 0.5;

/**
 * The major versions that n8n brings ready-made native parts for. n8n says ">= 24", but with another one its
 * expression engine would have to be compiled.
 */
const suitingMajors = [24, 26];

/**
 * The program file of a Node that n8n runs on, fetched when the running one does not suit.
 *
 * @param {{ cacheFolder: string, progress: ReturnType<import('./progress.mjs').createProgress> }} options
 * @returns {Promise<{ file: string, headersFolder: string | undefined }>}
 */
export async function nodeForN8n({ cacheFolder, progress }) {
	if (suitingMajors.includes(Number(process.versions.node.split('.')[0]))) {
		return {
			file: process.execPath,
			headersFolder: folderWithHeaders(dirname(dirname(process.execPath))),
		};
	}
	const pinned = pinnedNodes[`${process.platform}-${process.arch}`];
	if (pinned === undefined) throw noNode();
	const { name, version, integrity } = pinned;
	const folder = await cachedFolder(
		{ cacheFolder, name: `${name}-${version}`, fingerprint: integrity, gigabytes },
		async (emptyFolder) =>
			await progress.step(`Fetching Node ${version} for n8n`, async (note) => {
				await writeManifests(emptyFolder, pinned);
				await fetchWithNpm(['ci', '--ignore-scripts'], { cwd: emptyFolder, what: `Node ${version}`, note });
			}),
	);
	const packageFolder = join(folder, 'node_modules', name);
	const file = join(packageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(file)) throw noNode();
	return { file, headersFolder: folderWithHeaders(packageFolder) };
}

/**
 * Writes what makes npm install that one package, and refuse it when its content has another hash.
 *
 * @param {string} folder
 * @param {{ name: string, version: string, integrity: string }} pinned
 */
export async function writeManifests(folder, { name, version, integrity }) {
	const manifest = { private: true, dependencies: { [name]: version } };
	const lock = {
		lockfileVersion: 3,
		requires: true,
		packages: { '': { dependencies: manifest.dependencies }, [`node_modules/${name}`]: { version, integrity } },
	};
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
	await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

/**
 * @param {string} folder
 * @returns {string | undefined} The folder itself when Node's C headers are in it, as node-gyp's `nodedir` wants it.
 */
export function folderWithHeaders(folder) {
	return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? folder : undefined;
}

function noNode() {
	return new StartError(
		`npm holds no Node for n8n on ${process.platform} and ${process.arch}.`,
		'Install Node 24 yourself and start again with it.',
	);
}
