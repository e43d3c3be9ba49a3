import { worked } from './watchEventLoop.mts';

/** The shortest of five tries, in milliseconds of work: whatever else the machine does only makes them longer. */
export function quickest(work: () => void): number {
	const tries = Array.from({ length: 5 }, () => {
		const before = worked();
		work();
		return worked() - before;
	});
	return Math.min(...tries);
}
