// The watching half of responsiveness.mjs.

import { Agent, get } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { url, intervalMilliseconds } = workerData;
const nanosecondsPerMillisecond = 1e6;
const resolution = 5;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const waits = [];
let failures = 0;
let stopped = false;
parentPort.once('message', () => {
	stopped = true;
});

async function ask() {
	const asked = performance.now();
	const answered = await new Promise((resolve) => {
		get(url, { agent }, (response) => {
			response.resume();
			response.once('end', () => resolve(true));
			response.once('error', () => resolve(false));
		}).once('error', () => resolve(false));
	});
	if (answered) waits.push(performance.now() - asked);
	else failures += 1;
}

// The first question opens the connection and loads code: it is not what is to be measured.
await ask();
waits.length = 0;
failures = 0;
const ownDelay = monitorEventLoopDelay({ resolution });
ownDelay.enable();
parentPort.postMessage('watching');

while (!stopped) {
	await ask();
	await wait(intervalMilliseconds);
}

ownDelay.disable();
const sorted = waits.sort((one, other) => one - other);
parentPort.postMessage({
	longestMilliseconds: sorted.at(-1) ?? 0,
	medianMilliseconds: sorted[Math.floor(sorted.length / 2)] ?? 0,
	answers: sorted.length,
	failures,
	observerLongestMilliseconds: Math.max(0, ownDelay.max / nanosecondsPerMillisecond - resolution),
});
agent.destroy();
