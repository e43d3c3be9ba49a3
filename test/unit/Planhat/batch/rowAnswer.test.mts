import { describe, expect, it } from '@jest/globals';
import { NodeApiError } from 'n8n-workflow';

import { readRowOutcome } from '../../../../nodes/Planhat/batch/rowAnswer.ts';
import { recordOrReceipt } from '../../../../nodes/Planhat/output/writeResult.ts';
import { withArticle } from '../../../../nodes/Planhat/resources/model.ts';
import { detailsOf } from '../../../../nodes/Planhat/transport/errors.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem, openDoor } from '../../fakeItem.mts';

const request: PlanhatRequest = {
	method: 'PUT',
	url: '/tickets',
	body: [{ sourceId: 't-1' }],
	target: { verb: 'create', record: 'ticket', permission: 'Ticket', keys: { sourceId: 't-1' } },
};
const known: PlanhatRequest = { ...request, target: { ...request.target, _id: 'id-9' } };
const keys = { sourceId: 't-1' };

const outcome = (body: unknown, asked = request) => readRowOutcome(fakeItem('ticket'), asked, body);

describe('the outcome of one row', () => {
	it.each<[string, unknown, Record<string, unknown>]>([
		[
			'is created',
			{ created: 1, insertsKeys: [{ _id: 'id-1', sourceId: 't-1' }] },
			{ outcome: 'created', _id: 'id-1' },
		],
		['is created by its id alone', { upsertedIds: ['id-1'] }, { outcome: 'created', _id: 'id-1' }],
		['is created by the count alone', { created: 1 }, { outcome: 'created', _id: undefined }],
		['is updated', { updated: 1, updatesKeys: [{ _id: 'id-1' }] }, { outcome: 'updated', _id: 'id-1' }],
		['is updated by its id alone', { modified: ['id-1'] }, { outcome: 'updated', _id: 'id-1' }],
		['is unchanged', { created: 0, updated: 0, nonupdates: 1 }, { outcome: 'unchanged', _id: undefined }],
		[
			'is not decided by lists and counts of nothing',
			{ created: 0, updated: 0, nonupdates: 0, insertsKeys: [], updatesKeys: [], createdErrors: [] },
			{ outcome: 'unknown', _id: undefined, reason: expect.any(String) },
		],
	])('%s', (_case, body, expected) => {
		expect(outcome(body)).toEqual({ ...expected, ...keys });
	});

	it.each([undefined, null, '', 'OK', [], {}])('is unknown after the answer %j', (body) => {
		expect(outcome(body)).toMatchObject({ outcome: 'unknown', ...keys, reason: expect.any(String) });
	});

	it('carries the id that was known before, where the answer names none', () => {
		expect(outcome({ nonupdates: 1 }, known)).toEqual({ outcome: 'unchanged', _id: 'id-9', ...keys });
		expect(outcome({ updated: 1 }, known)).toEqual({ outcome: 'updated', _id: 'id-9', ...keys });
		expect(outcome({}, known)).toMatchObject({ outcome: 'unknown', _id: 'id-9' });
	});

	it.each(['createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'])(
		"is an error with Planhat's own words when %s names one, also beside a success",
		async (list) => {
			const error = await thrownBy(() => outcome({ updated: 1, [list]: [{ message: 'Bad domain' }] }, known));
			expect(error.message).toBe('Planhat did not create the ticket: Bad domain');
			expect(error).toBeInstanceOf(NodeApiError);
			expect(detailsOf(error as NodeApiError)).toEqual({ outcome: 'failed', _id: 'id-9', keys });
		},
	);
});

describe('what a write hands over', () => {
	it('is the record as Planhat answered it', () => {
		expect(recordOrReceipt({ _id: 'a', name: 'Acme' }, openDoor, 'a')).toEqual({ _id: 'a', name: 'Acme' });
	});

	it('is a receipt with what else Planhat said', () => {
		expect(recordOrReceipt('OK', openDoor, 'a')).toEqual({ success: true, _id: 'a', answer: 'OK' });
	});

	it.each([undefined, '', {}, [], null])('is a receipt after the answer %j', (body) => {
		expect(recordOrReceipt(body, openDoor, 'a')).toEqual({ success: true, _id: 'a' });
		expect(recordOrReceipt(body, openDoor)).toEqual({ success: true });
	});
});

describe('the article', () => {
	it.each([
		['company', 'a company'],
		['end user', 'an end user'],
		['user', 'a user'],
		['asset', 'an asset'],
		['invoice', 'an invoice'],
		['issue', 'an issue'],
		['objective', 'an objective'],
		['opportunity', 'an opportunity'],
		['NPS response', 'an NPS response'],
		['note', 'a note'],
		['churn entry', 'a churn entry'],
	])('of %s: %s', (noun, expected) => {
		expect(withArticle(noun)).toBe(expected);
	});
});
