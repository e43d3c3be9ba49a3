import { describe, expect, it } from '@jest/globals';

import { pages, read } from './pages.mts';

interface Section {
	page: string;
	heading: string;
	text: string;
}

const guide = pages.filter((path) => path === 'README.md' || path.startsWith('docs/guide/'));

function sectionsOf(page: string): Section[] {
	return read(page)
		.split(/^(?=## )/m)
		.map((text) => ({ page, heading: /^## (.+)$/m.exec(text)?.[1] ?? '', text }));
}

/** Steps in Planhat, in a terminal, or in nodes of n8n's own, which no test of the editor goes. */
const elsewhere = ['Create a token in Planhat', 'Install', 'Repeated and late calls'];

const withSteps = guide
	.flatMap(sectionsOf)
	.filter(({ heading, text }) => /^1\. /m.test(text) && !elsewhere.includes(heading));

/** The tests that a section names, by the path of their file and their title. */
function testsOf({ text }: Section): Array<{ file: string; title: string }> {
	return [...text.matchAll(/<!-- Steps: `(e2e\/[\w/]+) › ([^`]+)` -->/g)].map(([, file = '', title = '']) => ({
		file: `${file}.mjs`,
		title,
	}));
}

/** Actions of the nodes panel that the steps of a section name, such as "Get many companies". */
function actionsOf({ text }: Section): string[] {
	return [...text.matchAll(/^\d+\. .*(?:\n {3}.*)*/gm)].flatMap(([step]) =>
		[...step.matchAll(/actions?,? (?:such as )?"([^"]+)"/g)].map(([, action = '']) => action),
	);
}

describe('the steps of the guide', () => {
	it('are found at all', () => {
		expect(withSteps.length).toBeGreaterThan(6);
		expect(withSteps.flatMap(actionsOf).length).toBeGreaterThan(3);
	});

	it.each(withSteps)('are those of a test of the editor: $page, $heading', (section) => {
		const tests = testsOf(section);
		expect(tests).not.toEqual([]);
		for (const { file, title } of tests) expect(read(file)).toContain(`'${title}'`);
	});

	it.each(withSteps.filter((section) => actionsOf(section).length > 0))(
		'choose the action that the test chooses: $page, $heading',
		(section) => {
			const sources = testsOf(section).map(({ file }) => read(file));
			expect(actionsOf(section).filter((action) => !sources.some((text) => text.includes(`'${action}'`)))).toEqual([]);
		},
	);
});
