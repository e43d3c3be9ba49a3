import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	holdsObject,
	isSameInJson,
	lostInJson,
	parsed,
	shown,
	unfenced,
	unreadAdvice,
} from '../../../../nodes/Planhat/values/json.ts';
import { runs } from '../../../runs.mts';

describe('JSON in a fence, as models write it', () => {
	it.each(['```json\n{"a": 1}\n```', ' ```\n{"a": 1}``` ', '{"a": 1}'])('is read: %j', (text) => {
		expect(parsed(unfenced(text))).toEqual({ a: 1 });
	});
});

describe('What JSON would not keep', () => {
	it.each([
		[Number.NaN, 'NaN'],
		[{ a: [Number.POSITIVE_INFINITY] }, 'Infinity'],
		[{ a: new Date('x') }, 'an invalid date'],
		[[DateTime.fromISO('x')], 'an invalid date'],
		[[undefined], 'undefined'],
		[{ a: () => 1 }, 'function'],
		[{ a: 1n }, 'bigint'],
		[[Symbol('x')], 'symbol'],
		[{ a: new Map([[1, 2]]) }, 'a Map or Set'],
		['[object Object] ', '[object Object]'],
		[{ a: 'x [object Promise]' }, '[object Promise]'],
	])('of %p is named %j', (value, lost) => {
		expect(lostInJson(value)).toBe(lost);
	});

	it('of a circle is the circle', () => {
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		expect(lostInJson({ deep: [circle] })).toMatch(/circle/);
	});

	it.each([
		null,
		true,
		'x',
		0,
		-1.5,
		{},
		[],
		{ a: undefined, b: [null] },
		new Date(0),
		[DateTime.utc()],
		'object Object',
	])('of %p is nothing', (value) => {
		expect(lostInJson(value)).toBeUndefined();
	});

	it('is found in whatever is given: what is left comes back from JSON', () => {
		const anything = fc.anything({
			withDate: true,
			withBigInt: true,
			withMap: true,
			maxDepth: 2,
			maxKeys: 3,
			withSet: true,
			withNullPrototype: true,
		});
		fc.assert(
			fc.property(anything, (value) => {
				if (value === undefined || lostInJson(value) !== undefined) return true;
				const once = JSON.stringify(value);
				if (typeof value === 'object' && value !== null) return once === JSON.stringify(JSON.parse(once));
				return (JSON.parse(once) as unknown) === value;
			}),
			{ numRuns: runs(2_000) },
		);
	});
});

describe('Text of an object', () => {
	it('is what JavaScript makes of one', () => {
		expect([`${{}}`, ` ${[{}, 1]}`, `${new Map()}`, 'an [object] ', '[object Object'].map(holdsObject)).toEqual([
			...[true, true, true],
			...[false, false],
		]);
	});
});

describe('A value in an error', () => {
	it.each([
		['a\n b', 'a b'],
		[['x', 1], '["x",1]'],
		[{ a: 1 }, '{"a":1}'],
		[Number.NaN, 'NaN'],
		[undefined, 'undefined'],
		['x'.repeat(1_000_000), `${'x'.repeat(80)}…`],
		[1n, '1'],
	])('of %p is short', (value, words) => {
		expect(shown(value)).toBe(words);
	});

	it('is shown whatever it is', () => {
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		expect([shown(circle), shown([circle])]).toEqual(['an object with a circle', 'a list with a circle']);
	});
});

it('JSON is read, and what is none is nothing', () => {
	expect(['{"a":1}', '[1]', '1', '{a}', ''].map(parsed)).toEqual([{ a: 1 }, [1], 1, undefined, undefined]);
});

it('Two values are the same in JSON when nothing that is sent differs', () => {
	expect(isSameInJson(['a'], ['a'])).toBe(true);
	expect(isSameInJson({ a: 1 }, { a: 2 })).toBe(false);
	expect([isSameInJson('1', 1), isSameInJson(1, 1), isSameInJson('a', ['a']), isSameInJson(null, {})]).toEqual([
		...[false, true, false, false],
	]);
});

describe('A name in JSON', () => {
	it.each(['{"phase":"a","phase":"b"}', '[{"x":{"phase":1,"a":[], "phase" :2}}]', '{"phase":1,"ph\\u0061se":1}'])(
		'that is given twice in one object is refused: %s',
		(text) => {
			expect(parsed(text)).toBeUndefined();
			expect(unreadAdvice(text)).toBe("The name 'phase' is given twice in one object: leave one of them out");
		},
	);

	it.each(['[{"a":1},{"a":2}]', '{"a":{"a":["a","a"]},"b":"{\\"a\\":1,\\"a\\":2}"}', '{"a":"a","b":"a"}'])(
		'may be in several objects, and in texts: %s',
		(text) => {
			expect(parsed(text)).toEqual(JSON.parse(text));
			expect(unreadAdvice(text)).toBeUndefined();
		},
	);
});
