import { describe, expect, it } from '@jest/globals';

import { recordOrReceipt, shownObject } from '../../../../nodes/Planhat/output/writeResult.ts';

/** Hides what it is given, so that what has gone through it can be seen. */
const hiding = { said: (body: unknown) => (typeof body === 'string' ? body && 'hidden' : { message: 'hidden' }) };
const tenant = { userName: () => undefined };
const item = { transport: hiding, tenant };

describe('what a write hands over', () => {
	it('is the record as Planhat answered it, with the fields that are wanted', () => {
		const record = { _id: '1', name: 'token', phase: 'Live' };
		expect(recordOrReceipt(record, item)).toBe(record);
		expect(recordOrReceipt(record, item, '1', { names: ['_id', 'phase'] })).toEqual({ _id: '1', phase: 'Live' });
	});

	it.each([undefined, '', {}, []])('is a receipt where Planhat answered %j', (body) => {
		const silent = { transport: { said: (said: unknown) => said }, tenant };
		expect(recordOrReceipt(body, silent)).toEqual({ success: true });
		expect(recordOrReceipt(body, silent, '1')).toEqual({ success: true, _id: '1' });
	});

	it('has the words of an answer without a record, with nothing in them that is hidden', () => {
		expect(recordOrReceipt('token', item, '1')).toEqual({ success: true, _id: '1', answer: 'hidden' });
		expect(recordOrReceipt({ message: 'token' }, item)).toEqual({ message: 'hidden' });
	});
});

describe('an object of Planhat’s', () => {
	it('is shown as it is where it is a record, and as words where it is none', () => {
		const record = { _id: '1', message: 'token' };
		expect(shownObject(record, hiding)).toBe(record);
		expect(shownObject({ message: 'token' }, hiding)).toEqual({ message: 'hidden' });
	});
});
