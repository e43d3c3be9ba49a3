import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedFolder, defaultCacheFolder } from './cacheFolder.mjs';
import { addNativeParts } from './nativeParts.mjs';
import { nodeForN8n } from './nodeRuntime.mjs';
import { silentProgress } from './progress.mjs';
import { fetchWithNpm } from './registry.mjs';

const pinFolder = fileURLToPath(new URL('../n8n/', import.meta.url));
const pinFiles = ['package.json', 'package-lock.json'];
const gigabytes = 4;

/**
 * Makes sure that the pinned n8n and a Node that it runs on are in the cache.
 *
 * Install scripts are not run: of more than two thousand packages one needs its own, and that one is seen to here.
 *
 * @param {{ cacheFolder?: string, progress?: ReturnType<import('./progress.mjs').createProgress> }} [options]
 * @returns {Promise<{ version: string, nodeFile: string, n8nFile: string }>}
 */
export async function installN8n({ cacheFolder = defaultCacheFolder(), progress = silentProgress } = {}) {
	const version = await pinnedVersion();
	const node = await nodeForN8n({ cacheFolder, progress });
	const folder = await cachedFolder(
		{
			cacheFolder,
			name: `n8n-${version}-${process.platform}-${process.arch}`,
			fingerprint: await pinFingerprint(),
			gigabytes,
		},
		async (emptyFolder) => {
			await progress.step(
				`Fetching n8n ${version} (about 3 GB, once; some minutes)`,
				async (note) => await fetchN8n(emptyFolder, version, note),
			);
			await addNativeParts({ folder: emptyFolder, node, progress });
		},
	);
	return {
		version,
		nodeFile: node.file,
		n8nFile: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

/** The version of n8n that `scripts/n8n/package.json` names. */
export async function pinnedVersion() {
	const { dependencies } = JSON.parse(await readFile(join(pinFolder, 'package.json'), 'utf8'));
	return dependencies.n8n;
}

async function fetchN8n(folder, version, note) {
	for (const name of pinFiles) await copyFile(join(pinFolder, name), join(folder, name));
	await fetchWithNpm(['ci', '--ignore-scripts', '--engine-strict=false'], {
		cwd: folder,
		what: `n8n ${version}`,
		note,
	});
}

async function pinFingerprint() {
	const lock = await readFile(join(pinFolder, 'package-lock.json'));
	return createHash('sha256').update(lock).digest('hex').slice(0, 16);
}
