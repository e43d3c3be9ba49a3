import { describe, expect, it } from '@jest/globals';
import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';

import { readRowAnswer } from '../../../../nodes/Planhat/report/rowAnswer.ts';
import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';
import type { Target } from '../../../../nodes/Planhat/transport/request.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import { openDoor } from '../../fakeItem.mts';

const node = { id: '1', name: 'Planhat', type: 'planhat', typeVersion: 1.1, position: [0, 0], parameters: {} } as INode;
const target: Target = { verb: 'create', record: 'ticket', permission: 'Ticket', keys: { sourceId: 't-1' } };
const known: Target = { ...target, _id: 'id-9' };
const keys = { sourceId: 't-1' };
const zeros = { created: 0, updated: 0, nonupdates: 0, insertsKeys: [], updatesKeys: [], createdErrors: [] };

const read = (body: unknown, asked = target, sent?: IDataObject[], typeVersion = 1.1) => {
	const item = { node: { ...node, typeVersion }, model: modelOf('ticket') as Model, transport: openDoor as Transport };
	return readRowAnswer(item, { target: asked, body: sent }, { status: 200, body, resent: false });
};

function thrownBy(body: unknown, asked = target): NodeApiError {
	try {
		read(body, asked);
	} catch (error) {
		expect(error).toBeInstanceOf(NodeApiError);
		return error as NodeApiError;
	}
	throw new Error('Nothing was thrown');
}

describe('readRowAnswer', () => {
	it.each<[string, unknown, Record<string, unknown>]>([
		['created', { created: 1, insertsKeys: [{ _id: 'id-1', sourceId: 't-1' }] }, { outcome: 'created', _id: 'id-1' }],
		['created, by its ID alone', { upsertedIds: ['id-1'] }, { outcome: 'created', _id: 'id-1' }],
		['created, by the count alone', { created: 1 }, { outcome: 'created', _id: undefined }],
		['updated', { updated: 1, updatesKeys: [{ _id: 'id-1' }] }, { outcome: 'updated', _id: 'id-1' }],
		['updated, by its ID alone', { modified: ['id-1'] }, { outcome: 'updated', _id: 'id-1' }],
		['unchanged', { created: 0, updated: 0, nonupdates: 1 }, { outcome: 'unchanged', _id: undefined }],
	])('reads a row that is %s', (_case, body, expected) => {
		expect(read(body)).toEqual({ ...expected, ...keys });
	});

	it.each([undefined, null, '', 'OK', [], {}])('does not know what became of it after the answer %j', (body) => {
		expect(read(body)).toMatchObject({
			outcome: 'unknown',
			...keys,
			reason: expect.stringContaining('without saying'),
		});
	});

	it('keeps the ID that was known before, where the answer names none', () => {
		expect(read({ nonupdates: 1 }, known)).toEqual({ outcome: 'unchanged', _id: 'id-9', ...keys });
		expect(read({ updated: 1 }, known)).toEqual({ outcome: 'updated', _id: 'id-9', ...keys });
		expect(read({}, known)).toMatchObject({ outcome: 'unknown', _id: 'id-9' });
	});

	it('shows the title of the row, but for nodes of the first version', () => {
		const sent = [{ sourceId: 't-1', title: 'Login' }];
		expect(read({ created: 1 }, target, sent)).toMatchObject({ outcome: 'created', title: 'Login' });
		expect(read({ created: 1 }, target, sent, 1)).not.toHaveProperty('title');
		expect(read({ created: 1 }, target, [{ title: 5 }])).not.toHaveProperty('title');
	});

	it.each(['createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'])(
		"throws Planhat's own words where %s has any, and knows no outcome beside a success",
		(list) => {
			const refused = thrownBy({ ...zeros, [list]: [{ message: 'Bad domain' }] }, known);
			expect(refused.message).toBe('Planhat did not create the ticket: Bad domain');
			expect(refused.context.details).toEqual({ outcome: 'failed', _id: 'id-9', keys });
			const unsure = thrownBy({ updated: 1, [list]: [{ message: 'Bad domain' }] }, known);
			expect(unsure.message).toContain('It said: Bad domain');
			expect(unsure.context.details).toEqual({ outcome: 'unknown', _id: 'id-9', keys });
		},
	);

	it('throws where the row is counted nowhere: Planhat drops tickets without an email in silence', () => {
		expect(thrownBy(zeros).message).toBe(
			'Planhat did not create the ticket: Planhat accepted the request but did not count this row',
		);
	});

	it.each<[unknown, string]>([
		['Failed to create ticket', 'unknown'],
		[{ message: 'Failed to create ticket' }, 'failed'],
	])('throws what Planhat says in another form: %j', (body, outcome) => {
		const error = thrownBy(body);
		expect(error.message).toContain('Failed to create ticket');
		expect(error.context.details).toMatchObject({ outcome, keys });
	});
});
