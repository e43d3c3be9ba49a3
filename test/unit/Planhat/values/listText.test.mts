import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readListText } from '../../../../nodes/Planhat/values/listText.ts';
import { runs } from '../../../runs.mts';

describe('A text is read as a list', () => {
	it.each<[string, unknown[]]>([
		['a, b;c\r\nd', ['a', 'b', 'c', 'd']],
		['["a, b", 2]', ['a, b', 2]],
		["['x', 'y']", ['x', 'y']],
		[`['x', "it's, no", 'd\\'or', None, 2.5,]`, ['x', "it's, no", "d'or", null, 2.5]],
		['"x","y, z"', ['x', 'y, z']],
		['"x"; y;"say ""no"""', ['x', 'y', 'say "no"']],
		["'x', 'y, z'", ['x', 'y, z']],
		["'90s, '80s", ["'90s", "'80s"]],
		["rock 'n' roll, 5\" pipe", ["rock 'n' roll", '5" pipe']],
		['{x,y}', ['x', 'y']],
		['{"a b",c,NULL}', ['a b', 'c', null]],
		[String.raw`{"a \"b\"","c\\d","e, f"}`, ['a "b"', 'c\\d', 'e, f']],
		['{}', []],
		['[]', []],
		['[EU], [US]', ['[EU]', '[US]']],
		['Sales (EMEA), Support', ['Sales (EMEA)', 'Support']],
		['1) one, 2) two', ['1) one', '2) two']],
		['""', ['']],
	])('%j', (text, entries) => {
		expect(readListText(text)).toEqual(entries);
	});

	it.each<[string, string[], string[]]>([
		['A, B;C', ['A, B', 'C'], ['A, B', 'C']],
		['[EU]', ['[EU]', 'US'], ['[EU]']],
		['{x,y}', ['{x,y}'], ['{x,y}']],
		['Sales (EMEA, APAC), US', ['Sales (EMEA, APAC)', 'US'], ['Sales (EMEA, APAC)', 'US']],
		['"quoted", US', ['"quoted"', 'US'], ['"quoted"', 'US']],
	])('%j, where the field has own values %j', (text, values, entries) => {
		expect(readListText(text, values)).toEqual(entries);
	});
});

describe('A text is no list', () => {
	it.each(
		[
			...['["a", "b"', "['x', 'y'", "['x' 'y']", '[x, y]', '["a" "b"]', '[1, 12345678901234567890]'],
			...['{"a":1}', '{"a":1,"b":2}', '{"a":1},{"b":2}', '{x,{y}}', "{'x', 'y'}", '{a b,c}', '{x,y', '{a: 1, b: 2}'],
			...['"x, y', '"x" y, z', '"x"y', "'x', 'y", '"[""a"",""b""]"', String.raw`"a\"b"`],
			...['("a", "b")', 'Sales (EMEA, APAC)', '“x, y”, z', '„x, y“', '«a, b»', '["a"],["b"]', "['x', ['y']]"],
		].filter((text) => text !== "'x, y"),
	)('where it is %j', (text) => {
		expect(readListText(text)).toBeUndefined();
	});

	it('or it comes back as it was written in any of the forms', () => {
		const entry = fc.stringMatching(/^[a-z][a-z ,;'"{}()[\]\\]{0,8}$/).map((text) => text.trim());
		const forms: Array<(list: readonly string[]) => string> = [
			(list) => JSON.stringify(list),
			(list) => `[${list.map((text) => `'${text.replace(/['\\]/g, String.raw`\$&`)}'`).join(', ')}]`,
			(list) => list.map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
			(list) => list.map((text) => `'${text.replaceAll("'", "''")}'`).join('; '),
			(list) => `{${list.map((text) => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`,
		];
		fc.assert(
			fc.property(fc.array(entry, { minLength: 1 }), fc.constantFrom(...forms), (list, write) => {
				expect(readListText(write(list))).toEqual(list);
			}),
			{ numRuns: runs(2_000) },
		);
	});
});
