import type { RecordedRequest } from '../planhat-server/index.mts';

/** How much of the quota was used, of 1 for all of it: a slot could be used again a minute after its request arrived. */
export function useOf(quota: number, minute: number, requests: readonly RecordedRequest[]): number {
	const cycles = requests.flatMap(({ arrivedAt }, index) => {
		const before = requests[index - quota];
		return before === undefined ? [] : [arrivedAt - before.arrivedAt];
	});
	return (minute * cycles.length) / cycles.reduce((sum, cycle) => sum + cycle, 0);
}
