import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { npm } from './packed.mjs';

/**
 * Installs the tarball as n8n does, which takes out development and peer dependencies first: nothing else may come along, so that
 * there is nothing else to be audited.
 */
export async function install({ folder, manifest }) {
	const rest = Object.fromEntries(Object.entries(manifest).filter(([name]) => !/^(dev|peer)Dependencies$/.test(name)));
	const target = join(dirname(folder), 'installed');
	await mkdir(target);
	await writeFile(join(target, 'package.json'), JSON.stringify(rest));
	try {
		await npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'], target);
	} catch ({ stderr }) {
		return [`npm would have to fetch something: ${stderr.trim().split('\n')[0]}`];
	}
	const installed = await readdir(join(target, 'node_modules')).catch(() => []);
	return installed
		.filter((name) => !name.startsWith('.'))
		.map((name) => `${name} would be installed beside the package`);
}
