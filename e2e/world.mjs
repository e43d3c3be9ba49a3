import { setTimeout as wait } from 'node:timers/promises';
import { tsImport } from 'tsx/esm/api';
import { packBuilt } from '../scripts/lib/checkout.mjs';
import { startN8n } from '../scripts/lib/n8nServer.mjs';
import { planhatCredential, requireNodeType } from '../scripts/lib/planhatInN8n.mjs';
import { stopEverything } from '../scripts/lib/processes.mjs';
import { createProgress } from '../scripts/lib/progress.mjs';

const { startPlanhatServer } = await tsImport('../test/planhat-server/index.mts', import.meta.url);
const { fillWithSampleData } = await tsImport('../test/planhat-server/dataset.mts', import.meta.url);

export { fillWithSampleData, startPlanhatServer };

/**
 * What all tests share; filled by `openWorld`.
 *
 * @type {{
 *   n8n: Awaited<ReturnType<typeof startN8n>>,
 *   planhat: import('../test/planhat-server/index.mts').PlanhatServer,
 *   credential: { id: string, name: string },
 * }}
 */
export const world = {};

/**
 * Starts the test double in this process, where tests see what it recorded, and n8n with the package as it was built.
 *
 * @param {{ version?: string, environment?: Record<string, string> }} [options] Another n8n than the pinned one; settings for it.
 */
export async function openWorld({ version, environment } = {}) {
	const progress = createProgress();
	const packed = await packBuilt(progress);
	try {
		world.planhat = await startPlanhatServer();
		world.n8n = await startN8n({ tarball: packed.tarball, version, environment, progress });
		await requireNodeType(world.n8n);
		world.credential = await storeCredential();
	} catch (error) {
		await closeWorld();
		throw error;
	} finally {
		await packed.remove();
	}
}

/** Ends what `openWorld` started; a moment later ends this process, should something still keep it alive. */
export async function closeWorld() {
	setTimeout(() => process.exit(), 10_000).unref();
	await world.n8n?.stop();
	await world.planhat?.close();
	await stopEverything(1_000);
}

/**
 * Ends this process and what it started after so many minutes, or when it is told to end.
 *
 * @param {number} minutes
 */
export function limitTime(minutes) {
	const timer = setTimeout(() => {
		console.error(`Not finished after ${minutes} minutes: given up.`);
		process.exit(1);
	}, minutes * 60_000);
	timer.unref();
	// Leaving by `exit` ends the processes that scripts/lib/processes.mjs knows of; a bare signal would leave them behind.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
}

/**
 * Stores a credential for the test double in n8n; without pacing unless told otherwise.
 *
 * @param {Record<string, unknown>} [changes] Fields that differ.
 * @param {{ double?: { baseUrl: string, analyticsUrl: string, apiToken: string, tenantToken: string }, name?: string }} [options]
 */
export async function storeCredential(changes = {}, { double = world.planhat, name } = {}) {
	const { name: usual, type, data } = planhatCredential({ double });
	return await world.n8n.createCredential({
		name: name ?? usual,
		type,
		data: { ...data, callsPerMinute: 0, ...changes },
	});
}

/**
 * Waits until something is so; fails after a minute.
 *
 * @param {() => unknown} isSo
 * @param {string} what
 * @param {number} [intervalMilliseconds] Between two looks.
 */
export async function until(isSo, what, intervalMilliseconds = 20) {
	const deadline = Date.now() + 60_000;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`${what}: not within a minute`);
		await wait(intervalMilliseconds);
	}
}
