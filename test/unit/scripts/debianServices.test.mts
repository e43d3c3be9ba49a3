import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MissingServices, requireServices } from '../../../scripts/lib/debianServices.mjs';

type Machine = NonNullable<Parameters<typeof requireServices>[0]>;
type Run = NonNullable<Machine['run']>;

let folder = '';
let commands: string[] = [];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-'));
	writeFileSync(join(folder, 'apt-get'), '');
	commands = [];
	jest.spyOn(console, 'log').mockImplementation(() => {});
});

afterEach(() => {
	jest.restoreAllMocks();
	rmSync(folder, { recursive: true, force: true });
});

const placesOf = () => ({
	postgres: join(folder, 'postgresql'),
	redis: [join(folder, 'redis-server')],
	installer: join(folder, 'apt-get'),
});

function provide(): void {
	mkdirSync(join(folder, 'postgresql', '15', 'bin'), { recursive: true });
	writeFileSync(join(folder, 'postgresql', '15', 'bin', 'initdb'), '');
	writeFileSync(join(folder, 'redis-server'), '');
}

/** A machine whose apt-get does this when it installs. */
function machine(mayInstall: boolean, installs: () => { succeeded: boolean; output: string }): Machine {
	const run = async (_command: string, [verb = '', ...rest]: string[]) => {
		commands.push([verb, ...rest].join(' '));
		return verb === 'install' ? installs() : { succeeded: true, output: '' };
	};
	return { where: placesOf(), mayInstall, run: run as unknown as Run };
}

const works = () => {
	provide();
	return { succeeded: true, output: '' };
};

describe('The services of queue mode', () => {
	it('are used where they are there, and nothing is installed', async () => {
		provide();
		const found = await requireServices(machine(true, works));
		expect(found).toEqual({ postgres: join(folder, 'postgresql', '15', 'bin'), redis: join(folder, 'redis-server') });
		expect(commands).toEqual([]);
	});

	it('are installed from Debian where they are missing and root asks', async () => {
		const { redis } = await requireServices(machine(true, works));
		expect(redis).toBe(join(folder, 'redis-server'));
		expect(commands).toEqual(['update', 'install -y --no-install-recommends postgresql redis-server']);
	});

	it('that cannot be installed are named in one sentence, with the reason', async () => {
		const asked = requireServices(
			machine(true, () => ({ succeeded: false, output: 'Reading…\nE: Unable to locate package redis-server\n' })),
		);
		await expect(asked).rejects.toThrow(
			new MissingServices(
				'This needs PostgreSQL and Redis: apt-get install postgresql redis-server (it was tried: E: Unable to locate package redis-server)',
			),
		);
	});

	it('are named where nobody may install them, and nothing is tried', async () => {
		await expect(requireServices(machine(false, works))).rejects.toThrow(
			/^This needs PostgreSQL and Redis: apt-get install postgresql redis-server$/,
		);
		expect(commands).toEqual([]);
	});
});
