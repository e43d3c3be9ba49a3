/** Where a text is found next; each search goes on where the last one ended, so that all of them together read once. */
function finder(text: string, wanted: string): (from: number) => number {
	let found = -1;
	return (from) => {
		if (found < from) {
			const next = text.indexOf(wanted, from);
			found = next < 0 ? Infinity : next;
		}
		return found;
	};
}

/**
 * Takes the tags of HTML out of a text, and what stands within `style` and `script`. The time that it takes grows with the
 * length of the text and no faster, whatever the text holds.
 * @param text of an answer, such as a page of a proxy
 */
export function plainText(text: string): string {
	if (!text.includes('<')) return text;
	const lower = text.toLowerCase();
	const ends = { style: finder(lower, '</style>'), script: finder(lower, '</script>') };
	const nextOpen = finder(text, '<');
	const nextClose = finder(text, '>');
	const opening = /<(?:(style|script)\b|[a-z/!])/g;
	const parts: string[] = [];
	let from = 0;
	for (let found = opening.exec(lower); found !== null; found = opening.exec(lower)) {
		const { index, 1: name } = found;
		const end = name === 'style' || name === 'script' ? ends[name](index) : Infinity;
		const close = nextClose(index);
		if (end === Infinity && close > nextOpen(index + 1)) continue;
		if (end === Infinity && close === Infinity) break;
		parts.push(text.slice(from, index));
		from = end === Infinity ? close + 1 : end + `</${name ?? ''}>`.length;
		opening.lastIndex = from;
	}
	parts.push(text.slice(from));
	return parts.join(' ');
}
