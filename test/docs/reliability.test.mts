import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

function read(...path: string[]): string {
	return readFileSync(join(root, ...path), 'utf8');
}

const promised = [...read('docs', 'reliability.md').matchAll(/`(unit|engine|e2e)\/([\w/]+) › ([^`]+)`/g)].map(
	([, kind = '', file = '', name = '']) => ({ kind, file, name }),
);

it('the table of promises names tests', () => {
	expect(promised.length).toBeGreaterThan(40);
});

it.each(promised)('$kind/$file has the test "$name"', ({ kind, file, name }) => {
	const source = kind === 'e2e' ? read('e2e', `${file}.mjs`) : read('test', kind, `${file}.test.mts`);
	const [quoted = ''] = ["'", '"', '`'].filter((mark) => source.includes(`${mark}${name}`));
	expect(`${quoted}${name}`).not.toBe(name);
});
