import { NodeApiError, type Failure, type INode } from 'n8n-workflow';

import { isObject } from '../Planhat/values/checks';
import { inputError, nodeError, type NodeError } from '../Planhat/transport/errors';

function causeOf(code: string | null): Failure {
	if (code === '429') return { cause: 'rate-limited' };
	if (code === '401') return { cause: 'credential-invalid' };
	if (code === '403' || code === '404') return { cause: 'configuration-invalid' };
	return { cause: 'temporarily-unavailable' };
}

const overTime = 'Planhat did not answer in the time that n8n gives a poll';

/**
 * Turns what a poll threw into an error of n8n's with the cause by which n8n decides when to poll again.
 * @param thrown anything; a TimeoutError where the time of the poll was over
 */
export function pollError(node: INode, thrown: unknown): NodeError {
	const isOverTime = isObject(thrown) && thrown.name === 'TimeoutError';
	const error = isOverTime
		? inputError(node, overTime, 'Nothing is lost: the next poll starts from the same place.')
		: nodeError(node, thrown);
	if (isOverTime) return Object.assign(error, { failure: { cause: 'temporarily-unavailable' } });
	return error instanceof NodeApiError ? Object.assign(error, { failure: causeOf(error.httpCode) }) : error;
}
