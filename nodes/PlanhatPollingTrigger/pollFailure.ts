import { NodeApiError, type Failure } from 'n8n-workflow';

import type { NodeError } from '../Planhat/transport/errors';

function causeOf(code: string | null): Failure {
	if (code === '429') return { cause: 'rate-limited' };
	if (code === '401') return { cause: 'credential-invalid' };
	if (code === '403' || code === '404') return { cause: 'configuration-invalid' };
	return { cause: 'temporarily-unavailable' };
}

/** Gives an error of Planhat's the cause by which n8n decides when to poll again. */
export function withCause(error: NodeError): NodeError {
	if (error instanceof NodeApiError) Object.assign(error, { failure: causeOf(error.httpCode) });
	return error;
}
