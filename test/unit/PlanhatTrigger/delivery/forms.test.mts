import { describe, expect, it } from '@jest/globals';

import { filesOfParsedForm, formFields, parseForm } from '../../../../nodes/PlanhatTrigger/delivery/forms.ts';

describe('the fields of a form', () => {
	it('are all there, and a list where a name comes several times', () => {
		const many = Array.from({ length: 1_500 }, (_, index): [string, string] => [`f${index}`, '']);
		const fields = formFields([['a', '1'], ['b', ''], ['a', '2'], ...many]);
		expect(fields).toMatchObject({ a: ['1', '2'], b: '', f1499: '' });
		expect(Object.keys(fields)).toHaveLength(1_502);
	});

	it('may be called as objects call what they inherit', () => {
		const fields = formFields([
			['__proto__', '1'],
			['constructor', '2'],
		]);
		expect(JSON.stringify(fields)).toBe('{"__proto__":"1","constructor":"2"}');
	});
});

describe('a form with files', () => {
	const type = 'multipart/form-data; boundary=x';
	const part = (headers: string, content: string) =>
		`--x\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${content}\r\n`;

	it('is read into texts and files, in its order', async () => {
		const body = [
			part('name="id"', '1'),
			part('name="file"; filename="a.csv"\r\nContent-Type: text/csv', 'a,b'),
			part('name="file"; filename="b"', 'ü'),
		];
		expect(await parseForm(Buffer.from(`${body.join('')}--x--\r\n`), type)).toEqual({
			value: { id: '1' },
			files: [
				{ property: 'file_0', name: 'a.csv', type: 'text/csv', content: Buffer.from('a,b') },
				expect.objectContaining({ property: 'file_1', name: 'b', content: Buffer.from('ü') }),
			],
		});
	});

	it.each([
		['not one', 'text', type],
		['broken off', part('name="id"', '1'), type],
		['without its boundary', `${part('name="id"', '1')}--x--\r\n`, 'multipart/form-data'],
	])('is none where it is %s', async (_case, body, contentType) => {
		expect(await parseForm(Buffer.from(body), contentType)).toBeUndefined();
	});
});

describe('the files of a form that n8n has parsed', () => {
	it('are none where there are none, or where they are not stored', () => {
		for (const files of [undefined, 'text', [], {}, { a: 'text', b: { originalFilename: 'a.csv' } }]) {
			expect(filesOfParsedForm({ files: files as never })).toEqual([]);
		}
	});

	it('have names of their own, also where a field has several', () => {
		const file = { filepath: '/tmp/x' };
		const files = filesOfParsedForm({ files: { a: [file, file], b: file } });
		expect(files.map(({ property }) => property)).toEqual(['a_0', 'a_1', 'b_2']);
		expect(files[0]).toEqual({ property: 'a_0', name: 'a', content: { path: '/tmp/x' } });
	});
});
