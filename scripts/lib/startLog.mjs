import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Opens the log of a start, in the system's folder for temporary files, readable by nobody else. What is written is there
 * at once, however the start ends.
 *
 * @param {{ folder?: string, hide?: (text: string) => string }} [options] `hide` takes out what nobody may see.
 * @returns {{ file: string | undefined, write: (line: string) => void, remove: () => void }} Without a file where none
 *   can be made.
 */
export function openStartLog({ folder = tmpdir(), hide = (text) => text } = {}) {
	const time = new Date().toISOString().replace(/\W/g, '-').slice(0, 19);
	const file = join(folder, `n8n-nodes-planhat-start-${time}-${process.pid}.log`);
	const descriptor = openNew(file);
	if (descriptor === undefined) return { file: undefined, write: () => {}, remove: () => {} };
	let open = true;
	return {
		file,
		write: (line) => {
			if (!open) return;
			try {
				writeSync(descriptor, `${hide(line)}\n`);
			} catch {
				// A full disk is told by the step that it stops; the log must not hide that.
			}
		},
		remove: () => {
			if (!open) return;
			open = false;
			closeSync(descriptor);
			rmSync(file, { force: true });
		},
	};
}

function openNew(file) {
	try {
		return openSync(file, 'wx', 0o600);
	} catch {
		return undefined;
	}
}
