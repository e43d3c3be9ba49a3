import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout, npm } from './packed.mjs';

const folder = join(checkout, 'scripts/verify/tools');

/**
 * The address of a module among the tools that only these checks use; installs them first where they are missing.
 *
 * @param {string} path below `node_modules`
 * @returns {Promise<string>}
 */
export async function toolFile(path) {
	const file = join(folder, 'node_modules', path);
	if (!existsSync(file)) await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
	return pathToFileURL(file).href;
}
