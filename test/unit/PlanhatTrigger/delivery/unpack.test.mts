import { describe, expect, it } from '@jest/globals';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { unpack } from '../../../../nodes/PlanhatTrigger/delivery/unpack.ts';

const bytes = Buffer.from('{"_id":"1"}');

describe('a body that was packed', () => {
	it.each<[string, Buffer]>([
		['gzip', gzipSync(bytes)],
		['x-gzip', gzipSync(bytes)],
		['deflate', deflateSync(bytes)],
		['deflate', deflateRawSync(bytes)],
	])('with %s is unpacked', async (encoding, packed) => {
		expect(await unpack(packed, [encoding])).toEqual(bytes);
	});

	it('several times is unpacked from the last to the first', async () => {
		expect(await unpack(gzipSync(deflateSync(bytes)), ['deflate', 'gzip'])).toEqual(bytes);
		expect(await unpack(gzipSync(deflateSync(bytes)), ['gzip', 'deflate'])).toBeUndefined();
	});

	it('in no way stays as it is', async () => {
		expect(await unpack(bytes, [])).toBe(bytes);
	});

	it('in an unknown way, or broken, is given up', async () => {
		expect(await unpack(bytes, ['compress'])).toBeUndefined();
		expect(await unpack(bytes, ['gzip'])).toBeUndefined();
		expect(await unpack(gzipSync(bytes).subarray(0, 15), ['gzip'])).toBeUndefined();
		expect(await unpack(gzipSync(bytes), ['gzip', 'constructor'])).toBeUndefined();
	});

	it('may be 16 MB, and not more', async () => {
		const most = Buffer.alloc(16 * 1024 * 1024);
		expect((await unpack(gzipSync(most), ['gzip']))?.length).toBe(most.length);
		expect(await unpack(gzipSync(Buffer.concat([most, bytes])), ['gzip'])).toBeUndefined();
	});
});
