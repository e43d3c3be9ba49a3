import { describe, expect, it } from '@jest/globals';
import type { NodeOperationError } from 'n8n-workflow';

import { asRecord } from '../../../../nodes/Planhat/record/asRecord.ts';
import { detailsOf } from '../../../../nodes/Planhat/transport/errors.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';

describe('a record that came back', () => {
	const target = { verb: 'get', record: `ticket with ID '${_id}'`, permission: 'Ticket', _id };

	it('is taken when it is of the kind that was asked for', () => {
		const ticket = { _id, type: 'email', subType: 'ticket' };
		expect(asRecord(fakeItem('ticket'), target, ticket)).toBe(ticket);
		expect(asRecord(fakeItem('company'), target, { _id })).toEqual({ _id });
	});

	it.each(['OK', 5, [{ _id }], { message: 'no such ticket' }, { _id: '' }, { _id: null }])(
		'as %j is something else',
		async (body) => {
			const error = await thrownBy(() => asRecord(fakeItem('ticket'), target, body));
			expect(error.message).toMatch(
				new RegExp(`^Planhat answered with something other than the ticket with ID '${_id}'`),
			);
			expect(detailsOf(error as NodeOperationError)).toMatchObject({ outcome: 'failed', _id });
		},
	);

	it.each([undefined, null, '', [], {}])('as %j is none', async (body) => {
		const error = await thrownBy(() => asRecord(fakeItem('ticket'), target, body));
		expect(error.message).toBe(`Planhat has no ticket with ID '${_id}'`);
		expect(detailsOf(error as NodeOperationError)).toMatchObject({ outcome: 'failed', _id });
	});

	it('of another type is refused', async () => {
		const error = await thrownBy(() => asRecord(fakeItem('ticket'), target, { _id, type: 'email' }));
		expect(error.message).toBe(`The ticket with ID '${_id}' is a conversation of type 'email', not a ticket`);
	});

	it.each([
		[{ ...target, _id }, { _id: '5f1000000000000000000002' }],
		[
			{ ...target, _id: undefined, keys: { externalId: 'a' } },
			{ _id, externalId: 'A' },
		],
		[
			{ ...target, _id: undefined, keys: { sourceId: '1' } },
			{ _id, sourceId: 2 },
		],
	])('that is another than %j is refused: %j', async (asked, body) => {
		const error = await thrownBy(() => asRecord(fakeItem('company'), asked, body));
		expect(error.message).toContain('Planhat answered with another record than the ticket');
	});

	it.each([{ _id }, { _id, externalId: ' a ' }, { _id, externalId: null }])('is taken with its key: %j', (body) => {
		const asked = { ...target, _id: undefined, keys: { externalId: 'a' } };
		expect(asRecord(fakeItem('company'), asked, body)).toBe(body);
	});
});
