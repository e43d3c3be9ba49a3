import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

async function run(operation: string, resource: string, rows: IDataObject[], parameters: INodeParameters) {
	const onError = 'continueErrorOutput' as const;
	return await planhat.run({ resource, operation, ...parameters }, { items: itemsOf(rows), onError });
}

const byExternalId = record('externalId', '={{ $json.key }}');

function companies(count: number): IDataObject[] {
	return planhat.server.insert(
		'companies',
		Array.from({ length: count }, (_, index) => ({ name: `C ${index}`, externalId: `c-${index}` })),
	);
}

function requestsOf(method: string): string[] {
	return planhat.sent().filter((request) => request.startsWith(method));
}

describe('Delete of many records', () => {
	it('finds those that are named by keys in one list, and deletes each once', async () => {
		companies(30);
		const rows = [...Array.from({ length: 30 }, (_, index) => ({ key: `c-${index}` })), { key: 'c-0' }];
		const { output, errors } = await run('delete', 'company', rows, { recordId: byExternalId });
		expect(errors).toEqual([]);
		expect(output).toHaveLength(31);
		expect(output.every(({ json }) => json.deleted === true)).toBe(true);
		expect(output[30]?.json._id).toBe(output[0]?.json._id);
		expect(requestsOf('GET')).toEqual(['GET /leancompanies']);
		expect(requestsOf('DELETE')).toHaveLength(30);
		expect(planhat.server.records('companies')).toEqual([]);
	});

	it.each(['fail', 'ignore'])('deletes one that two of few rows name once, where missing ones %s', async (missing) => {
		const rows = ['c-0', 'c-1', 'c-0'].map((key) => ({ key }));
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			planhat.server.reset();
			companies(2);
			const parameters = { resource: 'company', operation: 'delete', recordId: byExternalId, options: { missing } };
			const { output } = await planhat.run(parameters, { items: itemsOf(rows), onError });
			expect(output.map(({ json }) => json.deleted)).toEqual([true, true, true]);
			expect(requestsOf('DELETE')).toHaveLength(2);
		}
	});

	it('does the same where it stops on an error, one after the other', async () => {
		companies(8);
		const rows = Array.from({ length: 8 }, (_, index) => ({ key: `c-${index}` }));
		const { output } = await planhat.run(
			{ resource: 'company', operation: 'delete', recordId: byExternalId },
			{ items: itemsOf(rows) },
		);
		expect(output).toHaveLength(8);
		expect(requestsOf('GET')).toHaveLength(1);
	});

	it('says which are missing, or ignores them', async () => {
		companies(7);
		const rows = ['c-0', 'gone', 'c-1', 'c-2', 'c-3', 'c-4', 'c-5'].map((key) => ({ key }));
		const failing = await run('delete', 'company', [...rows], { recordId: byExternalId });
		expect(failing.errors).toHaveLength(1);
		expect(failing.errors[0]?.json.error).toContain("Planhat has no company with external ID 'gone'");
		expect(failing.output).toHaveLength(6);
		const again = await run('delete', 'company', rows, { recordId: byExternalId, options: { missing: 'ignore' } });
		expect(again.errors).toEqual([]);
		expect(again.output.map(({ json }) => json)).toEqual(rows.map(({ key }) => ({ deleted: false, externalId: key })));
		expect(again.hints.map(({ message }) => message)).toEqual(['7 companies were not found and ignored.']);
	});

	it.each([404, 'null'] as const)('ignores a single one that Planhat answers %s for', async (unknownRecord) => {
		planhat.server.setBehaviour({ unknownRecord });
		const { output, errors } = await run('delete', 'company', [{ key: 'gone' }], {
			recordId: byExternalId,
			options: { missing: 'ignore' },
		});
		expect(errors).toEqual([]);
		expect(output[0]?.json).toEqual({ deleted: false, externalId: 'gone' });
	});

	it('does not delete any of several records with one external ID in several companies', async () => {
		const [a, b] = companies(2);
		planhat.server.insert('assets', [
			{ name: 'One', externalId: 'x', companyId: String(a?._id) },
			{ name: 'Two', externalId: 'x', companyId: String(b?._id) },
			...['p', 'q', 'r', 's', 't'].map((externalId) => ({ name: externalId, externalId, companyId: String(a?._id) })),
		]);
		const rows = ['x', 'p', 'q', 'r', 's', 't'].map((key) => ({ key }));
		const { errors, output } = await run('delete', 'asset', rows, { recordId: byExternalId });
		expect(output).toHaveLength(5);
		expect(errors[0]?.json.error).toContain("Planhat has 2 assets with external ID 'x'");
		expect(planhat.server.records('assets')).toHaveLength(2);
	});

	it('asks for each where the list takes more requests', async () => {
		planhat.server.insert(
			'endusers',
			Array.from({ length: 90 }, (_, index) => ({ email: `p${index}@acme.com`, externalId: `p-${index}` })),
		);
		planhat.server.setBehaviour({ pageCap: 10 });
		const rows = Array.from({ length: 6 }, (_, index) => ({ key: `p-${89 - index}` }));
		const { output, errors } = await run('delete', 'enduser', rows, { recordId: byExternalId });
		expect(errors).toEqual([]);
		expect(output).toHaveLength(6);
		expect(requestsOf('GET').length).toBeLessThanOrEqual(12);
	});
});

describe('Archive', () => {
	it('sets the mark on all records in one request, and leaves their other fields', async () => {
		planhat.server.insert(
			'endusers',
			Array.from({ length: 21 }, (_, index) => ({ email: `p${index}@acme.com`, name: `P ${index}` })),
		);
		const rows = [...Array.from({ length: 21 }, (_, index) => ({ key: `p${index}@acme.com` })), { key: 'p3@acme.com' }];
		const recordId = record('email', '={{ $json.key }}');
		const { output, errors } = await run('archive', 'enduser', rows, { recordId });
		expect(errors).toEqual([]);
		expect(output.map(({ json }) => json.outcome)).toEqual([
			...['updated', 'updated', 'updated', 'superseded'],
			...Array.from({ length: 18 }, () => 'updated'),
		]);
		expect(planhat.server.records('endusers').every(({ archived, name }) => archived === true && name)).toBe(true);
		expect(planhat.sent()).toEqual(['GET /endusers', 'PUT /endusers']);
	});

	it('makes no new record of one that is missing', async () => {
		const recordId = record('externalId', '={{ $json.key }}');
		const { errors } = await run('archive', 'conversation', [{ key: 'gone' }], { recordId });
		expect(errors[0]?.json).toMatchObject({
			error: expect.stringContaining("the conversation with external ID 'gone': record not found"),
			details: { outcome: 'failed', keys: { externalId: 'gone' } },
		});
		const options = { missing: 'ignore' };
		const { output } = await run('archive', 'conversation', [{ key: 'gone' }], { recordId, options });
		expect(output[0]?.json).toMatchObject({ outcome: 'skipped', externalId: 'gone' });
		expect(requestsOf('PUT')).toEqual([]);
	});

	it('sends nothing with a credential that is Read Only', async () => {
		const recordId = record('id', '5f1000000000000000000001');
		const { errors } = await planhat.run(
			{ resource: 'issue', operation: 'archive', recordId },
			{ onError: 'continueErrorOutput', credentials: { ...planhat.credentials, readOnly: true } },
		);
		expect(errors[0]?.json.error).toContain('Read Only');
		expect(planhat.sent()).toEqual([]);
	});
});
