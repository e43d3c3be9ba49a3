// PostgreSQL from Debian's packages, on loopback with a data folder of its own.

import { chownSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../scripts/lib/debianServices.mjs';
import { findFreePorts } from '../scripts/lib/ports.mjs';
import { runToEnd, startProcess } from '../scripts/lib/processes.mjs';
import { until } from './world.mjs';

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root. */
function asPostgres(command, parameters) {
	if (!isRoot) return [command, parameters];
	return ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...parameters]];
}

/**
 * Starts a server whose user n8n may do everything, and waits until it answers.
 *
 * @param {string} folder Of its data.
 * @param {number} port
 */
export async function startPostgres(folder, port) {
	const programs = findPostgres();
	const data = join(folder, 'postgres');
	if (isRoot) {
		const { output } = await runToEnd('id', ['-u', 'postgres']);
		chownSync(folder, Number(output), Number(output));
	}
	const initdb = ['-D', data, '-U', 'n8n', '--auth=trust', '--encoding=UTF8', '--no-sync'];
	const made = await runToEnd(...asPostgres(join(programs, 'initdb'), initdb), { cwd: '/' });
	if (!made.succeeded) throw new Error(`PostgreSQL's data folder could not be made: ${made.output}`);
	const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=200'];
	const server = startProcess(
		...asPostgres(join(programs, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, ...settings]),
		{ cwd: '/' },
	);
	// It answers before its database is there.
	const isThere = async () =>
		(await runToEnd(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)])).succeeded;
	await until(isThere, 'The start of PostgreSQL', 200);
	return server;
}

/**
 * Starts a PostgreSQL of its own, where it is installed; it ends with this process, whoever ends it.
 *
 * @returns {Promise<{
 *   connection: { host: string, port: number, database: string, user: string, password: string },
 *   run: (sql: string) => Promise<void>,
 *   rows: (query: string) => Promise<Array<Record<string, unknown>>>,
 *   stop: () => Promise<void>,
 * }>}
 */
export async function startDatabase() {
	const programs = findPostgres();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-postgres-'));
	const [port] = await findFreePorts(1);
	const server = await startPostgres(folder, port);
	const psql = async (sql) => {
		const where = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', '-d', 'postgres'];
		const done = await runToEnd(join(programs, 'psql'), [
			'-X',
			'-q',
			'-A',
			'-t',
			'-v',
			'ON_ERROR_STOP=1',
			...where,
			'-c',
			sql,
		]);
		if (!done.succeeded) throw new Error(`PostgreSQL refused "${sql}": ${done.output}`);
		return done.output.trim();
	};
	return {
		connection: { host: '127.0.0.1', port, database: 'postgres', user: 'n8n', password: 'trusted' },
		run: async (sql) => void (await psql(sql)),
		rows: async (query) => JSON.parse(await psql(`SELECT coalesce(jsonb_agg(one), '[]') FROM (${query}) AS one`)),
		stop: async () => {
			await server.stop(5_000);
			await rm(folder, { recursive: true, force: true });
		},
	};
}
