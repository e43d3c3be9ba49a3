import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const verify = async (
	resource: string,
	rows: IDataObject[],
	options: INodeParameters = {},
	onError: 'continueErrorOutput' | 'stopWorkflow' = 'continueErrorOutput',
) =>
	await planhat.run(
		{
			...{ resource, operation: 'upsert', options: { verify: true, ...options } },
			fields: { mappingMode: 'autoMapInputData', value: null },
		},
		{ items: itemsOf(rows), onError },
	);

const puts = () => planhat.server.requests.filter(({ method }) => method === 'PUT');

describe('Verify', () => {
	it('says of each row whether Planhat holds it as it was sent, and of each field what it made of it', async () => {
		planhat.server.insert('customfields', [{ name: 'Plan', type: 'text', parent: 'company' }]);
		planhat.server.insert('companies', [{ externalId: 'b', name: 'Old' }]);
		const rows = [
			{ externalId: 'a', name: 'A', phase: 'Live', tags: 'x, y', Plan: 'Pro' },
			{ externalId: 'b', name: 'B', hueOfSky: 'blue', custom: { plan: 'Basic' } },
		];
		const { output, hints } = await verify('company', rows);
		expect(output.map(({ json }) => json)).toEqual([
			expect.objectContaining({ outcome: 'created', externalId: 'a', verified: true }),
			expect.objectContaining({
				...{ outcome: 'updated', externalId: 'b', verified: false },
				differences: {
					hueOfSky: { sent: 'blue', inPlanhat: null },
					'custom.plan': { sent: 'Basic', inPlanhat: null },
				},
			}),
		]);
		expect(hints.map(({ message }) => message).join()).toContain(
			'1 row is not in Planhat as it was sent: hueOfSky (1 row) and custom.plan (1 row)',
		);
	});

	it('counts in a summary', async () => {
		const rows = [
			{ externalId: 'a', name: 'A' },
			{ externalId: 'b', name: 'B', hueOfSky: 'blue' },
		];
		const { output } = await verify('company', rows, { report: 'summary' });
		expect(output[0]?.json).toMatchObject({ verified: 1, notVerified: 1, differingFields: { hueOfSky: 1 } });
	});

	it('shows long values by their beginning', async () => {
		const { output } = await verify('company', [{ externalId: 'a', name: 'A', hueOfSky: 'blue'.repeat(100) }]);
		const { differences = {} } = output[0]?.json ?? {};
		expect(JSON.stringify(differences)).toContain('blue… (400 characters)');
	});

	it.each([
		['afterApplying', [['applied', true]], []],
		['beforeApplying', [], ['failed']],
	] as const)('settles rows whose answer was lost %s, without sending them again', async (cut, taken, refused) => {
		planhat.server.order({ method: 'PUT', path: '/companies', cut, times: 'always' });
		const { output, errors } = await verify('company', [{ externalId: 'a', name: 'A' }], { maxWait: 0 });
		expect(output.map(({ json }) => [json.outcome, json.verified])).toEqual(taken);
		expect(errors.map(({ json }) => (json.details as IDataObject).outcome)).toEqual(refused);
		if (refused.length > 0) expect(errors[0]?.json.error).toContain('Planhat has no such company');
		const sent = planhat.sent();
		expect(sent.lastIndexOf('PUT /companies')).toBeLessThan(sent.findIndex((request) => request.startsWith('GET')));
	});

	it('lets a run succeed whose answer was lost, with On Error = Stop', async () => {
		planhat.server.order({ method: 'PUT', path: '/companies', cut: 'afterApplying', times: 'always' });
		const { output, error } = await verify('company', [{ externalId: 'a', name: 'A' }], { maxWait: 0 }, 'stopWorkflow');
		expect(error).toBeUndefined();
		expect(output[0]?.json).toMatchObject({ outcome: 'applied', verified: true });
	});

	it('reports what was written where it cannot be read', async () => {
		planhat.server.setRights({ companies: { read: false } });
		const { output, hints } = await verify('company', [{ externalId: 'a', name: 'A' }]);
		expect(output[0]?.json).toMatchObject({ outcome: 'created' });
		expect(output[0]?.json).not.toHaveProperty('verified');
		expect(hints.map(({ message }) => message).join()).toContain('could not be read back');
	});

	it('finds people, archived ones too, and tasks', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', externalId: 'a' }]);
		planhat.server.insert('endusers', [{ email: 'ann@a.com', companyId: company?._id ?? '', archived: true }]);
		const people = await verify('enduser', [
			{ email: 'ann@a.com', companyId: 'extid-a', position: 'CEO' },
			{ email: 'bo@a.com', companyId: company?._id ?? '' },
		]);
		expect(people.output.map(({ json }) => [json.verified, json.differences])).toEqual([
			[true, undefined],
			[true, undefined],
		]);
		const task = { sourceId: 't', companyId: 'extid-a', mainType: 'task', action: 'Call', startTime: '2026-03-31' };
		const tasks = await verify('task', [task]);
		expect(tasks.output.map(({ json }) => [json.verified, json.differences])).toEqual([[true, undefined]]);
	});

	it('gives way to Dry Run and Preview Changes', async () => {
		for (const option of ['dryRun', 'preview']) {
			await verify('company', [{ externalId: 'a', name: 'A' }], { [option]: true });
		}
		expect(puts()).toEqual([]);
	});

	it('reads 6,000 companies in two requests more', async () => {
		const companies = Array.from({ length: 6_000 }, (_, at) => ({ externalId: `c-${at}`, name: `Company ${at}` }));
		const { output } = await verify('company', companies, { report: 'summary' });
		expect(output[0]?.json).toMatchObject({ rows: 6_000, verified: 6_000, notVerified: 0, requests: 4 });
	});
});
