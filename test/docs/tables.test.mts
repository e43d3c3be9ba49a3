import { expect, it } from '@jest/globals';

import { pages, read } from './pages.mts';
import { tables, withTables } from './tables.mts';

/** A page without what Prettier adds to its tables. */
function plain(text: string): string {
	return text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').replace(/:-+:/g, ':-:');
}

it.each(Object.keys(tables))('%s holds the tables that the code makes (npm run docs:tables)', (path) => {
	const text = read(path);
	expect(plain(withTables(path, text))).toBe(plain(text));
});

it('a page that lacks the place of a table is refused', () => {
	expect(() => withTables('README.md', '# Nothing')).toThrow("README.md has no place for 'operations'");
});

it('README has at most 12 kB', () => {
	expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(12_000);
});

it.each(pages.filter((path) => path.startsWith('docs/guide/')))('%s has at most 15 kB', (path) => {
	expect(Buffer.byteLength(read(path))).toBeLessThanOrEqual(15_000);
});
