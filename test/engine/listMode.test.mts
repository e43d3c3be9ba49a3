import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const fields = { mappingMode: 'autoMapInputData', value: null };

async function upsert(resource: string, rows: IDataObject[], options: INodeParameters) {
	const parameters = { resource, operation: 'upsert', fields, options };
	return await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
}

function inserted(path: string, values: IDataObject): string {
	const [one] = planhat.server.insert(path, [values as never]);
	return String(one?._id);
}

function reads(): string[] {
	return planhat.server.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
}

describe('List Mode', () => {
	it('adds tags to those of 1,000 companies, also of two rows of one, with one list and one request', async () => {
		planhat.server.insert(
			'companies',
			Array.from({ length: 999 }, (_, index) => ({ name: `C ${index}`, externalId: `c-${index}`, tags: ['old'] })),
		);
		const rows = Array.from({ length: 999 }, (_, index) => ({ externalId: `c-${index}`, tags: 'new, old' }));
		const more = [
			{ externalId: 'c-0', tags: ['late'] },
			{ externalId: 'other', name: 'O', tags: 'first' },
		];
		const { output } = await upsert('company', [...rows, ...more], { listMode: 'add' });
		expect(output).toHaveLength(1_001);
		const tags = planhat.server.records('companies').map((company) => company.tags);
		expect([tags[0], tags[1], tags.at(-1)]).toEqual([['old', 'new', 'late'], ['old', 'new'], ['first']]);
		expect(reads()).toEqual(['/companies']);
	});

	it('takes followers out, and values of a custom field with several', async () => {
		planhat.server.insert('customfields', [{ parent: 'company', name: 'Modules', type: 'multipicklist' }]);
		const [kim, lee] = ['kim', 'lee'].map((name) =>
			inserted('users', { email: `${name}@example.com`, nickName: name }),
		);
		const custom = { Modules: ['A', 'B'], Plan: 'Pro' };
		inserted('companies', { name: 'A', sourceId: 's', followers: [kim, lee], custom } as never);
		await upsert('company', [{ sourceId: 's', followers: 'kim@example.com', Modules: 'b, A' }], { listMode: 'remove' });
		expect(planhat.server.records('companies')[0]).toMatchObject({
			followers: [lee],
			custom: { Modules: ['B'], Plan: 'Pro' },
		});
	});

	it('adds people to a conversation, with who they are', async () => {
		const companyId = inserted('companies', { name: 'A' });
		const [one, other] = ['one', 'two'].map((name) =>
			inserted('endusers', { email: `${name}@example.com`, companyId }),
		);
		inserted('conversations', { externalId: 'c', companyId, endusers: [{ id: one, name: 'One' }] } as never);
		const row = { externalId: 'c', companyId, endusers: ['one@example.com', 'two@example.com'] };
		await upsert('conversation', [row], { listMode: 'add' });
		expect(planhat.server.records('conversations')[0]?.endusers).toEqual([{ id: one, name: 'One' }, { id: other }]);
	});

	it('makes no list of what it takes out of a new record, and refuses a key that it cannot tell', async () => {
		const rows = [
			{ sourceId: 'i', title: 'I', companyIds: ['extid-acme'] },
			{ sourceId: 'j', title: 'J', companyMatchingValue: 'x' },
		];
		const { errors, output } = await upsert('issue', rows, { listMode: 'remove' });
		expect(errors[0]?.json.error).toContain("'extid-acme' cannot be told from those in Planhat");
		expect(output[0]?.json.outcome).toBe('created');
		expect(planhat.server.records('issues')[0]).not.toHaveProperty('companyMatchingValue');
	});

	it.each([
		['add', ['a', 'b', 'c']],
		['remove', ['a']],
		['replace', ['b', 'c']],
	])('%s counts in Update too', async (listMode, tags) => {
		const _id = inserted('companies', { name: 'A', tags: ['a', 'b'] } as never);
		const parameters = { resource: 'company', operation: 'update', fields, options: { listMode } };
		await planhat.run({ ...parameters, recordId: record('id', _id) }, { items: itemsOf([{ tags: 'b, c' }]) });
		expect(planhat.server.records('companies')[0]?.tags).toEqual(tags);
	});
});
