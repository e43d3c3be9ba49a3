import { beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedFolder } from '../../../scripts/lib/cacheFolder.mjs';

describe('the cache folder', () => {
	let cacheFolder: string;
	beforeEach(() => {
		cacheFolder = mkdtempSync(join(tmpdir(), 'cache-'));
	});

	const wanted = (changes = {}) => ({ cacheFolder, name: 'n8n', fingerprint: 'f1', gigabytes: 0, ...changes });
	const fill = (folder: string) => Promise.resolve(writeFileSync(join(folder, 'file'), 'filled'));

	it('is filled once, and anew when it was filled from something else', async () => {
		const folder = await cachedFolder(wanted(), fill);
		expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('filled');
		await cachedFolder(wanted(), () => Promise.reject(new Error('filled again')));
		await cachedFolder(wanted({ fingerprint: 'f2' }), (partial: string) =>
			Promise.resolve(writeFileSync(join(partial, 'file'), 'other')),
		);
		expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('other');
		expect(readdirSync(cacheFolder)).toEqual(['n8n']);
	});

	it('keeps what another start has put there meanwhile', async () => {
		const folder = await cachedFolder(wanted(), async () => {
			await cachedFolder(wanted({ name: 'other' }), fill);
			mkdirSync(join(cacheFolder, 'n8n'));
			writeFileSync(join(cacheFolder, 'n8n', 'complete.json'), '{"fingerprint":"f1"}');
			writeFileSync(join(cacheFolder, 'n8n', 'file'), 'of the other start');
		});
		expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('of the other start');
	});

	it.each([
		['EROFS', 'it is on a disk that can only be read (EROFS).'],
		['EACCES', 'your account lacks the right (EACCES).'],
		['EPERM', 'the system does not allow it (EPERM).'],
		['ENOSPC', 'no space is left on the disk (ENOSPC).'],
		['EIO', 'the system refused (EIO).'],
	])('ends in words when the system refuses to write: %s', async (code, why) => {
		const refused = Object.assign(new Error(`${code}: refused, mkdir '/x'`), { code, path: '/x' });
		const told = cachedFolder(wanted(), () => Promise.reject(refused));
		await expect(told).rejects.toMatchObject({
			name: 'StartError',
			message: `The cache folder "${cacheFolder}" cannot be written to: ${why}`,
			advice: expect.stringContaining('PLANHAT_N8N_CACHE'),
		});
	});

	it('ends in words when it is a file, or inside one', async () => {
		const file = join(cacheFolder, 'a-file');
		writeFileSync(file, '');
		for (const path of [file, join(file, 'folder')]) {
			await expect(cachedFolder(wanted({ cacheFolder: path }), fill)).rejects.toMatchObject({
				name: 'StartError',
				message: expect.stringContaining(`The cache folder "${path}" cannot be written to`),
			});
		}
	});

	it('leaves other errors as they are', async () => {
		const error = new Error('of the work itself');
		await expect(cachedFolder(wanted(), () => Promise.reject(error))).rejects.toBe(error);
		expect(readdirSync(cacheFolder)).toEqual([]);
	});
});
