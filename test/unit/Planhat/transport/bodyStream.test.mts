import { describe, expect, it } from '@jest/globals';
import { PassThrough, Readable } from 'node:stream';

import { LargeAnswer, mostMegabytes, mostObjects, readBody } from '../../../../nodes/Planhat/transport/bodyStream.ts';
import { thrownBy } from '../../../thrownBy.mts';

const patient = { silence: 5_000 };

function streamOf(...chunks: Buffer[]): Readable {
	return Readable.from(chunks, { objectMode: false });
}

/** As many copies of a chunk as are asked for. */
function repeating(chunk: Buffer, times: number): Readable {
	let left = times;
	return new Readable({
		read() {
			left -= 1;
			this.push(left < 0 ? null : chunk);
		},
	});
}

describe('the body of an answer', () => {
	it('is read to its end, wherever it is cut', async () => {
		const bytes = Buffer.from('{"name":"Åç😀"}');
		const single = Array.from(bytes, (byte) => Buffer.from([byte]));
		expect(await readBody(streamOf(...single), patient)).toBe('{"name":"Åç😀"}');
		expect(await readBody(streamOf(bytes), patient)).toBe('{"name":"Åç😀"}');
	});

	it('may be empty, and has no byte order mark', async () => {
		expect(await readBody(streamOf(), patient)).toBe('');
		expect(await readBody(streamOf(Buffer.from('\uFEFF[]')), patient)).toBe('[]');
	});

	it.each([
		['UTF-8 where nothing else is named', 'utf8', undefined],
		['UTF-8 where it is named', 'utf8', 'utf-8'],
		['UTF-8, whatever else is named', 'utf8', 'iso-8859-1'],
		['another charset that is named', 'latin1', 'ISO-8859-1'],
		['another charset that is named, with a mark of its own', 'utf16le', 'utf-16'],
	] as const)('may be in %s', async (_name, encoding, charset) => {
		const text = '\uFEFF{"name":"Åçé"}'.slice(encoding === 'latin1' ? 1 : 0);
		const stream = streamOf(Buffer.from(text, encoding));
		expect(await readBody(stream, { ...patient, charset })).toBe('{"name":"Åçé"}');
	});

	it('in a charset that nobody knows is read as UTF-8, with a mark for what is none', async () => {
		const stream = streamOf(Buffer.from('"é"', 'latin1'));
		expect(await readBody(stream, { ...patient, charset: 'klingon' })).toBe('"\uFFFD"');
	});

	it('of the largest size is read, and of a byte more is given up', async () => {
		const megabyte = Buffer.alloc(1_000_000, ' ');
		expect((await readBody(repeating(megabyte, mostMegabytes), patient)).length).toBe(mostMegabytes * 1_000_000);
		const endless = repeating(megabyte, mostMegabytes + 10);
		const error = await thrownBy(async () => await readBody(endless, patient));
		expect(error).toBeInstanceOf(LargeAnswer);
		expect(error).toHaveProperty('message', 'the answer is larger than 64 MB');
		expect(endless.destroyed).toBe(true);
	});

	it.each(['{},', '[],', '[[],{}],'])('that holds too many objects is given up: %s', async (text) => {
		const perChunk = 100_000;
		const chunk = Buffer.from(text.repeat(perChunk));
		const objects = (text.match(/[[{]/g) ?? []).length * perChunk;
		const enough = Math.floor(mostObjects / objects);
		expect(await readBody(repeating(chunk, enough), patient)).toHaveLength(enough * chunk.length);
		const error = await thrownBy(async () => await readBody(repeating(chunk, enough + 20), patient));
		expect(error).toBeInstanceOf(LargeAnswer);
		expect(error).toHaveProperty('message', 'the answer holds more than 2 million objects');
	});

	it('in which nothing more comes is given up', async () => {
		const stream = new PassThrough();
		stream.write('[');
		expect(await thrownBy(async () => await readBody(stream, { silence: 20 }))).toMatchObject({ code: 'ECONNABORTED' });
		expect(stream.destroyed).toBe(true);
	});

	it('that comes a little at a time is waited for, though not for ever', async () => {
		const drip = () => {
			const stream = new PassThrough();
			const timer = setInterval(() => stream.write(' '), 5);
			stream.on('close', () => clearInterval(timer));
			return stream;
		};
		const endless = drip();
		expect(await thrownBy(async () => await readBody(endless, { silence: 5_000, whole: 100 }))).toMatchObject({
			code: 'ECONNABORTED',
		});
		expect(endless.destroyed).toBe(true);
		const slow = drip();
		setTimeout(() => slow.end(), 200);
		expect(await readBody(slow, { silence: 150, whole: 60_000 })).toMatch(/^ +$/);
	});

	it('is given up with the execution', async () => {
		const controller = new AbortController();
		const stream = new PassThrough();
		const reading = thrownBy(async () => await readBody(stream, { ...patient, signal: controller.signal }));
		controller.abort(new Error('cancelled'));
		expect(await reading).toHaveProperty('message', 'cancelled');
		expect(stream.destroyed).toBe(true);
		const late = new PassThrough();
		expect(await thrownBy(async () => await readBody(late, { ...patient, signal: controller.signal }))).toBeInstanceOf(
			Error,
		);
		expect(late.destroyed).toBe(true);
	});

	it('that breaks off is lost', async () => {
		const closed = new PassThrough();
		const reading = thrownBy(async () => await readBody(closed, patient));
		closed.destroy();
		expect(await reading).toMatchObject({ code: 'ECONNRESET' });
		const broken = new PassThrough();
		const breaking = thrownBy(async () => await readBody(broken, patient));
		broken.destroy(Object.assign(new Error('incorrect header check'), { code: 'Z_DATA_ERROR' }));
		expect(await breaking).toMatchObject({ code: 'Z_DATA_ERROR' });
	});

	it('may be silent for longer than a timer of Node can wait', async () => {
		const stream = new PassThrough();
		const reading = readBody(stream, { silence: 1e12 });
		await new Promise((resolve) => setTimeout(resolve, 20));
		stream.end('[]');
		expect(await reading).toBe('[]');
	});
});
