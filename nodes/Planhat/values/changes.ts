/** Which letters a text has; some share a bit. */
function lettersOf(text: string): number {
	let letters = 0;
	for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
	return letters;
}

/** Each change takes one letter away and puts one in, at most. */
function haveOthers(one: string, other: string, most: number): boolean {
	let differing = lettersOf(one) ^ lettersOf(other);
	let count = 0;
	for (; differing !== 0 && count <= 2 * most; count += 1) differing &= differing - 1;
	return count > 2 * most;
}

/**
 * How many letters must be changed, put in, left out or swapped with their neighbour to make one text of another.
 * @param most beyond which nobody wants to know how many: many texts are quickly told apart
 * @returns Infinity where it takes more
 */
export function changesBetween(one: string, other: string, most: number): number {
	if (Math.abs(one.length - other.length) > most || haveOthers(one, other, most)) return Infinity;
	let before: number[] = [];
	let last = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let i = 1; i <= one.length; i += 1) {
		const next = [i];
		let fewest = i;
		for (let j = 1; j <= other.length; j += 1) {
			const isSame = one[i - 1] === other[j - 1];
			const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
			const changes = Math.min(
				(last[j] ?? 0) + 1,
				(next[j - 1] ?? 0) + 1,
				(last[j - 1] ?? 0) + (isSame ? 0 : 1),
				isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity,
			);
			next[j] = changes;
			fewest = Math.min(fewest, changes);
		}
		// A swap looks back by one more line.
		if (fewest > most + 1) return Infinity;
		[before, last] = [last, next];
	}
	const changes = last[other.length] ?? 0;
	return changes > most ? Infinity : changes;
}
