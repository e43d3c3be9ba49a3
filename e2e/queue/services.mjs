// PostgreSQL and Redis from Debian's packages, on loopback with data folders of their own.

import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireServices } from '../../scripts/lib/debianServices.mjs';
import { findFreePorts } from '../../scripts/lib/ports.mjs';
import { startProcess } from '../../scripts/lib/processes.mjs';
import { startPostgres } from '../postgres.mjs';
import { until } from '../world.mjs';

async function answers(port) {
	return await new Promise((resolve) => {
		const socket = connect({ port, host: '127.0.0.1' }, () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

/**
 * Starts both. They end with this process, whoever ends it.
 *
 * @returns {Promise<{ environment: Record<string, string>, stop: () => Promise<void> }>}
 */
export async function startServices() {
	const { redis } = await requireServices();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-services-'));
	const [postgresPort, redisPort] = await findFreePorts(2);
	const started = [];
	const stop = async () => {
		await Promise.all(started.map(async (server) => await server.stop(5_000)));
		await rm(folder, { recursive: true, force: true });
	};
	try {
		started.push(
			startProcess(redis, ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
				cwd: folder,
			}),
		);
		started.push(await startPostgres(folder, postgresPort));
		await until(async () => await answers(redisPort), 'The start of Redis', 100);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'trusted',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
		},
		stop,
	};
}
