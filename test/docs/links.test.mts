import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import { pages, paths, read, root, withoutCode } from './pages.mts';

interface Link {
	from: string;
	to: string;
}

const { homepage } = JSON.parse(read('scripts/verify/placeholders.json')) as { homepage: string };

/** What stands in the sources for where the pages are shown; the build puts the homepage of package.json there. */
const shownAt = `${homepage}/blob/HEAD/`;

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(path: string): string[] {
	const seen = new Map<string, number>();
	const headings = read(path)
		.replace(/^ *```[^]*?^ *```$/gm, '')
		.matchAll(/^#{1,6} (.+)$/gm);
	return [...headings].map(([, heading = '']) => {
		const slug = heading
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
			.replaceAll(' ', '-');
		const count = seen.get(slug) ?? 0;
		seen.set(slug, count + 1);
		return count === 0 ? slug : `${slug}-${count}`;
	});
}

/** What is wrong with a link to a file of the package, if anything. */
function faultOf({ from, to }: Link): string | undefined {
	const [file = '', anchor] = to.split('#');
	const path = file === '' ? from : posix.normalize(posix.join(posix.dirname(from), decodeURI(file)));
	if (!existsSync(join(root, path))) return `${from} links to ${to}: there is no ${path}`;
	if (anchor === undefined || anchorsOf(path).includes(anchor)) return undefined;
	return `${from} links to ${to}: ${path} has no heading for #${anchor}`;
}

const linksOfPages = pages.flatMap((from) =>
	[...withoutCode(read(from)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']): Link => ({ from, to })),
);

const sources = paths.filter((path) => /^(nodes|credentials|examples)\/.*\.(ts|json)$/.test(path));

/** Links from the editor, or from anywhere else by the full address. */
const linksOfSources = [...sources, ...pages].flatMap((from) =>
	[...read(from).matchAll(/https:\/\/github\.com\/n8n-nodes-planhat\/[^\s"'<>)`]*/g)].map(([to]): Link => ({
		from,
		to,
	})),
);

describe('links', () => {
	it('are found at all', () => {
		expect(linksOfPages.length).toBeGreaterThan(80);
		expect(linksOfSources.length).toBeGreaterThan(5);
	});

	it('between pages lead to a file, and to a heading where they name one', () => {
		const own = linksOfPages.filter(({ to }) => !/^[a-z]+:/.test(to));
		expect(own.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
	});

	it('from the editor lead to a page of the guide, at the address that the build puts the homepage of package.json for', () => {
		const own = linksOfSources.filter(({ from }) => !from.endsWith('.md'));
		expect(own.filter(({ to }) => !to.startsWith(`${shownAt}docs/guide/`))).toEqual([]);
		const named = own.map(({ to }) => ({ from: 'index.js', to: to.slice(shownAt.length) }));
		expect(named.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
	});

	it('to a heading that is not there are noticed', () => {
		expect(faultOf({ from: 'docs/guide/README.md', to: '../../README.md#no-such-heading' })).toContain('no heading');
		expect(faultOf({ from: 'docs/guide/README.md', to: 'nowhere.md' })).toContain('there is no docs/guide/nowhere.md');
	});
});

describe('pictures', () => {
	const pictures = paths.filter((path) => path.startsWith('docs/pictures/'));
	const taken = paths
		.filter((path) => path.startsWith('e2e/suites/'))
		.flatMap((path) => [...read(path).matchAll(/picture\(\s*page,\s*'([^']+)'/g)])
		.map(([, name = '']) => name);

	it('are each shown by a page', () => {
		const shown = linksOfPages.map(({ from, to }) => posix.normalize(posix.join(posix.dirname(from), to)));
		expect(pictures.filter((path) => !shown.includes(path))).toEqual([]);
	});

	it('are each taken for a page', () => {
		const kept = pictures.map((path) => posix.basename(path, '.png'));
		expect(taken.filter((name) => !kept.includes(name))).toEqual([]);
	});

	it('are each made by a test of the editor', () => {
		const names = pictures.map((path) => posix.basename(path, '.png'));
		expect(taken.length).toBeGreaterThan(8);
		expect(names.filter((name) => !taken.includes(name))).toEqual([]);
	});
});

describe('the guide', () => {
	const guide = pages.filter((path) => path.startsWith('docs/guide/') && !path.endsWith('README.md'));

	it.each(guide)('has %s in its index', (path) => {
		expect(read('docs/guide/README.md')).toContain(`](${posix.basename(path)})`);
	});
});
