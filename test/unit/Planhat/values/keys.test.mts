import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { emailIdentity, isEmail, keyIn, namesNothing } from '../../../../nodes/Planhat/values/keys.ts';
import { runs } from '../../../runs.mts';

describe('A text names nothing', () => {
	it.each([
		'N/A',
		'null',
		'None',
		'NaN',
		'\\N',
		'(blank)',
		'<null>',
		'[empty]',
		'#REF!',
		'#NV',
		'#WERT!',
		'-',
		'?',
		'[object Object]',
	])('where it is %j', (text) => {
		expect(namesNothing(text)).toBe(true);
	});

	it.each(['a', '0', 'nano', 'Nat-1', 'empty', '(a)', '#1', 'ÅF', '株式会社'])(
		'but something where it is %j',
		(text) => {
			expect(namesNothing(text)).toBe(false);
		},
	);

	it('never where it begins with a digit and holds no object', () => {
		fc.assert(
			fc.property(fc.nat(), fc.string(), (number, rest) => {
				fc.pre(!rest.includes('[object'));
				expect(namesNothing(`${number}${rest}`)).toBe(false);
			}),
		);
	});
});

describe('What names a record', () => {
	it('is the same text whatever nobody sees around it', () => {
		const around = fc.stringMatching(/^[ \t\r\n\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]*$/);
		const key = fc.stringMatching(/^[\da-m][\w.:@/ -]*\w$/);
		fc.assert(
			fc.property(around, key, around, (before, text, behind) => {
				expect(keyIn(before + text + behind)).toEqual({ key: text });
			}),
			{ numRuns: runs(2_000) },
		);
	});

	it('is refused where it holds what nobody sees, is a word for nothing, or no text', () => {
		expect(keyIn('ac\u200fme')).toEqual({ fault: 'unseen' });
		expect(keyIn('x [object Object]')).toEqual({ fault: 'object' });
		expect([' N/A\u00a0', '-'].map(keyIn)).toEqual(Array(2).fill({ fault: 'nothing' }));
		const none = [true, null, undefined, {}, ['a'], Number.NaN];
		expect(none.map(keyIn)).toEqual(none.map(() => ({ fault: 'none' })));
		expect([0, '007', 7].map(keyIn)).toEqual([{ key: 0 }, { key: '007' }, { key: 7 }]);
	});
});

describe('An email', () => {
	it.each(['kim@example.com', ' Kim.Lee+x@sub.example.com ', 'kim@localhost'])('is %j', (value) => {
		expect(isEmail(value)).toBe(true);
	});

	it.each([
		'Kim',
		'@',
		'kim@',
		'@example.com',
		'a@b@c',
		'a@b, c@d',
		'Kim <kim@example.com>',
		'mailto:kim@example.com',
		'"kim"@example.com',
		'k im@b',
		'kim@example.com.',
		'kim@example..com',
		'kim@.com',
		'kim@example.com/',
		'kim@example.com?subject=Hi',
		'N/A@N/A',
		'',
		null,
		1,
		['a@b'],
	])('is not %j', (value) => {
		expect(isEmail(value)).toBe(false);
	});
});

describe('Two emails', () => {
	it('are one in any case, whatever is around them', () => {
		expect(emailIdentity('\ufeffKIM@Example.com\u00a0')).toBe(emailIdentity('kim@example.COM'));
	});
});
