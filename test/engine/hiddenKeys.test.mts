import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const upsert = async (rows: IDataObject[], options: INodeParameters = {}) =>
	await planhat.run(
		{
			...{ resource: 'enduser', operation: 'upsert', options },
			fields: { mappingMode: 'autoMapInputData', value: null },
		},
		{ items: itemsOf(rows), onError: 'continueErrorOutput' },
	);

const sent = () => planhat.server.requests.flatMap(({ method, body }) => (method === 'PUT' ? [body] : []));

describe('Rows that name one person by different keys', () => {
	let company = '';
	let rows: IDataObject[] = [];

	beforeEach(() => {
		const [acme] = planhat.server.insert('companies', [{ name: 'Acme', domains: ['a.com'] }]);
		company = String(acme?._id);
		planhat.server.insert('endusers', [
			{ sourceId: 's', email: 'ann@a.com', companyId: company, position: 'CEO' },
			{ sourceId: 'other', email: 'bo@a.com', companyId: company, position: 'CEO' },
		]);
		rows = [
			{ email: 'bo@a.com', position: 'CTO' },
			{ email: 'ann@a.com', position: 'CEO' },
			{ sourceId: 's', email: 'new@a.com', position: 'CFO' },
		].map((row) => ({ ...row, companyId: company }));
	});

	it('never share a request where the records are read before', async () => {
		await upsert(rows, { writeMode: 'updateOnly' });
		expect(sent()).toEqual(
			[rows.slice(0, 2), rows.slice(2)].map((some) => some.map((row) => expect.objectContaining(row))),
		);
	});

	it('make no second person where an answer leaves the first row open, which is told and not sent again', async () => {
		planhat.server.setBehaviour({ errorForm: () => 'not valid' });
		const { output, errors } = await upsert([...rows, { email: 'x@b.com', companyId: 'extid-nobody' }], {});
		expect(planhat.server.records('endusers').map(({ email, position }) => [email, position])).toEqual([
			['new@a.com', 'CFO'],
			['bo@a.com', 'CTO'],
		]);
		expect([output.length, errors.length]).toEqual([2, 2]);
		expect(errors[0]?.json.error).toContain('a later row has changed the same record, or may have');
	});

	it('make no second person where the answer is lost, and the others are sent again', async () => {
		planhat.server.order({ method: 'PUT', cut: 'afterApplying' });
		const { output, errors } = await upsert(rows);
		expect(planhat.server.records('endusers').map(({ email, position }) => [email, position])).toEqual([
			['new@a.com', 'CFO'],
			['bo@a.com', 'CTO'],
		]);
		expect(output.map(({ json }) => json.email)).toEqual(['bo@a.com', 'new@a.com']);
		expect(errors.map(({ json }) => (json.details as IDataObject).outcome)).toEqual(['unknown']);
	});
});
