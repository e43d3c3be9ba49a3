/**
 * What the examples have left in the double, against what they are to leave: they delete what they create, unless they say
 * otherwise. One list of external IDs is looked at, so that all counts are of the same moment.
 *
 * @param {string[]} externalIds Of all companies; blank where one has none.
 * @param {Array<{ name: string, leaves?: { prefix: string, companies: number } }>} results Of the examples.
 * @param {number} companies That the double began with.
 * @returns {Array<{ what: string, asMany: string, count: number, wanted: number }>}
 */
export function countLeftBehind(externalIds, results, companies) {
	const left = results
		.filter(({ leaves }) => leaves)
		.map(({ name, leaves }) => ({
			what: `companies of "${name}"`,
			asMany: 'as it is to leave',
			count: externalIds.filter((externalId) => externalId.startsWith(leaves.prefix)).length,
			wanted: leaves.companies,
		}));
	const others = left.reduce((rest, { count }) => rest - count, externalIds.length);
	return [{ what: 'companies of its own', asMany: 'as before', count: others, wanted: companies }, ...left];
}

/** @param {ReturnType<typeof countLeftBehind>} counts */
export function describeLeftBehind(counts) {
	return [
		'\n  The test server itself was asked. It holds',
		...counts.map(
			({ what, asMany, count, wanted }) =>
				`  - ${count} ${what}, as many ${asMany}: ${count === wanted ? 'yes' : `no, that would be ${wanted}`}`,
		),
	].join('\n');
}

/** @param {ReturnType<typeof countLeftBehind>} counts */
export function faultsOfLeftBehind(counts) {
	return counts
		.filter(({ count, wanted }) => count !== wanted)
		.map(({ what, count, wanted }) => `the test server holds ${count} ${what} instead of ${wanted}`);
}
