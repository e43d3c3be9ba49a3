import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
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
 * Older versions that the package is tried in. Each names all that it needs exactly, but for this: npm does not hold the
 * part that reads spreadsheets at the address which n8n 1.x takes it from.
 *
 * @type {Record<string, Record<string, string>>}
 */
const olderOverrides = { '1.123.81': { xlsx: '0.18.5' } };

/** The versions that can be installed: the pinned one, which comes first, and older ones. */
export async function knownVersions() {
	return [await pinnedVersion(), ...Object.keys(olderOverrides)];
}

/**
 * Makes sure that an n8n, the pinned one unless told otherwise, and a Node that it runs on are in the cache.
 *
 * Install scripts are not run: of more than two thousand packages one needs its own, and that one is seen to here.
 *
 * @param {{ version?: string, cacheFolder?: string, progress?: ReturnType<import('./progress.mjs').createProgress> }} [options]
 * @returns {Promise<{ version: string, nodeFile: string, n8nFile: string }>}
 */
export async function installN8n({
	version: wanted,
	cacheFolder = defaultCacheFolder(),
	progress = silentProgress,
} = {}) {
	const version = wanted ?? (await pinnedVersion());
	const node = await nodeForN8n({ cacheFolder, progress });
	const folder = await cachedFolder(
		{
			cacheFolder,
			name: `n8n-${version}-${process.platform}-${process.arch}`,
			fingerprint: await pinFingerprint(version),
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
	const options = ['--ignore-scripts', '--engine-strict=false'];
	if (version in olderOverrides) {
		await writeFile(join(folder, 'package.json'), JSON.stringify(olderManifest(version)));
		options.unshift('install', '--no-package-lock', '--no-audit', '--no-fund');
	} else {
		for (const name of pinFiles) await copyFile(join(pinFolder, name), join(folder, name));
		options.unshift('ci');
	}
	await fetchWithNpm(options, { cwd: folder, what: `n8n ${version}`, note });
}

function olderManifest(version) {
	return { private: true, dependencies: { n8n: version }, overrides: olderOverrides[version] };
}

async function pinFingerprint(version) {
	const pinned =
		version in olderOverrides
			? JSON.stringify(olderManifest(version))
			: await readFile(join(pinFolder, 'package-lock.json'));
	return createHash('sha256').update(pinned).digest('hex').slice(0, 16);
}
