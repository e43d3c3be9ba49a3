import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const unknown = '5fffffffffffffffffffffff';

const update = (resource: string, recordId: INodeParameters, json: unknown): INodeParameters => ({
	...{ resource, operation: 'update', recordId, json: json as INodeParameters },
	options: { skipUnchanged: true },
});

const methods = () =>
	planhat.server.requests.filter(({ path }) => path !== '/customfields').map(({ method }) => method);

describe('Update with Skip Unchanged', () => {
	it('reads the record, sends nothing where nothing would change, and says so', async () => {
		const [company] = planhat.server.insert('companies', [
			{ name: 'A', phase: 'Live', tags: ['a', 'b'], zip: '1200', custom: { Plan: 'Pro', Seats: 5 } },
		]);
		const json = { phase: 'Live', tags: 'b; a', zip: 1200, custom: { Plan: 'Pro' } };
		planhat.server.insert('customfields', [{ name: 'Plan', type: 'text', parent: 'company' }]);
		const { output } = await planhat.run(update('company', record('id', company?._id), json));
		expect(output.map(({ json: item }) => item)).toEqual([{ outcome: 'unchanged', ...company }]);
		expect(methods()).toEqual(['GET']);
	});

	it('sends what would change, as Update does, and says so', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', phase: 'Live', externalId: 'a' }]);
		const json = { phase: 'Lost', name: 'A' };
		const { output } = await planhat.run(update('company', record('externalId', 'a'), json));
		expect(output[0]?.json).toMatchObject({ outcome: 'updated', _id: company?._id, phase: 'Lost', name: 'A' });
		expect(planhat.sent()).toEqual(['GET /companies/extid-a', 'PUT /companies/extid-a']);
		expect(planhat.lastRequest().body).toEqual(json);
	});

	it('compares fields that are cleared', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', phase: 'Live', tags: [] }]);
		const recordId = record('id', company?._id);
		const clear = { skipUnchanged: true, emptyValues: 'clear' };
		const first = await planhat.run({ ...update('company', recordId, { phase: '', tags: '' }), options: clear });
		expect(first.output[0]?.json).toMatchObject({ outcome: 'updated', phase: '' });
		const second = await planhat.run({ ...update('company', recordId, { phase: '', tags: '' }), options: clear });
		expect(second.output[0]?.json.outcome).toBe('unchanged');
	});

	it.each([404, 400] as const)('fails as Update does for a record that is missing (%s)', async (unknownRecord) => {
		planhat.server.setBehaviour({ unknownRecord });
		const parameters = update('company', record('id', unknown), { phase: 'x' });
		const { error } = await planhat.run(parameters);
		const { error: usual } = await planhat.run({ ...parameters, options: {} });
		expect(error?.message).toMatch(/^Planhat did not update the company with ID '5fff/);
		expect([error?.message, error?.description]).toEqual([usual?.message, usual?.description]);
		expect(methods()).toEqual(['GET', 'PUT']);
	});

	it('looks up the company that a row names by its own key, once a run, where all else is the same', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', externalId: 'a 1' }]);
		const people = planhat.server.insert('endusers', [
			{ email: 'ann@a.com', companyId: company?._id ?? '' },
			{ email: 'bo@a.com', companyId: company?._id ?? '' },
			{ email: 'cy@a.com', companyId: unknown },
		]);
		const items = itemsOf(people.map(({ _id, email }) => ({ _id, email })));
		const json = '={{ { email: $json.email, companyId: "extid-a 1" } }}';
		const { output } = await planhat.run(update('enduser', record('id', '={{ $json._id }}'), json), { items });
		expect(output.map(({ json: item }) => item.outcome)).toEqual(['unchanged', 'unchanged', 'updated']);
		expect(planhat.sent().filter((sent) => sent.includes('companies'))).toEqual(['GET /companies/extid-a%201']);
	});

	it('sends the row where the company cannot be looked up', async () => {
		const [person] = planhat.server.insert('endusers', [{ email: 'ann@a.com', companyId: unknown }]);
		const json = { email: 'ann@a.com', companyId: 'extid-nobody' };
		const { error } = await planhat.run(update('enduser', record('id', person?._id), json));
		expect(error?.message).toContain('Company extid-nobody not found');
	});

	it('works for owners by email, and for a record that is named by email', async () => {
		const [owner] = planhat.server.insert('users', [{ email: 'kim@a.com', nickName: 'Kim' }]);
		const [company] = planhat.server.insert('companies', [{ name: 'A', owner: owner?._id ?? '' }]);
		planhat.server.insert('endusers', [{ email: 'ann@a.com', position: 'CEO' }]);
		const first = await planhat.run(update('company', record('id', company?._id), { owner: 'Kim@a.com' }));
		const second = await planhat.run(update('enduser', record('email', 'ann@a.com'), { position: 'CEO' }));
		expect([first, second].map(({ output }) => output[0]?.json.outcome)).toEqual(['unchanged', 'unchanged']);
	});

	it('works for tickets, which are written as rows', async () => {
		const [ticket] = planhat.server.insert('tickets', [
			{ subject: 'Help', snippet: 'Slow', externalId: 't-1', email: 'ann@a.com', companyId: unknown, status: 'open' },
		]);
		const same = { title: 'Help', description: 'Slow', status: 'open' };
		const first = await planhat.run(update('ticket', record('sourceId', 't-1'), same));
		expect(first.output[0]?.json).toEqual({ outcome: 'unchanged', _id: ticket?._id, sourceId: 't-1' });
		expect(methods()).toEqual(['GET']);
		const second = await planhat.run(update('ticket', record('sourceId', 't-1'), { ...same, status: 'closed' }));
		expect(second.output[0]?.json).toMatchObject({ outcome: 'updated', _id: ticket?._id });
	});

	it('compares an item with what an earlier one has written to the same record', async () => {
		planhat.server.insert('companies', [{ name: 'A', externalId: 'a', phase: '1' }]);
		planhat.server.order({ method: 'PUT', latency: 30, times: 'always' });
		const items = itemsOf(['2', '2', '1', '1'].map((phase) => ({ phase })));
		const parameters = update('company', record('externalId', 'a'), '={{ { phase: $json.phase } }}');
		const { output } = await planhat.run(parameters, { items, onError: 'continueRegularOutput' });
		expect(output.map(({ json }) => json.outcome)).toEqual(['updated', 'unchanged', 'updated', 'unchanged']);
	});

	it('is refused by Read Only before anything is read', async () => {
		const parameters = update('company', record('id', unknown), { phase: 'x' });
		const { error } = await planhat.run(parameters, { credentials: { ...planhat.credentials, readOnly: true } });
		expect(error?.message).toContain('is read only');
		expect(planhat.sent()).toEqual([]);
	});

	it('ends a loop of two systems that write what they read', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', externalId: 'a', phase: 'Live' }]);
		const other: IDataObject = { phase: 'Live', name: 'Alpha' };
		let rounds = 0;
		for (let outcome: unknown; outcome !== 'unchanged'; rounds += 1) {
			const { output } = await planhat.run(update('company', record('id', company?._id), other));
			outcome = output[0]?.json.outcome;
			for (const name of ['name', 'phase']) other[name] = output[0]?.json[name] as string;
		}
		expect(rounds).toBe(2);
	});
});
