import { describe, expect, it } from '@jest/globals';
import { NodeOperationError } from 'n8n-workflow';

import { readAddress } from '../../../../nodes/Planhat/record/address.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';

const address = async (resource: string, mode: string, value: unknown) =>
	await readAddress(fakeItem(resource, { recordId: { mode, value: value as string } }), 'update');

describe('the address of a record', () => {
	it.each<[string, string, string, string]>([
		['company', 'id', _id, _id],
		['company', 'list', _id, _id],
		['company', 'id', ` ${_id}\n`, _id],
		['company', 'id', _id.toUpperCase(), _id],
		['company', 'id', `\u200b${_id}\u00a0\ufeff`, _id],
		['company', 'externalId', '\u202aacme\u202c\u00a0', 'extid-acme'],
		['company', 'externalId', 'acme', 'extid-acme'],
		['company', 'sourceId', 'crm 1', 'srcid-crm%201'],
		['company', 'id', 'extid-acme', 'extid-acme'],
		['company', 'id', 'srcid-7', 'srcid-7'],
		['company', 'externalId', 'a/b?c#d%', 'extid-a%2Fb%3Fc%23d%25'],
		['company', 'externalId', '../companies', 'extid-..%2Fcompanies'],
		['company', 'externalId', 'Ünï 😀', 'extid-%C3%9Cn%C3%AF%20%F0%9F%98%80'],
		['ticket', 'sourceId', 't-1', 'extid-t-1'],
		['invoice', 'externalId', 'i-1', 'extid-i-1'],
	])('of the model %s by %s %j is %s', async (resource, mode, value, segment) => {
		expect((await address(resource, mode, value)).path).toBe(segment);
	});

	it('may be given as text or as a number without a mode', async () => {
		expect((await readAddress(fakeItem('company', { recordId: _id }), 'get')).path).toBe(_id);
		expect((await address('company', 'externalId', 42)).path).toBe('extid-42');
	});

	it('names the record for errors and outcomes', async () => {
		expect((await address('company', 'externalId', 'acme')).target).toEqual({
			verb: 'update',
			record: "company with external ID 'acme'",
			permission: 'Company',
			keys: { externalId: 'acme' },
		});
		expect((await address('invoice', 'externalId', 'i-1')).target.keys).toEqual({ extId: 'i-1' });
		expect((await address('company', 'id', _id)).target).toMatchObject({ _id, record: `company with ID '${_id}'` });
	});

	it.each([undefined, null, '', '   ', '\n'])('that is blank (%j) is refused before any request', async (value) => {
		for (const mode of ['list', 'id', 'externalId', 'sourceId']) {
			const error = await thrownBy(async () => await address('company', mode, value));
			expect(error).toBeInstanceOf(NodeOperationError);
			expect(error.message).toBe("'Record' is required");
		}
	});

	it.each(['acme', '..', '.', `${_id}0`, `${_id}/x`, 'extid-', 'srcid-', '?limit=1', 'undefined', '[object Object]'])(
		'by an ID that is none (%j) is refused before any request',
		async (value) => {
			const error = await thrownBy(async () => await address('company', 'id', value));
			expect(error.message).toContain('is not the ID of a company in Planhat');
		},
	);

	it.each(['N/A', 'null', '#REF!', '-', 'x [object Object]', 'ac\u200bme', 2 ** 60, true, ['a']])(
		'by a key that is none (%p) is refused before any request',
		async (value) => {
			for (const mode of ['externalId', 'sourceId']) {
				const error = await thrownBy(async () => await address('company', mode, value));
				expect(error.message).toMatch(/^'Record' takes one ID as text, not /);
			}
		},
	);

	it('by half a character is refused', async () => {
		const error = await thrownBy(async () => await address('company', 'externalId', 'a\ud800'));
		expect(error.message).toBe('The ID of the company has an invalid character');
		expect(error.description).toContain('It holds half of a character');
	});

	it('by a prefix that the model does not know is refused', async () => {
		const error = await thrownBy(async () => await address('note', 'id', 'srcid-7'));
		expect(error.message).toContain("'srcid-7' is not the ID of a note");
	});
});

describe('a record named by a link', () => {
	const link = (model: string) => `https://ws.planhat.com/t/home/data-explorer/x?preview=${model}.${_id}`;

	it.each<[string, string]>([
		['company', 'Company'],
		['enduser', 'EndUser'],
		['enduser', 'Enduser'],
		['nps', 'NPS'],
		['note', 'Conversation'],
		['conversation', 'Note'],
		['company', 'SomethingNew'],
	])('of the model %s, where the link says %s, is that of the link', async (resource, model) => {
		const { path, target } = await address(resource, 'id', link(model));
		expect(path).toBe(_id);
		expect(target).toMatchObject({ _id, record: expect.stringContaining(_id) });
		expect(target.record).not.toContain('https');
	});

	it('of another model is refused', async () => {
		const error = await thrownBy(async () => await address('company', 'id', link('Conversation')));
		expect(error.message).toBe(`The link '${link('Conversation')}' leads to a Conversation, not to a company`);
	});

	it.each([`https://a.example/${_id}/5f1000000000000000000002`, 'https://ws.planhat.com/t/home'])(
		'that may be another or none (%s) is refused',
		async (value) => {
			const error = await thrownBy(async () => await address('company', 'id', value));
			expect(error.message).toBe(`It is not clear which company the link '${value}' leads to`);
			expect(error.description).toMatch(/one ID|its ID/);
		},
	);
});
