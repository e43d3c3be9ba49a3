import { createRequire } from 'node:module';
import Module from 'node:module';
import { join } from 'node:path';
import { checkout } from './packed.mjs';

const require = createRequire(import.meta.url);

/** n8n lets a package find what n8n brings by Node's search path; see its `LoadNodesAndCredentials`. */
function offerWhatN8nBrings() {
	process.env.NODE_PATH = join(checkout, 'node_modules');
	Module._initPaths();
}

async function loadedBy(loader) {
	await loader.loadAll();
	const { nodes, credentials } = loader.types;
	return { nodes: nodes.map(({ name }) => name).sort(), credentials: credentials.map(({ name }) => name).sort() };
}

const fileName = (path) => path.split('/').at(-1).split('.')[0];
const typeName = (path) => fileName(path).replace(/^./, (letter) => letter.toLowerCase());

/** The unpacked package loads as n8n loads it, also lazily: each node and credential of package.json, under its name. */
export async function load({ folder, manifest }) {
	offerWhatN8nBrings();
	require('reflect-metadata');
	const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = require('n8n-core');
	const wanted = {
		nodes: [...new Set(manifest.n8n.nodes.map(typeName))].sort(),
		credentials: manifest.n8n.credentials.map(typeName).sort(),
	};
	const faults = [];
	for (const Loader of [PackageDirectoryLoader, LazyPackageDirectoryLoader]) {
		const loaded = await loadedBy(new Loader(folder));
		for (const kind of ['nodes', 'credentials']) {
			const [is, must] = [[...new Set(loaded[kind])], wanted[kind]].map((names) => names.join(', '));
			const hasTools = is
				.split(', ')
				.filter((name) => !name.endsWith('Tool'))
				.join(', ');
			if (hasTools !== must) faults.push(`${Loader.name} finds the ${kind} ${is}, not ${must}`);
		}
	}
	return faults;
}
