import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { readCreatedFields } from '../../../../nodes/Planhat/output/createdFields.ts';
import { fakeItem, node } from '../../fakeItem.mts';

const tool = { ...node, type: 'n8n-nodes-planhat.planhatTool' };

function namesOf(resource: string, sent: IDataObject, created: IDataObject, output = 'simplified') {
	return readCreatedFields({ ...fakeItem(resource, { output }), node: tool }, sent, created)?.names;
}

describe('of a record that was created, a model', () => {
	const sent = {
		action: 'Call',
		companyId: 'c',
		ownerId: 'u',
		startTime: '2026-03-31T00:00:00.000Z',
		custom: { A: 1, B: 2 },
	};

	it('gets the ID, the name, and what the node made of its words', () => {
		expect(namesOf('task', sent, { _id: '1', ...sent })).toEqual(['_id', 'action', 'startTime']);
	});

	it('gets what came back as something else', () => {
		const created = { _id: '1', ...sent, companyId: 'd', custom: { A: 1, B: 3 } };
		expect(namesOf('task', sent, created)).toEqual(['_id', 'action', 'companyId', 'startTime', 'custom.B']);
	});

	it('gets a key where the record has no name', () => {
		expect(namesOf('enduser', { email: 'a@b.example' }, { _id: '1', email: 'a@b.example' })).toEqual(['_id', 'email']);
	});

	it('gets what the builder chose', () => {
		expect(namesOf('task', sent, { _id: '1', ...sent }, 'raw')).toBeUndefined();
		expect(readCreatedFields(fakeItem('task'), sent, sent)).toBeUndefined();
	});
});
