import { describe, expect, it } from '@jest/globals';

import { readCopies } from '../../../../nodes/Planhat/answers/copies.ts';

const ids = ['5f1000000000000000000001', '5f1000000000000000000002'];

describe('Copies', () => {
	it('are the records of a list; any other answer holds none', () => {
		expect(readCopies([{ _id: 'c1' }, 'x', { _id: 'c2' }], ids)).toEqual({ records: [{ _id: 'c1' }, { _id: 'c2' }] });
		expect([readCopies({ ok: true }, ids), readCopies('', ids), readCopies(undefined, ids)]).toEqual([{}, {}, {}]);
		expect(readCopies([], ids)).toEqual({ records: [] });
	});

	it('are told apart where each names one record, and each another', () => {
		const copies = ids.map((id, index) => ({ _id: `c${index}`, origin: { id: id.toUpperCase() } }));
		const { bySource } = readCopies(copies, ids);
		expect([...(bySource ?? [])]).toEqual(ids.map((id, index) => [id, copies[index]]));
		expect(readCopies([copies[0], copies[0]], ids).bySource).toBeUndefined();
		expect(readCopies([{ _id: 'c', all: ids }], ids).bySource).toBeUndefined();
	});
});
