import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';

import { LargeAnswer } from '../../../../nodes/Planhat/transport/bodyStream.ts';
import { readAnswer } from '../../../../nodes/Planhat/transport/readAnswer.ts';
import { thrownBy } from '../../../thrownBy.mts';

const limits = { silence: 5_000 };

const answered = (statusCode: number, body: unknown) => ({ statusCode, headers: {}, body });

async function bodyOf(text: string): Promise<unknown> {
	return (await readAnswer(answered(200, Readable.from([Buffer.from(text)])), limits)).body;
}

const large = () => Readable.from(Array.from({ length: 70 }, () => Buffer.alloc(1_000_000, ' ')));

describe('an answer', () => {
	it('is parsed where it is JSON, and a text where it is none', async () => {
		expect(await bodyOf('[{"_id":"1"}]')).toEqual([{ _id: '1' }]);
		expect(await bodyOf('5')).toBe(5);
		expect(await bodyOf('"a"')).toBe('a');
		expect(await bodyOf('')).toBe('');
		expect(await bodyOf(' ')).toBe(' ');
		expect(await bodyOf('[{"_id":')).toBe('[{"_id":');
	});

	it.each([200, 400])('that n8n could not store is none: %d', async (status) => {
		const deep = () => Readable.from([Buffer.from(`[${'['.repeat(100_000)}${']'.repeat(100_000)}]`)]);
		const words = 'the answer is nested more than 500 levels deep';
		const reading = async () => await readAnswer(answered(status, deep()), limits);
		if (status === 400) expect(await reading()).toEqual(answered(400, words));
		else expect(await thrownBy(reading)).toEqual(new LargeAnswer(words));
	});

	it('is read as it is written, where it says so', async () => {
		const headers = { 'content-type': 'application/json; charset="iso-8859-1"' };
		const body = Readable.from([Buffer.from('{"name":"Åç"}', 'latin1')]);
		expect((await readAnswer({ ...answered(200, body), headers }, limits)).body).toEqual({ name: 'Åç' });
	});

	it.each([{ _id: '1' }, [], '', 'text', undefined, null])('that n8n has read already stays: %j', async (body) => {
		expect(await readAnswer(answered(200, body), limits)).toEqual(answered(200, body));
	});

	it('that is too large is an error where it says success, and its status where it does not', async () => {
		expect(await thrownBy(async () => await readAnswer(answered(200, large()), limits))).toBeInstanceOf(LargeAnswer);
		expect(await readAnswer(answered(429, large()), limits)).toEqual(answered(429, 'the answer is larger than 64 MB'));
	});
});
