import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedFolder } from './cacheFolder.mjs';
import { StartError } from './errors.mjs';
import { fetchWithNpm } from './registry.mjs';

/** The Node that runs n8n where the running one does not suit; npm carries it as a package per platform. */
const nodeVersion = '24.21.0';
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
	const packageName = nodePackageName(process.platform, process.arch);
	const folder = await cachedFolder(
		{
			cacheFolder,
			name: `node-${nodeVersion}-${process.platform}-${process.arch}`,
			fingerprint: `${packageName}@${nodeVersion}`,
			gigabytes,
		},
		async (emptyFolder) =>
			await progress.step(`Fetching Node ${nodeVersion} for n8n`, async (note) => {
				await writeFile(join(emptyFolder, 'package.json'), '{ "private": true }\n');
				await fetchWithNpm(['install', '--ignore-scripts', '--save-exact', `${packageName}@${nodeVersion}`], {
					cwd: emptyFolder,
					what: `Node ${nodeVersion}`,
					note,
				});
			}),
	);
	const packageFolder = join(folder, 'node_modules', packageName);
	const file = join(packageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(file)) {
		throw new StartError(
			`The package ${packageName} holds no Node for ${process.platform} on ${process.arch}.`,
			'Install Node 24 yourself and start again with it.',
		);
	}
	return { file, headersFolder: folderWithHeaders(packageFolder) };
}

/**
 * @param {string} folder
 * @returns {string | undefined} The folder itself when Node's C headers are in it, as node-gyp's `nodedir` wants it.
 */
export function folderWithHeaders(folder) {
	return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? folder : undefined;
}

function nodePackageName(platform, arch) {
	const platformName = platform === 'win32' ? 'win' : platform;
	// The name without "bin" was taken on this platform.
	const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${platformName}-${arch}`;
}
