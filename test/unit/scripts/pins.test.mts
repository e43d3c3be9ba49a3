import { beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadPrebuilt, pinnedPrebuilds } from '../../../scripts/lib/nativeParts.mjs';
import { pinnedNodes, writeManifests } from '../../../scripts/lib/nodeRuntime.mjs';

const root = join(__dirname, '..', '..', '..');

describe('what npm start downloads and runs', () => {
	it.each(['package-lock.json', 'scripts/n8n/package-lock.json'])(
		'is pinned by hash, package by package: %s',
		(path) => {
			const { packages } = JSON.parse(readFileSync(join(root, path), 'utf8'));
			const installed = Object.entries<{ integrity?: string }>(packages).filter(([folder]) => folder !== '');
			expect(installed.length).toBeGreaterThan(1_000);
			expect(installed.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))).toEqual([]);
		},
	);

	it.each(Object.entries(pinnedNodes))('is pinned by hash: the Node for %s', (_platform, pinned) => {
		const folder = mkdtempSync(join(tmpdir(), 'node-'));
		return writeManifests(folder, pinned).then(() => {
			const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
			const { name, version, integrity } = pinned;
			expect(packages).toEqual({
				'': { dependencies: { [name]: version } },
				[`node_modules/${name}`]: { version, integrity },
			});
			expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/);
		});
	});

	it('is pinned by hash: prebuilt SQLite', () => {
		expect(Object.keys(pinnedPrebuilds).length).toBeGreaterThan(0);
		for (const hash of Object.values(pinnedPrebuilds)) expect(hash).toMatch(/^[\da-f]{64}$/);
	});
});

describe('a prebuilt SQLite', () => {
	let folder: string;
	let part: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'n8n-'));
		part = join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
	});

	/** Downloads and unpacks as prebuild-install does: its download folder is inside npm's cache. */
	const downloads = (files: Record<string, string>) => (_program: string, _parameters: string[], options?: object) => {
		const { npm_config_cache: cache = '' } = (options as { env: Record<string, string> }).env;
		mkdirSync(join(cache, '_prebuilds'), { recursive: true });
		for (const [name, content] of Object.entries(files)) writeFileSync(join(cache, '_prebuilds', name), content);
		mkdirSync(join(part, '..'), { recursive: true });
		writeFileSync(part, 'a program');
		return Promise.resolve({ succeeded: true, reason: '', output: '' });
	};

	const name = 'sqlite3-v5.1.7-napi-v6-linux-x64.tar.gz';
	const hash = createHash('sha256').update('the file').digest('hex');
	const download = async (files: Record<string, string>, pinned: string | undefined = hash) =>
		await downloadPrebuilt({ folder, node: { file: 'node' }, name, hash: pinned, run: downloads(files) });

	it('is taken when the file that was downloaded has the pinned hash', async () => {
		expect(await download({ [`0068db-${name}`]: 'the file' })).toBe(true);
		expect(existsSync(part)).toBe(true);
	});

	it.each([
		['has another hash', { [`0068db-${name}`]: 'another file' }],
		['was not downloaded, but came from elsewhere', {}],
		['is one of two', { [`0068db-${name}`]: 'the file', [`1111aa-${name}`]: 'the file' }],
	])('is removed before anything of it is run when it %s', async (_case, files: Record<string, string>) => {
		expect(await download(files)).toBe(false);
		expect(existsSync(part)).toBe(false);
	});

	it('is removed where no hash is pinned for it, whatever was downloaded', async () => {
		const other = { folder, node: { file: 'node' }, name: 'sqlite3-v9.9.9.tar.gz' };
		expect(await downloadPrebuilt({ ...other, run: downloads({ file: 'the file' }) })).toBe(false);
		expect(await downloadPrebuilt({ ...other, run: downloads({}) })).toBe(false);
		expect(existsSync(part)).toBe(false);
	});

	it('leaves no download behind', async () => {
		await download({ [`0068db-${name}`]: 'the file' });
		expect(existsSync(join(folder, 'downloads'))).toBe(false);
	});
});
