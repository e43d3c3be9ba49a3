import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './errors.mjs';
import { runNpm } from './npm.mjs';
import { fetchWithNpm } from './registry.mjs';

/** The folder of the checkout, without a slash at its end. */
export const checkoutFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Installs what the checkout needs, when that has not happened since the lock file last changed.
 *
 * @param {ReturnType<import('./progress.mjs').createProgress>} progress
 */
export async function installWhatIsMissing(progress) {
	if (isInstalled()) return;
	await progress.step(
		'Installing what the package is built with',
		async (note) =>
			// Install scripts are left out: one of a development tool would compile for Node 24, and nothing here needs it.
			await fetchWithNpm(['ci', '--ignore-scripts'], {
				cwd: checkoutFolder,
				what: 'the tools that the package is built with',
				note,
			}),
	);
}

/**
 * Builds the package and packs it as it would be published.
 *
 * @param {ReturnType<import('./progress.mjs').createProgress>} progress
 * @returns {Promise<{ tarball: string, remove: () => Promise<void> }>}
 */
export async function buildAndPack(progress) {
	await progress.step('Building the package', async () => await runOrExplain(['run', 'build']));
	return await packBuilt(progress);
}

/**
 * Packs the package as it was built last.
 *
 * @param {ReturnType<import('./progress.mjs').createProgress>} progress
 * @returns {Promise<{ tarball: string, remove: () => Promise<void> }>}
 */
export async function packBuilt(progress) {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-pack-'));
	const remove = async () => await rm(folder, { recursive: true, force: true });
	try {
		await progress.step(
			'Packing the package',
			async () => await runOrExplain(['pack', '--ignore-scripts', '--pack-destination', folder]),
		);
		const name = readdirSync(folder).find((fileName) => fileName.endsWith('.tgz'));
		return { tarball: join(folder, name), remove };
	} catch (error) {
		await remove();
		throw error;
	}
}

async function runOrExplain(parameters) {
	const result = await runNpm(parameters, { cwd: checkoutFolder });
	if (result.succeeded) return;
	const [refused] = /\b(EROFS|EACCES|EPERM|ENOSPC)\b/.exec(result.output) ?? [];
	if (refused !== undefined) {
		throw new StartError(
			`"${checkoutFolder}" cannot be written to (${refused}), and the package is built there.`,
			'Copy this folder to a place with room, where you may write, and start again there.',
			{ details: result.output },
		);
	}
	throw new StartError(
		`"npm ${parameters[0] === 'run' ? parameters.join(' ') : parameters[0]}" failed (${result.reason}).`,
		'Mend what it complains about above; in an unchanged checkout, delete node_modules and start again.',
		{ details: result.output },
	);
}

/** npm writes its own note of what it installed; it is younger than the lock file when all is up to date. */
function isInstalled() {
	const note = join(checkoutFolder, 'node_modules', '.package-lock.json');
	const lock = join(checkoutFolder, 'package-lock.json');
	return existsSync(note) && (!existsSync(lock) || statSync(note).mtimeMs >= statSync(lock).mtimeMs);
}
