import { describe, expect, it } from '@jest/globals';

import { codeTexts } from './codeTexts.mts';
import { pages, read, stickyNotes, withoutCode } from './pages.mts';

interface Term {
	term: string;
	anywhere: string[];
	forUsers: string[];
}

/** The table of terms in CONTRIBUTING: what a thing is called, and what it is not called. */
const [table = ''] = /^\| Term [^]*?\n\n/m.exec(read('CONTRIBUTING.md')) ?? [];
const terms = table
	.trim()
	.split('\n')
	.slice(2)
	.map((line): Term => {
		const [term = '', , anywhere = '', forUsers = ''] = line
			.split('|')
			.slice(1)
			.map((cell) => cell.trim());
		return { term, anywhere: wordsIn(anywhere), forUsers: wordsIn(forUsers) };
	});

function wordsIn(cell: string): string[] {
	return cell.split(', ').filter((word) => word !== '');
}

/** What n8n itself writes on the screen, in bold as all labels. */
const labelsOfN8n = /\*\*Let the model define this parameter\*\*/g;

interface Text {
	where: string;
	text: string;
}

const guide = pages.filter((path) => path === 'README.md' || path.startsWith('docs/guide/'));

const forUsers: Text[] = [
	...guide.map((path) => ({ where: path, text: withoutCode(read(path)).replace(labelsOfN8n, '') })),
	...stickyNotes().map(({ path, text }) => ({ where: path, text: withoutCode(text) })),
	...codeTexts(),
];

/** The changelog tells what was, and may quote it. */
const forDevelopers: Text[] = pages
	.filter((path) => !guide.includes(path) && path !== 'CHANGELOG.md' && path !== 'LICENSE.md')
	.map((path) => ({ where: path, text: withoutCode(read(path).replace(table, '')) }));

/** Where a word stands, with what is around it. */
function found(word: string, texts: readonly Text[]): string[] {
	const pattern = new RegExp(`.{0,40}(?<![\\w-])${word.replaceAll(' ', '\\s+')}(?![\\w-]).{0,40}`, 'gi');
	return texts.flatMap(({ where, text }) => [...text.matchAll(pattern)].map(([said]) => `${where}: ${said}`));
}

describe('the terms of CONTRIBUTING', () => {
	it('are read from its table', () => {
		expect(terms.length).toBeGreaterThan(20);
		expect(terms.flatMap(({ anywhere }) => anywhere)).toContain('without a word');
	});

	it.each(terms.filter(({ anywhere }) => anywhere.length > 0))(
		'are used in place of others everywhere: $term',
		({ anywhere }) => {
			expect(anywhere.flatMap((word) => found(word, [...forUsers, ...forDevelopers]))).toEqual([]);
		},
	);

	it.each(terms.filter((term) => term.forUsers.length > 0))(
		'are used in place of others in what users read: $term',
		(term) => {
			expect(term.forUsers.flatMap((word) => found(word, forUsers))).toEqual([]);
		},
	);

	it('are looked for in panels, errors and hints too', () => {
		const said = codeTexts().map(({ text }) => text);
		expect(said).toContain('Whether to return all results or only up to a given limit');
		expect(said.length).toBeGreaterThan(400);
	});

	it('a word that was replaced is found, also over the end of a line', () => {
		expect(found('without a word', [{ where: 'here', text: 'drops it without\na word' }])).toHaveLength(1);
	});
});
