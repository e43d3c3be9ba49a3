import { expect, it } from '@jest/globals';

import { pages, read } from './pages.mts';

/** Tests that pages name: those of promises, and those that go the steps of the guide. */
const promised = pages
	.filter((path) => path.startsWith('docs/'))
	.flatMap((path) => [...read(path).matchAll(/`(unit|engine|e2e)\/([\w/]+) › ([^`]+)`/g)])
	.map(([, kind = '', file = '', name = '']) => ({ kind, file, name }));

it('docs/reliability.md and the guide name tests', () => {
	expect(promised.length).toBeGreaterThan(40);
});

it.each(promised)('$kind/$file has the test "$name"', ({ kind, file, name }) => {
	const source = kind === 'e2e' ? read(`e2e/${file}.mjs`) : read(`test/${kind}/${file}.test.mts`);
	const [quoted = ''] = ["'", '"', '`'].filter((mark) => source.includes(`${mark}${name}`));
	expect(`${quoted}${name}`).not.toBe(name);
});
