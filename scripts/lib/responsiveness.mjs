import { Worker } from 'node:worker_threads';

/**
 * Watches from a thread of its own how long n8n keeps a caller waiting: the longest wait is the longest time in which
 * n8n answered nobody.
 *
 * It asks one question at a time, each `intervalMilliseconds` after the last answer.
 *
 * @param {string} address Of n8n, as `startN8n` gives it.
 * @param {{ intervalMilliseconds?: number }} [options]
 * @returns {Promise<{ stop: () => Promise<Responsiveness> }>} Resolves with the first answer.
 *
 * @typedef {object} Responsiveness
 * @property {number} longestMilliseconds
 * @property {number} medianMilliseconds
 * @property {number} answers
 * @property {number} failures Questions that ended without an answer.
 * @property {number} observerLongestMilliseconds How long the watching thread itself was held up at worst. When it is
 *   near the longest wait, the machine was busy rather than n8n.
 */
export async function watchResponsiveness(address, { intervalMilliseconds = 10 } = {}) {
	const worker = new Worker(new URL('./responsivenessWorker.mjs', import.meta.url), {
		workerData: { url: `${address}/healthz`, intervalMilliseconds },
	});
	// Watching must not keep a program alive that has nothing else to do.
	worker.unref();
	await nextMessage(worker);
	return {
		stop: async () => {
			const result = nextMessage(worker);
			worker.postMessage('stop');
			const measured = await result;
			await worker.terminate();
			return measured;
		},
	};
}

async function nextMessage(worker) {
	return await new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.ref();
	});
}
