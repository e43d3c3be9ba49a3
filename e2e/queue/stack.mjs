// n8n in queue mode: a main process, workers, a webhook process, and one Planhat with one quota for all of them.

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packBuilt } from '../../scripts/lib/checkout.mjs';
import { installN8n } from '../../scripts/lib/n8nInstall.mjs';
import { startN8n, startN8nProcess, waitUntilReady } from '../../scripts/lib/n8nServer.mjs';
import { planhatCredential } from '../../scripts/lib/planhatInN8n.mjs';
import { createProgress } from '../../scripts/lib/progress.mjs';
import { startPlanhatServer, world } from '../world.mjs';
import { startServices } from './services.mjs';

/** The minute of the node and of the double takes this many milliseconds. */
export const minute = 10_000;

const factor = 60_000 / minute;

/** Lets the node's clock run faster, so that its minute is short. Nothing else of the package is changed. */
async function scaleClock(packageFolder) {
	const file = join(packageFolder, 'dist/nodes/Planhat/quota/clock.js');
	const source = await readFile(file, 'utf8');
	const scaled = source
		.replace('now: () => performance.now()', `now: () => performance.now() * ${factor}`)
		.replace(/sleep\)\(milliseconds\)/, `sleep)(milliseconds / ${factor})`);
	if (scaled.split(String(factor)).length < 3) throw new Error(`The clock of the node could not be scaled: ${source}`);
	await writeFile(file, scaled);
}

/** @param {{ quota: number }} options Calls in a minute of all processes together. */
export async function startStack({ quota }) {
	const stops = [];
	const stop = async () => {
		for (const one of stops.reverse()) await one();
	};
	try {
		const progress = createProgress();
		const packed = await packBuilt(progress);
		stops.push(packed.remove);
		const services = await startServices();
		stops.push(services.stop);
		const planhat = await startPlanhatServer({
			quota: { callsPerMinute: quota, windowMilliseconds: minute },
		});
		stops.push(async () => await planhat.close());
		world.planhat = planhat;
		const environment = {
			...services.environment,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(12).toString('hex'),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
			N8N_PAYLOAD_SIZE_MAX: '64',
		};
		const installed = await installN8n({ progress });
		// The others wait for what main makes of the database.
		const main = await startN8n({ tarball: packed.tarball, environment, progress });
		stops.push(main.stop);
		world.n8n = main;
		const startPart = async (command) => {
			const part = await startN8nProcess({
				installed,
				tarball: packed.tarball,
				command,
				environment,
				alter: scaleClock,
			});
			stops.push(part.stop);
			const path = command === 'worker' ? '/healthz/readiness' : '/healthz';
			await progress.step(
				`Starting a ${command} process`,
				async () => await waitUntilReady(part.server, [`${part.address}${path}`]),
			);
			return part;
		};
		const [workers, webhook] = await Promise.all([
			Promise.all(['worker', 'worker'].map(startPart)),
			startPart('webhook'),
		]);
		const { name, type, data } = planhatCredential({ double: planhat });
		world.credential = await main.createCredential({ name, type, data: { ...data, callsPerMinute: quota } });
		return { main, workers, webhook, startPart, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
