import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import { pollError } from '../../../nodes/PlanhatPollingTrigger/pollFailure.ts';
import { apiError, inputError } from '../../../nodes/Planhat/transport/errors.ts';

const node = { id: '1', name: 'Planhat', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

describe('an error of a poll', () => {
	it.each([
		['429', 'rate-limited'],
		['401', 'credential-invalid'],
		['403', 'configuration-invalid'],
		['404', 'configuration-invalid'],
		['503', 'temporarily-unavailable'],
		['ECONNRESET', 'temporarily-unavailable'],
	])('with %s has the cause %s', (code, cause) => {
		const error = apiError(node, code, { message: 'No', description: '' }, { outcome: 'failed' });
		expect(pollError(node, error)).toMatchObject({ message: 'No', failure: { cause } });
	});

	it('whose time was over says so, and that nothing is lost', () => {
		const error = pollError(node, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
		expect(error.message).toBe('Planhat did not answer in the time that n8n gives a poll');
		expect(error).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
	});

	it('of the input has none', () => {
		expect(pollError(node, inputError(node, 'No', 'Yes'))).not.toHaveProperty('failure.cause');
	});
});
