import { losesDigits } from './numbers';

/** A number that may have more digits than are kept, where a value may stand. Most texts have none. */
const longNumber = /(^|[:,[\s])(-?(?:\d[\d.]{15,}(?:e[+-]?\d+)?|\d[\d.]*e[+-]?\d{3,}))/gi;

/** Tells of places in a text of JSON, one behind the other, whether they stand between quotes. */
function quotesOf(text: string): (place: number) => boolean {
	let quote = text.indexOf('"');
	let isOpen = false;
	return (place) => {
		while (quote >= 0 && quote < place) {
			let before = quote;
			while (text[before - 1] === '\\') before -= 1;
			// A quote behind an odd number of backslashes belongs to the text.
			if ((quote - before) % 2 === 0) isOpen = !isOpen;
			quote = text.indexOf('"', quote + 1);
		}
		return isOpen;
	};
}

/** A text of JSON in which numbers of more digits than are kept are texts, so that none is lost. */
export function withLongNumbersAsText(text: string): string {
	const isQuoted = quotesOf(text);
	return text.replace(longNumber, (all: string, before: string, number: string, place: number) =>
		losesDigits(number) && !isQuoted(place + before.length) ? `${before}"${number}"` : all,
	);
}
