const tagStart = /[a-z/!]/i;

/** Elements whose content is nothing to read. */
const unread = ['style', 'script'];

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
	const nextOpen = finder(text, '<');
	const nextClose = finder(text, '>');
	const nextEnd = unread.map((name) => ({ name, find: finder(lower, `</${name}>`) }));
	const parts: string[] = [];
	let from = 0;
	for (let open = nextOpen(0); open < text.length; open = nextOpen(Math.max(from, open + 1))) {
		if (!tagStart.test(text.charAt(open + 1))) continue;
		const element = nextEnd.find(({ name }) => new RegExp(`^${name}\\b`).test(lower.slice(open + 1, open + 8)));
		const end = element?.find(open) ?? Infinity;
		const close = nextClose(open);
		const isTag = close < nextOpen(open + 1);
		if (end === Infinity && !isTag) continue;
		parts.push(text.slice(from, open));
		from = end === Infinity ? close + 1 : end + `</${element?.name ?? ''}>`.length;
	}
	parts.push(text.slice(from));
	return parts.join(' ');
}
