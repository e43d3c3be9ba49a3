import { clearLine, cursorTo } from 'node:readline';

/**
 * What people see: whole lines, and in a terminal one line at the end that changes in place.
 *
 * @param {{ stream?: NodeJS.WriteStream, errorStream?: NodeJS.WriteStream, keep?: (line: string) => void, hide?: (text: string) => string }} [options]
 *   `keep` gets every whole line too; `hide` takes out what nobody may see.
 */
export function createScreen({
	stream = process.stdout,
	errorStream = process.stderr,
	keep = () => {},
	hide = (text) => text,
} = {}) {
	const changesInPlace = stream.isTTY === true && process.env.TERM !== 'dumb';
	let changing = false;

	const clear = () => {
		if (!changing) return;
		cursorTo(stream, 0);
		clearLine(stream, 0);
		changing = false;
	};

	const printTo = (target) => (text) => {
		clear();
		target.write(`${hide(text)}\n`);
		keep(hide(text));
	};

	return {
		changesInPlace,
		print: printTo(stream),
		printError: printTo(errorStream),
		/** Shows a line that the next one replaces. A longer one than fits would leave its beginning behind. */
		change: (text) => {
			clear();
			stream.write(hide(text).slice(0, (stream.columns || 80) - 1));
			changing = true;
		},
	};
}
