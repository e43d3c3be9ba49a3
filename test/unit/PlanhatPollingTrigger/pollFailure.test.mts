import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import { withCause } from '../../../nodes/PlanhatPollingTrigger/pollFailure.ts';
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
		expect(withCause(error)).toMatchObject({ message: 'No', failure: { cause } });
	});

	it('of the input has none', () => {
		expect(withCause(inputError(node, 'No', 'Yes'))).not.toHaveProperty('failure.cause');
	});
});
