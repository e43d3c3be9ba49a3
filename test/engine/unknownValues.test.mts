import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

async function upsert(resource: string, rows: IDataObject[], options: INodeParameters = {}) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource, operation: 'upsert', fields, options };
	const result = await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
	return { ...result, hint: result.hints.map(({ message }) => message).join(' ') };
}

const answers = [10, 11, -1].map((score, at) => ({ sourceId: `n-${at}`, email: 'kim@acme.com', score }));

describe('the option for unknown values', () => {
	it('sends an NPS score beyond 0 to 10 with a warning, without, or not at all', async () => {
		const warned = await upsert('nps', answers);
		expect(warned.errors).toEqual([]);
		expect(warned.hint).toContain("'score' has values that are not in the field's list (0 to 10)");
		expect(warned.hint).toContain('11, -1');
		const sent = await upsert('nps', answers, { unknownValues: 'send' });
		expect([sent.errors, sent.hint]).toEqual([[], '']);
		const failed = await upsert('nps', answers, { unknownValues: 'fail' });
		expect(failed.errors.map(({ json }) => json.error)).toEqual([
			expect.stringContaining("'score' takes one of its known values (0 to 10), not '11'"),
			expect.stringContaining("'score' takes one of its known values (0 to 10), not '-1'"),
		]);
	});

	it('looks at the status of tasks and invoices', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A' }]);
		const companyId = String(company?._id);
		const task = { externalId: 't', companyId, mainType: 'task', action: 'Call', status: 'Finished' };
		expect((await upsert('task', [task])).hint).toContain('(To Do, In-progress, Done)');
		const invoice = { extId: 'i', cId: companyId, currency: 'EUR', status: 'void' };
		const { errors } = await upsert('invoice', [invoice], { unknownValues: 'fail' });
		expect(errors[0]?.json.error).toContain(
			"'status' takes one of its known values (pending, paid, overdue), not 'void'",
		);
	});

	it('compares phases and conversation types with those of recent records, by one request and only on request', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', phase: 'Live', externalId: 'a' }]);
		const rows = ['Live', 'Lvie'].map((phase, at) => ({ externalId: `a-${at}`, name: 'A', phase }));
		const { errors } = await upsert('company', rows, { unknownValues: 'fail' });
		expect(errors.map(({ json }) => json.error)).toEqual([
			expect.stringContaining("'phase' takes one of its known values (Live), not 'Lvie'"),
		]);
		expect(planhat.sent()).toEqual(['GET /companies', 'PUT /companies']);
		planhat.server.insert('conversations', [{ type: 'call', companyId: String(company?._id) }]);
		const call = { externalId: 'c', companyId: String(company?._id), type: 'meeting', subject: 'S' };
		const warned = await upsert('conversation', [call], { unknownValues: 'warn' });
		expect(warned.hint).toContain("'type' has values that are not in the field's list (call)");
		const before = planhat.sent().length;
		expect((await upsert('company', rows)).hint).toBe('');
		expect(planhat.sent().slice(before)).toEqual(['PUT /companies']);
	});
});

describe('what this node adds to records', () => {
	it('is left out with a word when it comes back', async () => {
		const rows = [{ externalId: 'a', name: 'A', ownerName: 'Kim', ownerEmail: 'kim@acme.com', companySourceId: 's' }];
		const { hint } = await upsert('company', rows);
		expect(planhat.lastRequest().body).toEqual([{ externalId: 'a', name: 'A' }]);
		expect(hint).toContain('ownerName, ownerEmail, companySourceId');
		expect(hint).toContain('this node adds them');
	});
});

describe('filters', () => {
	it('take keys of companies and the emails of users', async () => {
		const [a, b] = planhat.server.insert('companies', [
			{ name: 'A', externalId: 'a', sourceId: 'sa' },
			{ name: 'B', externalId: 'b' },
		]);
		const [kim] = planhat.server.insert('users', [{ email: 'kim@acme.com', firstName: 'Kim' }]);
		planhat.server.insert('tasks', [
			{ action: 'One', companyId: String(a?._id), ownerId: String(kim?._id) },
			{ action: 'Two', companyId: String(b?._id) },
		]);
		const list = async (filters: INodeParameters) => {
			const { output, error } = await planhat.run({ resource: 'task', operation: 'getAll', returnAll: true, filters });
			return error?.message ?? output.map(({ json }) => json.action);
		};
		expect(await list({ companyId: ['extid-b'] })).toEqual(['Two']);
		expect(await list({ companyId: 'srcid-sa,extid-b' })).toEqual(['One', 'Two']);
		expect(await list({ companyId: 'srcid-sa; extid-b' })).toEqual(['One', 'Two']);
		expect(await list({ company: { __rl: true, mode: 'id', value: 'extid-a' } })).toEqual(['One']);
		expect(await list({ ownerId: { __rl: true, mode: 'id', value: 'Kim@acme.com' } })).toEqual(['One']);
		expect(await list({ companyId: ['extid-gone'] })).toContain("'extid-gone' in the filter is the key of no company");
		expect(await list({ ownerId: { __rl: true, mode: 'id', value: 'no@acme.com' } })).toContain('the email of no user');
	});
});
