import { describe, expect, it } from '@jest/globals';

import { failureOfAnswer } from '../../../../nodes/Planhat/transport/failure.ts';
import { Refusals } from '../../../../nodes/Planhat/transport/refusals.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';

const create: PlanhatRequest = {
	method: 'POST',
	url: '/companies',
	target: { verb: 'create', record: 'company', permission: 'Company', keys: { externalId: 'acme', n: 7, blank: '' } },
};
const chunk: PlanhatRequest = { ...create, method: 'PUT', body: Buffer.from('[{}]'), idempotent: true };
const track: PlanhatRequest = { ...create, host: 'analytics' };

function after(request: PlanhatRequest, status: number, body: unknown): Refusals {
	const refusals = new Refusals();
	refusals.add(request, failureOfAnswer(status, body), body);
	return refusals;
}

describe('what Planhat refused to the token', () => {
	it('is everything on the host of the token after 401, and nothing on the other', () => {
		const refusals = after(create, 401, 'no');
		for (const request of [
			create,
			chunk,
			{ ...create, method: 'GET', target: { ...create.target, permission: 'User' } } as const,
		]) {
			expect(refusals.of(request)).toMatchObject({ code: '401', words: 'no' });
		}
		expect(refusals.of(track)).toBeUndefined();
		expect(after(track, 401, 'no').of(create)).toBeUndefined();
		expect(after(track, 401, 'no').of(track)).toMatchObject({ code: '401' });
	});

	it('is the operation on the model after 403, and no other', () => {
		const refusals = after(create, 403, 'no right');
		expect(refusals.of({ ...create, url: '/elsewhere' })).toMatchObject({ code: '403', words: 'no right' });
		expect(refusals.of({ ...create, method: 'GET' })).toBeUndefined();
		expect(refusals.of({ ...create, target: { ...create.target, permission: 'User' } })).toBeUndefined();
		expect(refusals.of({ ...chunk, method: 'POST' })).toBeUndefined();
	});

	it.each<[string, PlanhatRequest, unknown]>([
		['of rows', chunk, 'no right'],
		['with a list of errors', create, { permissionErrors: ['no right'] }],
		['that names the record', create, 'no right to acme'],
		['on the analytics host', track, 'no right'],
	])('is not what is said of one request alone: a 403 %s', (_case, request, body) => {
		expect(after(request, 403, body).of(request)).toBeUndefined();
	});

	it.each([400, 404, 429, 500])('is not what was answered by %i', (status) => {
		expect(after(create, status, 'no').of(create)).toBeUndefined();
	});
});
