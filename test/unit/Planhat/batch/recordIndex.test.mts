import { describe, expect, it } from '@jest/globals';

import { companyNamed, RecordIndex } from '../../../../nodes/Planhat/batch/recordIndex.ts';
import { modelNamed } from '../rows/rowsOfModel.mts';

const a = '61006bc89a3e0b702ed80001';
const b = '61006bc89a3e0b702ed80002';

describe('The records that rows may be about', () => {
	it('are found by the best key of a row that any has', () => {
		const index = new RecordIndex(modelNamed('company'));
		const bySource = { _id: a, sourceId: 's' };
		const byExternal = { _id: b, externalId: 'e' };
		index.add(bySource);
		index.add(byExternal);
		expect(index.match({ sourceId: 's', externalId: 'e' })).toEqual({ key: 'sourceId', record: bySource });
		expect(index.match({ sourceId: 'x', externalId: 'e' })?.record).toBe(byExternal);
		expect(index.match({ sourceId: 'x' })).toBeUndefined();
		expect(index.match({ name: 'A' })).toBeUndefined();
		expect([{ sourceId: 's' }, { sourceId: 'x', externalId: 'e' }, {}].map((row) => index.isSure(row))).toEqual([
			true,
			false,
			true,
		]);
	});

	it('are found within the company that a row names, in whichever form, and by emails in any case', () => {
		const index = new RecordIndex(modelNamed('enduser'), new Map([['extid-b', b]]));
		const inA = { _id: '1', email: 'Ann@x.com', companyId: a };
		const inB = { _id: '2', email: 'ann@X.com', companyId: b };
		index.add(inA);
		index.add(inB);
		expect(index.match({ email: 'ann@x.com' })?.record).toBe(inA);
		expect(index.match({ email: 'ann@x.com', companyId: b })?.record).toBe(inB);
		expect(index.match({ email: 'ann@x.com', companyId: 'extid-b' })?.record).toBe(inB);
		expect(index.match({ email: 'ann@x.com', companyId: 'extid-c' })).toBeUndefined();
	});

	it('are found by what earlier rows have made of them', () => {
		const index = new RecordIndex(modelNamed('company'));
		const record = { _id: a, externalId: 'e', custom: { Plan: 'Pro' } };
		index.add(record);
		index.write({ externalId: 'f', custom: { Seats: 1 } }, record);
		index.write({ externalId: 'new', name: 'N' });
		expect(index.match({ externalId: 'e' })).toBeUndefined();
		expect(index.match({ externalId: 'f' })?.record).toEqual({
			...{ _id: a, externalId: 'f' },
			custom: { Plan: 'Pro', Seats: 1 },
		});
		expect(index.match({ externalId: 'new' })?.record).toEqual({ externalId: 'new', name: 'N' });
	});

	it('of tickets are found by the name that Planhat keeps the key under', () => {
		const index = new RecordIndex(modelNamed('ticket'));
		index.add({ _id: a, externalId: 't' });
		expect(index.match({ sourceId: 't' })?.record._id).toBe(a);
	});

	it('belong to the company that a row names by its ID or by an external ID', () => {
		const model = modelNamed('conversation');
		expect(companyNamed(model, { companyId: a, companyExternalId: 'x' })).toBe(a);
		expect(companyNamed(model, { companyExternalId: 'x' })).toBe('extid-x');
		expect(companyNamed(modelNamed('company'), { name: 'A' })).toBeUndefined();
	});
});
