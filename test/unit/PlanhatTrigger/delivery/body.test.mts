import { describe, expect, it } from '@jest/globals';

import { parseBody, readJsonText } from '../../../../nodes/PlanhatTrigger/delivery/body.ts';

async function parse(body: Buffer | string, contentType: string, parsed?: unknown) {
	const { files, ...content } = await parseBody({ bytes: Buffer.from(body), contentType, isPacked: false, parsed });
	return files.length > 0 ? { ...content, files } : content;
}

describe('the body of a request', () => {
	it('is looked into for JSON, under any type', async () => {
		for (const type of [
			'text/plain',
			'application/x-www-form-urlencoded',
			'a/b',
			'',
			'a/b+json',
			'Application/JSON ; a=b',
		]) {
			expect(await parse(' {"a":1}', type)).toEqual({ value: { a: 1 }, isUnparsed: false });
		}
		expect(await parse('"a"', 'application/json')).toEqual({ value: 'a', isUnparsed: false });
		expect(await parse('"a"', 'text/plain')).toEqual({ value: '"a"', isUnparsed: false });
	});

	it.each<[string, unknown]>([
		['{"id":12345678901234567890}', { id: '12345678901234567890' }],
		['[ -9007199254740993, 1]', ['-9007199254740993', 1]],
		['{"a":1e400,"b":1e-400}', { a: '1e400', b: '1e-400' }],
		['{"a":0.1234567890123456789}', { a: '0.1234567890123456789' }],
		[
			'{"a":"x, 12345678901234567890","b":12345678901234567890}',
			{ a: 'x, 12345678901234567890', b: '12345678901234567890' },
		],
		['{"a":"\\": 12345678901234567890"}', { a: '": 12345678901234567890' }],
		['{"12345678901234567890": 1}', { '12345678901234567890': 1 }],
		[
			'{"a":0.30000000000000004,"b":1e20,"c":100000000000000000000,"d":1.50e1}',
			{ a: 0.1 + 0.2, b: 1e20, c: 1e20, d: 15 },
		],
		['{"_id":"5f1e400000000000000000001"}', { _id: '5f1e400000000000000000001' }],
	])('keeps every digit: a number that would lose some is its text: %s', async (text, value) => {
		expect(await parse(text, 'application/json')).toEqual({ value, isUnparsed: false });
	});

	it.each(['{"a":12345678901234567890', '{"a":012345678901234567890}', '{"a":1.2.34567890123456789}'])(
		'is broken with a long number as without: %s',
		async (text) => {
			expect(await parse(text, 'application/json')).toEqual({ value: text, isUnparsed: true });
		},
	);

	it.each<[string, unknown]>([
		['{"event":"created","event":"updated"}', { event: 'updated' }],
		['{"object":{"a":1,"\\u0061":2}}', { object: { a: 2 } }],
	])('is told as it came where an object has a name twice: %s', async (text, value) => {
		expect(await parse(text, 'application/json')).toEqual({ value, isUnparsed: false, text });
	});

	it('is what n8n has read of XML, and the fields and files of a form with files', async () => {
		expect(await parse('<a/>', 'text/xml', { a: '' })).toEqual({ value: { a: '' }, isUnparsed: false });
		const file = { filepath: '/tmp/x', originalFilename: 'a.csv', mimetype: 'text/csv' };
		const files = { one: file, two: [file, { filepath: '/tmp/y' }], odd: 'text' };
		expect(await parse('', 'multipart/form-data; boundary=a', { data: { id: '1' }, files })).toEqual({
			value: { id: '1' },
			isUnparsed: false,
			files: [
				{ property: 'one_0', content: { path: '/tmp/x' }, name: 'a.csv', type: 'text/csv' },
				{ property: 'two_1', content: { path: '/tmp/x' }, name: 'a.csv', type: 'text/csv' },
				{ property: 'two_2', content: { path: '/tmp/y' }, name: 'two' },
			],
		});
		expect(await parse('{}', 'application/json', { files })).toEqual({ value: {}, isUnparsed: false });
	});

	it('is handed over as a file when it is no text', async () => {
		const content = Buffer.from([0xff, 0xfe, 0x00]);
		expect(await parse(content, 'image/png')).toEqual({
			files: [{ property: 'data', content, type: 'image/png' }],
			isUnparsed: false,
		});
		expect(await parse('text', 'image/png')).toEqual({ value: 'text', isUnparsed: false });
	});

	it('loses no byte of a text that is in no charset that it names', async () => {
		const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
		for (const type of ['text/plain', 'application/json', 'text/xml; charset=utf-8', 'text/csv; charset=none']) {
			const { value } = await parse(bytes, type);
			expect(new Set(String(value)).size).toBe(256);
		}
	});

	it.each([
		['utf16le', 'application/json'],
		['utf16le', 'text/plain; charset=utf-8'],
	] as const)('is read by the mark of its charset, whatever it says: %s, %s', async (encoding, type) => {
		const text = Buffer.from('\ufeff{"event":"é"}', encoding);
		expect(await parse(text, type)).toEqual({ value: { event: 'é' }, isUnparsed: false });
		expect(await parse(text.swap16(), type)).toEqual({ value: { event: 'é' }, isUnparsed: false });
	});

	it.each<[string, unknown, boolean]>([
		['a=%C3%A9&b=x+y', { a: 'é', b: 'x y' }, false],
		['a=%EF%BF%BD', { a: '\ufffd' }, false],
		['a=%E9', 'a=%E9', true],
	])('is a form unless that loses a letter: %s', async (text, value, isUnparsed) => {
		expect(await parse(text, 'application/x-www-form-urlencoded')).toEqual({ value, isUnparsed });
	});

	it('stays text where it is nested more than 500 deep', async () => {
		const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
		const { value } = await parse(nested(500), 'application/json');
		expect(value).toEqual(JSON.parse(nested(500)));
		expect(await parse(nested(502), 'application/json')).toEqual({ value: nested(502), isUnparsed: false });
	});

	it('is no JSON text when it is broken, or a single value', () => {
		expect(['{a}', '[', '5', '"a"', 'null', ''].map(readJsonText)).toEqual(Array(6).fill(undefined));
	});
});
