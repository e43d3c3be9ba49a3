import { spawn, spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from './errors.mjs';

const firstLinesKept = 12;
const lastLinesKept = 28;
const onWindows = process.platform === 'win32';

/** Every process started here that has not ended yet. */
const running = new Set();

/** Once everything is being ended, nothing new may start. */
let ending = false;

let keepLine = () => {};

/**
 * From now on every line that a process started here writes goes to `keep` too, after the name of its program.
 *
 * @param {(line: string) => void} keep
 */
export function keepOutput(keep) {
	keepLine = keep;
}

/**
 * Starts a program in a process group of its own, so that it can be ended together with all that it starts.
 *
 * @param {string} command
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, onLine?: (line: string) => void }} [options]
 */
export function startProcess(command, parameters, { cwd, env = process.env, shell, onLine } = {}) {
	refuseWhenEnding();
	const child = spawn(command, parameters, {
		cwd,
		env,
		shell,
		detached: !onWindows,
		stdio: ['ignore', 'pipe', 'pipe'],
		windowsHide: true,
	});
	const name = [command, ...parameters.slice(0, 2)].map((part) => basename(part)).join(' ');
	const firstLines = [];
	const lastLines = [];
	let linesLeftOut = 0;
	for (const stream of [child.stdout, child.stderr]) {
		readLines(stream, (line) => {
			const kept = firstLines.length < firstLinesKept ? firstLines : lastLines;
			kept.push(line);
			if (lastLines.length > lastLinesKept) {
				lastLines.shift();
				linesLeftOut += 1;
			}
			onLine?.(line);
			keepLine(`${name}: ${line}`);
		});
	}

	const started = {
		pid: child.pid,
		/** Resolves when the process is gone and its output is read: exit code, signal or the error of the start. */
		ended: new Promise((resolve) => {
			child.once('error', (error) => resolve({ code: null, signal: null, error }));
			child.once('close', (code, signal) => resolve({ code, signal }));
		}),
		hasEnded: () => !running.has(started),
		/** What it wrote: the first lines, where many programs say what is wrong, and the last ones. */
		output: () =>
			[...firstLines, ...(linesLeftOut > 0 ? [`… (${linesLeftOut} more lines)`] : []), ...lastLines].join('\n'),
		/** Asks the process to end; after `graceMilliseconds` ends whatever is left of its group. */
		stop: async (graceMilliseconds = 10_000) => {
			if (child.pid === undefined) return;
			if (running.has(started)) {
				signalGroup(child.pid, 'SIGTERM');
				await Promise.race([started.ended, wait(graceMilliseconds, undefined, { ref: false })]);
			}
			signalGroup(child.pid, 'SIGKILL');
			await Promise.race([started.ended, wait(2_000, undefined, { ref: false })]);
		},
	};
	if (running.size === 0) {
		// Whatever ends us, an error included, must not leave processes behind. Nothing can be awaited at that point.
		process.off('exit', killEverythingNow);
		process.once('exit', killEverythingNow);
	}
	running.add(started);
	void started.ended.then(() => running.delete(started));
	return started;
}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, timeoutMilliseconds?: number }} [options]
 * @returns {Promise<{ succeeded: boolean, reason: string, output: string }>}
 */
export async function runToEnd(command, parameters, { timeoutMilliseconds, ...options } = {}) {
	const started = startProcess(command, parameters, options);
	let timedOut = false;
	const timer =
		timeoutMilliseconds &&
		setTimeout(() => {
			timedOut = true;
			void started.stop(2_000);
		}, timeoutMilliseconds);
	const { code, signal, error } = await started.ended;
	clearTimeout(timer);
	refuseWhenEnding();
	const reason = timedOut
		? `took longer than ${timeoutMilliseconds / 1000} s`
		: (error?.message ?? (signal ? `ended by ${signal}` : `exit code ${code}`));
	return { succeeded: code === 0 && !timedOut, reason, output: started.output() };
}

/**
 * Ends everything that was started here and is still running, for good: whoever waits for one of these processes, or
 * wants to start one more, gets an error.
 *
 * @param {number} [graceMilliseconds]
 */
export async function stopEverything(graceMilliseconds) {
	ending = true;
	await Promise.all([...running].map(async (started) => await started.stop(graceMilliseconds)));
}

/** Ends everything at once and waits for nothing. */
export function killEverythingNow() {
	for (const { pid } of running) if (pid !== undefined) signalGroup(pid, 'SIGKILL');
}

function refuseWhenEnding() {
	if (ending) throw new StartError('Everything that was started is being ended.', 'Start again.');
}

function signalGroup(pid, signal) {
	if (onWindows) {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch {
		// Nobody is left in the group: what was asked for is already so.
	}
}

function readLines(stream, onLine) {
	let rest = '';
	stream.setEncoding('utf8');
	stream.on('data', (text) => {
		const lines = (rest + text).split(/\r?\n/);
		rest = lines.pop() ?? '';
		lines.filter((line) => line.trim() !== '').forEach((line) => onLine(line));
	});
	stream.on('end', () => {
		if (rest.trim() !== '') onLine(rest);
	});
}
