import { describe, expect, it } from '@jest/globals';
import type { NodeOperationError } from 'n8n-workflow';

import { deleteRecord } from '../../../../nodes/Planhat/operations/delete.ts';
import { detailsOf } from '../../../../nodes/Planhat/transport/errors.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';
const target = { verb: 'delete', record: `company with ID '${_id}'`, permission: 'Company', _id };
const request = { method: 'DELETE' as const, url: `/companies/${_id}`, target };

const answered = (body: unknown) => deleteRecord.answer(fakeItem('company', {}, [body]), request);

describe('the answer to Delete', () => {
	it.each([
		undefined,
		null,
		'',
		{},
		'OK',
		{ n: 1, ok: 1, deletedCount: 1 },
		{ deletedCount: '1' },
		{ _id, name: 'Acme', ok: 0, n: 0, error: 'a field' },
	])('is a success: %j', async (body) => {
		expect(await answered(body)).toEqual([{ deleted: true, _id }]);
	});

	it.each<[unknown, string, string]>([
		[{ error: 'not allowed' }, 'failed', 'not allowed'],
		[{ message: 'not allowed' }, 'failed', 'not allowed'],
		[false, 'failed', 'false'],
		[{ n: 1, ok: 0, deletedCount: '0' }, 'failed', 'ok: 0'],
		[{ n: 1, ok: 0, message: 'locked' }, 'failed', 'locked'],
		[{ n: 0 }, 'failed', 'nothing was deleted'],
		[{ n: 1, ok: 1, deletedCount: ' 0 ' }, 'failed', 'nothing was deleted'],
		['Failed to delete company', 'unknown', 'Failed to delete company'],
	])('is none: %j', async (body, outcome, words) => {
		const error = await thrownBy(() => answered(body));
		expect(error.message).toContain(words);
		expect(detailsOf(error as NodeOperationError)).toMatchObject({ outcome, _id });
	});
});
