import { describe, expect, it } from '@jest/globals';

import { absentIn } from '../../../../nodes/Planhat/transport/errors.ts';
import { failureOfAnswer } from '../../../../nodes/Planhat/transport/failure.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';
import { toRefusal } from '../../../../nodes/Planhat/transport/toRefusal.ts';
import { node } from '../../fakeItem.mts';

const target = { verb: 'update', record: 'company', permission: 'Company', _id: 'a', keys: { externalId: 'x' } };
const update: PlanhatRequest = { method: 'PUT', url: '/companies/a', target };

function refusalOf(status: number, request = update, waited = 0) {
	const course = { body: 'No', resent: false, waited };
	const host = { address: 'https://api.planhat.com' };
	return toRefusal(node, request, failureOfAnswer(status, 'No'), course, host, 'planhatApi');
}

describe('a refusal', () => {
	it.each([
		[400, update, 'failed'],
		[503, update, 'unknown'],
		[503, { ...update, method: 'GET' as const }, 'failed'],
	])('of %d knows what became of its record', (status, request, outcome) => {
		const { error, ...rest } = refusalOf(status, request);
		expect(error.context.details).toEqual({ outcome, _id: 'a', keys: { externalId: 'x' } });
		expect(rest).toMatchObject({ status, body: 'No', resent: false });
	});

	it('says for how long it was tried', () => {
		expect(refusalOf(503, update, 4_600).error.message).toBe(
			'Planhat did not update the company: No (tried again for 5 seconds)',
		);
		expect(refusalOf(503).error.message).toBe('Planhat did not update the company: No');
	});

	it('is marked where there is no such record', () => {
		expect(absentIn(refusalOf(404).error)).toBe('company');
		expect(absentIn(refusalOf(400).error)).toBeUndefined();
	});
});
