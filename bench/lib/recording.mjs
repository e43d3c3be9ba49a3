import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts the server of recorder.mjs in a process of its own.
 *
 * @param {number} companies That it holds.
 * @param {number} delay Milliseconds that it takes for a page of them.
 * @returns {Promise<{ address: string, stop: () => void }>}
 */
export async function startRecorder(companies, delay = 0) {
	const child = spawn(process.execPath, ['bench/lib/recorder.mjs', String(companies), String(delay)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	for await (const address of createInterface({ input: child.stdout })) return { address, stop: () => child.kill() };
	throw new Error('The recorder has not started');
}
