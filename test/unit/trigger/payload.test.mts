import { describe, expect, it } from '@jest/globals';

import { bytesOf, filesOf, readBody, readJsonText } from '../../../dist/nodes/PlanhatTrigger/body.js';
import { readRecords } from '../../../dist/nodes/PlanhatTrigger/payload.js';

const request = (rawBody: Buffer | string, contentType: string, body?: unknown) => ({
	headers: {},
	rawBody: Buffer.from(rawBody),
	contentType,
	body,
});

describe('the body of a request', () => {
	it('is looked into for JSON, under any type', () => {
		for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'a/b', '']) {
			expect(readBody(request(' {"a":1}', type))).toEqual({ a: 1 });
		}
		expect(readBody(request('"a"', 'application/json', 'a'))).toBe('a');
	});

	it('is what n8n has read of XML, and the fields of a multipart form', () => {
		expect(readBody(request('<a/>', 'text/xml', { a: '' }))).toEqual({ a: '' });
		const form = { headers: {}, contentType: 'multipart/form-data', body: { data: { id: '1' }, files: {} } };
		expect(readBody(form)).toEqual({ id: '1' });
	});

	it('is handed over as bytes when it is no text', () => {
		const bytes = Buffer.from([0xff, 0xfe, 0x00]);
		expect(readBody(request(bytes, 'image/png'))).toBeUndefined();
		expect(bytesOf(request(bytes, 'image/png'))).toEqual(bytes);
		expect(bytesOf(request('text', 'image/png'))).toBeUndefined();
		expect(bytesOf(request('[1]', 'application/json', [1]))).toBeUndefined();
	});

	it('stays text where it is nested more than 500 deep', () => {
		const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
		const read = (text: string) => readBody(request(text, 'application/json', JSON.parse(text)));
		expect(read(nested(500))).toEqual(JSON.parse(nested(500)));
		expect(read(nested(502))).toBe(nested(502));
	});

	it('has the files of a multipart form', () => {
		const file = { filepath: '/tmp/x', originalFilename: 'a.csv', mimetype: 'text/csv' };
		const files = { one: file, two: [file, { filepath: '/tmp/y' }], odd: 'text' };
		const found = filesOf({ headers: {}, contentType: 'multipart/form-data', body: { data: {}, files } });
		expect(found).toEqual([
			{ field: 'one', path: '/tmp/x', name: 'a.csv', type: 'text/csv' },
			{ field: 'two', path: '/tmp/x', name: 'a.csv', type: 'text/csv' },
			{ field: 'two', path: '/tmp/y', name: 'two' },
		]);
		expect(filesOf({ headers: {}, contentType: 'application/json', body: { files } })).toEqual([]);
	});

	it('is no JSON text when it is broken, or a single value', () => {
		expect(['{a}', '[', '5', '"a"', 'null', ''].map(readJsonText)).toEqual(Array(6).fill(undefined));
	});
});

describe('the records of a body', () => {
	it.each([
		['a record alone', { _id: '1', name: 'Tenet' }, { _id: '1', record: { _id: '1', name: 'Tenet' } }],
		[
			'names of the output',
			{ event: 'manual', record: { a: 1 }, previous: 1, changed: 2 },
			{ event: 'manual', record: { a: 1 }, previous: 1, changed: 2 },
		],
		['both spellings of a name', { id: '1', _id: '2', event: 'x' }, { event: 'x', _id: '2', id: '1' }],
		['a blank id', { id: '', object: { _id: '1' } }, { _id: '1', record: { _id: '1' } }],
		['only an id', { id: '1', name: 'Tenet' }, { _id: '1', name: 'Tenet' }],
		['an event that names the model', { event: 'company.updated', model: '' }, { event: 'updated', model: 'company' }],
		[
			'a model beside another in the event',
			{ event: 'company.updated', model: 'Task' },
			{ event: 'updated', model: 'task' },
		],
		[
			'an unknown event and model',
			{ event: 'health fell', model: 'Workflow' },
			{ event: 'health fell', model: 'Workflow' },
		],
		['an event that is no text', { event: { type: 'a' } }, { event: { type: 'a' } }],
		['another shape', { data: [1] }, { body: { data: [1] } }],
		['nothing', undefined, {}],
		['null', null, { body: null }],
		['an empty list', [], { body: [] }],
		[
			'fields with names of ours',
			{ event: 'manual', headers: 'mine' },
			{ event: 'manual', headers: 'mine', body: { event: 'manual', headers: 'mine' } },
		],
	])('are read from %s', (_, body, item) => {
		expect(readRecords(body)).toEqual([item]);
	});

	it('are those of a list, in a body or as a body', () => {
		const records = [{ _id: '1' }, { _id: '2' }];
		expect(readRecords({ event: 'scheduled', model: 'Company', id: 'x', object: records })).toEqual(
			records.map((record) => ({ event: 'scheduled', model: 'company', _id: record._id, record })),
		);
		expect(readRecords([records[0], 'text', [1]])).toEqual([
			{ _id: '1', record: records[0] },
			{ body: 'text' },
			{ body: [1] },
		]);
	});

	it('keep the text of a record in quotes that is nested too deeply', () => {
		const object = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
		expect(readRecords({ event: 'manual', object })).toEqual([{ event: 'manual', record: object }]);
	});

	it('do not reach for what objects inherit', () => {
		const body: unknown = JSON.parse('{"event":"manual","__proto__":{"model":"company"},"constructor":1}');
		const [item] = readRecords(body);
		expect(item?.model).toBeUndefined();
		expect(JSON.stringify(item)).toBe('{"event":"manual","__proto__":{"model":"company"},"constructor":1}');
		expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
	});
});
