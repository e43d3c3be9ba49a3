import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts the server of recorder.mjs in a process of its own.
 *
 * @param {number} companies That it holds.
 * @returns {Promise<{ address: string, stop: () => void }>}
 */
export async function startRecorder(companies) {
	const child = spawn(process.execPath, ['bench/lib/recorder.mjs', String(companies)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	for await (const address of createInterface({ input: child.stdout })) return { address, stop: () => child.kill() };
	throw new Error('The recorder has not started');
}
