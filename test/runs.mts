/** How often a property is tried: so often in a usual run, and 10,000 times by `npm run fuzz`. */
export function runs(usual: number): number {
	return Number(process.env.FUZZ_RUNS ?? usual);
}
