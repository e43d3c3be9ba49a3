import { openSync, readSync } from 'node:fs';

export interface Figures {
	/** Milliseconds. */
	wall: number;
	/** Milliseconds of processor time, those of the garbage collector's threads included. */
	cpu: number;
	/** The longest time in which the event loop was held, in milliseconds. */
	block: number;
}

/** Milliseconds that the main thread was on a processor, which tells a busy event loop from a busy machine. Linux only. */
function threadTimer(): () => number {
	const bytes = Buffer.alloc(64);
	try {
		const file = openSync('/proc/self/schedstat', 'r');
		return () => Number(bytes.toString('latin1', 0, readSync(file, bytes, 0, 64, 0)).split(' ')[0]) / 1e6;
	} catch {
		return () => performance.now();
	}
}

const onProcessor = threadTimer();

/** Takes the time of a piece of work, what it costs this process, and the longest time in which it held the event loop. */
export async function timeWork(work: () => Promise<unknown>): Promise<Figures> {
	let last = { now: performance.now(), busy: onProcessor() };
	let block = 0;
	const look = () => {
		const at = { now: performance.now(), busy: onProcessor() };
		block = Math.max(block, Math.min(at.now - last.now, at.busy - last.busy) - 1);
		last = at;
	};
	const timer = setInterval(look, 1);
	const before = process.cpuUsage();
	const since = performance.now();
	await work();
	const wall = performance.now() - since;
	look();
	clearInterval(timer);
	const { user, system } = process.cpuUsage(before);
	return { wall, cpu: (user + system) / 1_000, block };
}
