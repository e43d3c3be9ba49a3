/**
 * One line of the table.
 *
 * @typedef {{
 *   work: string, unit: string, ours: number[], beside: string, theirs: number[],
 *   bar?: { most?: number, least?: number }, note?: string,
 * }} Comparison `ours` and `theirs` are measured in turns, one of each in a round; `bar` is what the ratio must keep.
 */

/**
 * Measures two ways in turns, so that what else the machine does disturbs both alike.
 *
 * @param {number} rounds
 * @param {() => Promise<number>} ours
 * @param {() => Promise<number>} theirs
 * @returns {Promise<{ ours: number[], theirs: number[] }>}
 */
export async function inTurns(rounds, ours, theirs) {
	const measured = { ours: [], theirs: [] };
	for (let round = 0; round < rounds; round += 1) {
		const ways = [
			['ours', ours],
			['theirs', theirs],
		];
		for (const [name, measure] of round % 2 === 0 ? ways : ways.toReversed()) measured[name].push(await measure());
	}
	return measured;
}

/** @param {number[]} numbers */
export function median(numbers) {
	const sorted = numbers.toSorted((one, other) => one - other);
	return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/**
 * The median of the rounds' ratios: ours by theirs, which may also be one figure for all rounds.
 *
 * @param {Comparison} comparison
 */
export function ratioOf({ ours, theirs }) {
	return median(ours.map((figure, round) => figure / (theirs[round] ?? theirs[0])));
}

/**
 * Whether the ratio keeps its bar; `slack` widens it: 1.5 lets a ratio be half as far again.
 *
 * @param {Comparison} comparison
 * @param {number} [slack]
 */
export function keepsBar(comparison, slack = 1) {
	const { most = Infinity, least = 0 } = comparison.bar ?? {};
	const ratio = ratioOf(comparison);
	return ratio <= most * slack && ratio >= least / slack;
}
