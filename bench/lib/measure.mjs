import { readFileSync } from 'node:fs';

/**
 * One line of the table.
 *
 * @typedef {{
 *   id: string, work: string, unit: string, ours: number[], beside: string, theirs: number[], note?: string,
 * }} Comparison `ours` and `theirs` are measured in turns, one of each in a round; `theirs` may also be one figure for all.
 *
 * @typedef {{ most?: number, least?: number, today?: number, because?: string }} Bar What the ratio is wanted to keep; where
 *   it does not, what it keeps today, and why it does not keep more.
 */

/** @type {Record<string, Bar>} By the id of a comparison. */
export const bars = JSON.parse(readFileSync(new URL('../bars.json', import.meta.url), 'utf8'));

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
 * The ratios of the rounds: ours by theirs.
 *
 * @param {Comparison} comparison
 */
export function ratiosOf({ ours, theirs }) {
	return ours.map((figure, round) => figure / (theirs[round] ?? theirs[0]));
}

/** @param {Comparison} comparison */
export function holdsWanted(comparison) {
	const { most = Infinity, least = 0 } = bars[comparison.id] ?? {};
	const ratio = median(ratiosOf(comparison));
	return ratio <= most && ratio >= least;
}

/**
 * Whether the ratio is as good as it is today; `slack` widens that: 1.5 lets it be half as far again. The best round of each
 * side counts: other work on the machine makes a round slower, and none faster.
 *
 * @param {Comparison} comparison
 * @param {number} slack
 */
export function holdsToday({ id, ours, theirs }, slack) {
	const { most, least, today } = bars[id] ?? {};
	if (least !== undefined) return Math.max(...ours) / Math.max(...theirs) >= (today ?? least) / slack;
	return Math.min(...ours) / Math.min(...theirs) <= (today ?? most ?? Infinity) * slack;
}
