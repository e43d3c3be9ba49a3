import { describe, expect, it } from '@jest/globals';

import { refusedWrite } from '../../../../nodes/Planhat/answers/refusedWrite.ts';
import { detailsOf } from '../../../../nodes/Planhat/transport/errors.ts';
import { create } from '../../../../nodes/Planhat/operations/create.ts';
import { update } from '../../../../nodes/Planhat/operations/update.ts';
import { fakeItem } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';
const target = { verb: 'update', record: 'company', permission: 'Company', _id };

const refused = (body: unknown, status = 200, resent = false) =>
	refusedWrite(fakeItem('company'), target, { status, body, resent });

describe('the answer to the write of one record', () => {
	it.each<[unknown, number, string]>([
		[{ created: 0, createdErrors: ['name is taken'] }, 206, 'name is taken'],
		[{ message: 'Failed to create company' }, 200, 'Failed to create company'],
		[{ error: 'name taken' }, 200, 'name taken'],
		[{ error: { message: 'name taken' } }, 200, 'name taken'],
		[{ _id, name: 'Acme', description: 'kept', updatedErrors: ['phase bad'] }, 206, 'phase bad'],
		[{ _id, errors: ['bad phase'] }, 200, 'bad phase'],
		[{ errors: 'bad phase' }, 200, 'bad phase'],
	])('is a refusal: %j (%d)', (body, status, words) => {
		const error = refused(body, status);
		expect(error?.message).toBe(`Planhat did not update the company: ${words}`);
		expect(error && detailsOf(error)).toMatchObject({ outcome: 'failed', _id });
	});

	it.each<[unknown, number]>([
		['Failed to create company', 200],
		[false, 200],
		[{ _id, name: 'Acme' }, 206],
		['', 206],
	])('leaves open what happened: %j (%d)', (body, status) => {
		const error = refused(body, status);
		expect(error?.message).toMatch(/^It is not clear whether Planhat did update the company: ./);
		expect(error?.description).toContain('may have been applied');
		expect(error && detailsOf(error)).toMatchObject({ outcome: 'unknown', _id });
	});

	it('that came to a second try undoes nothing', () => {
		const error = refused({ error: 'name taken' }, 200, true);
		expect(error && detailsOf(error)).toMatchObject({ outcome: 'unknown' });
		expect(error?.message).toContain('name taken');
	});

	it.each([
		undefined,
		null,
		'',
		[],
		{},
		'OK',
		' ok ',
		'success',
		'Done',
		{ ok: 1 },
		{ message: 'OK' },
		{ error: null, errors: [] },
		{ _id, error: 'a field', message: 'another', createdErrors: [] },
	])('is a success: %j', (body) => {
		expect(refused(body)).toBeUndefined();
	});

	it('stops Create and Update', async () => {
		const item = () => fakeItem('company', {}, [{ error: 'name taken' }]);
		const request = { method: 'POST' as const, url: '/companies', target };
		await expect(create.answer(item(), request)).rejects.toThrow('name taken');
		await expect(update.answer(item(), request)).rejects.toThrow('name taken');
	});
});
