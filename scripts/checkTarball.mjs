// Packs the package as it would be published and fails when the tarball holds anything else than what n8n loads and what
// people read: no test, no source, no map, nothing stale in `dist`, no dependency.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

import { outputSchemas } from '../dist/nodes/Planhat/description/outputSchemas.js';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('..', import.meta.url));

const topLevel = ['CHANGELOG.md', 'LICENSE.md', 'README.md', 'index.js', 'package.json'];
const mustHave = ['LICENSE.md', 'README.md', 'index.js', 'package.json'];

/** What n8n itself supplies to a community package; everything else would have to be installed. */
const supplied = /^(\.{1,2}\/|node:|n8n-workflow$|luxon$)/;

/** npm runs these on the machine of whoever installs the package. */
const scriptsAtInstall = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

const posix = (path) => path.replaceAll('\\', '/');

/** @returns {Promise<string[]>} What a build of the tree as it is now puts into `dist`. */
async function builtFromSources() {
	const lists = await Promise.all(
		['credentials', 'icons', 'nodes'].map(async (folder) =>
			(await readdir(join(checkout, folder), { recursive: true })).map((path) => `${folder}/${posix(path)}`),
		),
	);
	const files = lists.flat().flatMap((path) => {
		if (path.endsWith('.ts')) return ['js', 'd.ts'].map((ending) => `dist/${path.replace(/ts$/, ending)}`);
		return /^icons\/[^/]+\.svg$|\.node\.json$/.test(path) ? [`dist/${path}`] : [];
	});
	return [
		...files,
		...[1, 1.1].flatMap((version) =>
			Object.keys(outputSchemas(version)).map((path) => `dist/nodes/Planhat/__schema__/${path}`),
		),
	];
}

/** @param {string} folder that the tarball is unpacked to */
async function pack(folder) {
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const options = { cwd: checkout, shell: process.platform === 'win32' };
	const { stdout } = await run(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], options);
	const [packed] = Object.values(JSON.parse(stdout));
	await run('tar', ['-xzf', packed.filename], { cwd: folder });
	return packed;
}

function faultsOfFiles(paths, built) {
	const known = new Set([...topLevel, ...built]);
	return [
		...paths.filter((path) => !known.has(path)).map((path) => `${path} does not belong into the package`),
		...[...mustHave, ...built].filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
	];
}

function faultsOfManifest(manifest, paths) {
	const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, scripts = {}, n8n = {} } = manifest;
	const bundled = manifest.bundleDependencies ?? manifest.bundledDependencies ?? [];
	const wanted = [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...Object.values(bundled)];
	const peers = Object.keys(peerDependencies).filter((name) => name !== 'n8n-workflow');
	const loaded = [...(n8n.credentials ?? []), ...(n8n.nodes ?? [])];
	return [
		...wanted.map((name) => `package.json depends on ${name}`),
		...peers.map((name) => `package.json has the peer dependency ${name}`),
		...scriptsAtInstall.filter((name) => name in scripts).map((name) => `package.json has the script ${name}`),
		...(loaded.length === 0 ? ['package.json names no node'] : []),
		...loaded.filter((path) => !paths.includes(path)).map((path) => `n8n is to load ${path}, which is missing`),
	];
}

async function faultsOfCode(folder, paths) {
	const faults = [];
	for (const path of paths.filter((name) => name.endsWith('.js'))) {
		const code = await readFile(join(folder, 'package', path), 'utf8');
		const names = [...code.matchAll(/\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g)].map(([, name]) => name);
		faults.push(...names.filter((name) => !supplied.test(name)).map((name) => `${path} loads ${name}`));
		if (code.includes('sourceMappingURL=')) faults.push(`${path} names a source map`);
	}
	return faults;
}

const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-check-'));
try {
	const { filename, files, unpackedSize } = await pack(folder);
	const paths = files.map(({ path }) => posix(path));
	const manifest = JSON.parse(await readFile(join(folder, 'package', 'package.json'), 'utf8'));
	const faults = [
		...faultsOfFiles(paths, await builtFromSources()),
		...faultsOfManifest(manifest, paths),
		...(await faultsOfCode(folder, paths)),
	];
	console.log(`${filename}: ${paths.length} files, ${Math.round(unpackedSize / 1024)} kB unpacked`);
	if (faults.length > 0) {
		console.error(faults.map((fault) => `  - ${fault}`).join('\n'));
		process.exitCode = 1;
	} else {
		console.log('It holds what n8n loads and what people read, and nothing else.');
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}
