import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { PlanhatServer } from '../../../planhat-server/index.mts';
import { startFilled } from './doubleFilled.mts';

const journal = 'planhat-check-journal.jsonl';

let server: PlanhatServer;
let folder: string;

beforeEach(async () => {
	server = await startFilled();
	folder = mkdtempSync(join(tmpdir(), 'check-'));
	// What the check reads of the checkout, so that what it writes does not land there.
	for (const name of ['test', 'package.json']) symlinkSync(resolve(name), join(folder, name));
});

afterEach(async () => {
	await server.close();
	rmSync(folder, { recursive: true });
});

function start(options: string[], token = server.apiToken) {
	const loader = ['--import', resolve('node_modules/tsx/dist/loader.mjs')];
	const args = [...loader, resolve('scripts/checkPlanhat.mts'), ...options];
	const env = {
		...process.env,
		PLANHAT_API_TOKEN: token,
		PLANHAT_TENANT_TOKEN: server.tenantToken,
		PLANHAT_BASE_URL: server.baseUrl,
		PLANHAT_ANALYTICS_URL: server.analyticsUrl,
	};
	const child = spawn(process.execPath, args, { cwd: folder, env });
	const output: string[] = [];
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(String(data)));
	return { child, output, ended: once(child, 'close') };
}

const paths = ['companies', 'assets', 'endusers', 'conversations', 'customfields', 'timeentries', 'dimensiondata'];
const contents = () => paths.map((path) => server.records(path));

describe('npm run check:planhat', () => {
	it('explains itself without a token, and ends with 2', async () => {
		const { ended, output } = start([], '');
		expect((await ended)[0]).toBe(2);
		expect(output.join('')).toContain('rights to create, update and delete');
	}, 30_000);

	it('writes a table and a report without token and address', async () => {
		const { ended, output } = start([]);
		expect((await ended)[0]).toBe(0);
		expect(output.join('')).toMatch(/sort-by-time +held/);
		const report = readFileSync(join(folder, 'planhat-report.json'), 'utf8');
		expect(report).not.toContain(server.apiToken);
		expect(report).not.toContain(new URL(server.baseUrl).host);
	}, 30_000);

	it.each([
		[1, /^\/(companies|assets)/],
		[4, /^\/(companies|assets)/],
		[9, /^\/(companies|assets)/],
		[1, /^\/customfields/],
		[2, /^\/tickets/],
		[1, /^\/timeentries/],
		[2, /^\/timeentries/],
	] as const)(
		'leaves nothing of its own when it is killed at write %i of %s and then cleaned up after',
		async (after, path) => {
			const before = contents();
			const hangs = server.order({
				path,
				body: (body) => body !== undefined,
				neverEnds: 'beforeHeaders',
				after: after - 1,
			});
			const { child, ended } = start(['--write']);
			while (hangs.served === 0) await new Promise((wake) => setTimeout(wake, 50));
			child.kill('SIGKILL');
			await ended;
			expect(contents()).not.toEqual(before);
			expect(existsSync(join(folder, journal))).toBe(true);

			const again = start(['--write']);
			expect((await again.ended)[0]).toBe(1);
			expect(again.output.join('')).toContain('Run with --clean first');

			const cleaning = start(['--clean']);
			expect((await cleaning.ended)[0]).toBe(0);
			expect(contents()).toEqual(before);
			expect(existsSync(join(folder, journal))).toBe(false);
		},
		60_000,
	);
});
