/** The time that this process has worked, in milliseconds: on a machine that does other things too, a clock tells less. */
export function worked(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

/**
 * Watches how long the event loop is held.
 * @returns a function that ends it and tells the longest work in which a timer could not run, in milliseconds
 */
export function watchEventLoop(): () => number {
	let last = worked();
	let longest = 0;
	const note = () => {
		longest = Math.max(longest, worked() - last);
		last = worked();
	};
	const timer = setInterval(note, 1);
	return () => {
		clearInterval(timer);
		note();
		return longest;
	};
}
