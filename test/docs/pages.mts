import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

const ignored = new Set(['node_modules', 'dist', '.git', 'coverage']);

/** Paths of all files below a folder, from the root of the package on. */
function filesBelow(folder: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (ignored.has(entry.name)) return [];
		return entry.isDirectory() ? filesBelow(path) : [path];
	});
}

export const paths = filesBelow('');

export const pages = paths.filter((path) => path.endsWith('.md'));

export function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** A page without its code. */
export function withoutCode(text: string): string {
	return text.replace(/^ *```[^]*?^ *```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The notes of the example workflows: what is written on their canvas. */
export function stickyNotes(): Array<{ path: string; text: string }> {
	const examples = paths.filter((path) => /^examples\/[^/]+\.json$/.test(path));
	return examples.flatMap((path) => {
		const { nodes } = JSON.parse(read(path)) as { nodes: Array<{ type: string; parameters: { content?: string } }> };
		return nodes
			.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
			.map(({ parameters }) => ({ path, text: parameters.content ?? '' }));
	});
}
