import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkout, posix } from './packed.mjs';

const require = createRequire(import.meta.url);

const topLevel = ['CHANGELOG.md', 'LICENSE.md', 'README.md', 'index.js', 'package.json'];
const mustHave = ['LICENSE.md', 'README.md', 'index.js', 'package.json'];

/** What n8n itself supplies to a community package; everything else would have to be installed. */
const supplied = /^(\.{1,2}\/|node:|n8n-workflow$|luxon$)/;

/** npm runs these on the machine of whoever installs the package. */
const scriptsAtInstall = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

/** @returns {Promise<string[]>} What a build of the tree as it is now puts into `dist`. */
async function builtFromSources() {
	const { outputSchemas } = require('../../dist/nodes/Planhat/description/outputSchemas.js');
	const { Planhat } = require('../../dist/nodes/Planhat/Planhat.node.js');
	const lists = await Promise.all(
		['credentials', 'icons', 'nodes'].map(async (folder) =>
			(await readdir(join(checkout, folder), { recursive: true })).map((path) => `${folder}/${posix(path)}`),
		),
	);
	const files = lists.flat().flatMap((path) => {
		if (path.endsWith('.ts')) return [`dist/${path.replace(/ts$/, 'js')}`];
		return /^icons\/[^/]+\.svg$|\.node\.json$/.test(path) ? [`dist/${path}`] : [];
	});
	const schemas = [new Planhat().description.version].flat().flatMap((version) => Object.keys(outputSchemas(version)));
	return [...files, ...schemas.map((path) => `dist/nodes/Planhat/__schema__/${path}`)];
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

/** Where the build puts the homepage, whoever publishes the package. */
const guideLink = /https?:\/\/[^\s"'<>]+\/blob\/HEAD\/docs\//g;

async function faultsOfTexts({ folder, paths, manifest }) {
	const faults = [];
	for (const path of paths) {
		const text = await readFile(join(folder, path), 'utf8');
		if (text.includes(checkout) || text.includes(homedir())) faults.push(`${path} names a folder of this machine`);
		const foreign = (text.match(guideLink) ?? []).filter((link) => !link.startsWith(`${manifest.homepage}/`));
		faults.push(...foreign.map((link) => `${path} links to ${link}…, which is not below the homepage`));
		if (!path.endsWith('.js')) continue;
		const names = [...text.matchAll(/\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g)].map(([, name]) => name);
		faults.push(...names.filter((name) => !supplied.test(name)).map((name) => `${path} loads ${name}`));
		if (text.includes('sourceMappingURL=')) faults.push(`${path} names a source map`);
	}
	return faults;
}

/** The tarball holds what n8n loads and what people read, and nothing else: no test, no source, no map, nothing stale. */
export async function checkTarball(packed) {
	const { paths, manifest } = packed;
	return [
		...faultsOfFiles(paths, await builtFromSources()),
		...faultsOfManifest(manifest, paths),
		...(await faultsOfTexts(packed)),
	];
}
