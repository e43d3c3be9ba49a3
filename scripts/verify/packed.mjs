import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const run = promisify(execFile);

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

export const posix = (path) => path.replaceAll('\\', '/');

/** Runs npm, which is a script on Windows and needs a shell there. */
export async function npm(args, cwd) {
	const isWindows = process.platform === 'win32';
	return await run(isWindows ? 'npm.cmd' : 'npm', args, { cwd, shell: isWindows, maxBuffer: 32 * 1024 * 1024 });
}

/**
 * Packs the built package as it would be published, and unpacks it into a folder that is removed afterwards.
 *
 * @template T
 * @param {(packed: {
 *   folder: string, tarball: string, paths: string[], manifest: Record<string, any>, bytes: number,
 * }) => Promise<T>} work `folder` holds what was unpacked; `bytes` is its size there.
 * @returns {Promise<T>}
 */
export async function withPackedPackage(work) {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-check-'));
	try {
		const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], checkout);
		const [packed] = Object.values(JSON.parse(stdout));
		await run('tar', ['-xzf', packed.filename], { cwd: folder });
		const unpacked = join(folder, 'package');
		return await work({
			folder: unpacked,
			tarball: join(folder, packed.filename),
			paths: packed.files.map(({ path }) => posix(path)),
			manifest: JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')),
			bytes: packed.unpackedSize,
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
