import type { IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';

import { wordsOf, type NodeError } from '../transport/errors';

/** The name under which the words stand in the list of executions. */
const highlightName = 'Planhat';

/** n8n complains in its log about longer ones. */
const longestHighlight = 255;

interface CustomData {
	set(name: string, value: string): void;
}

/**
 * Keeps what a cancelled execution ends with as "Highlighted data" of the execution. Outside queue mode n8n puts an error of
 * its own over that of the node when somebody stops an execution.
 */
export function highlightError(n8n: IExecuteFunctions | IExecuteSingleFunctions, error: NodeError): void {
	if (!n8n.getExecutionCancelSignal()?.aborted) return;
	const { $execution } = n8n.getWorkflowDataProxy(0) as { $execution?: { customData?: CustomData } };
	$execution?.customData?.set(highlightName, wordsOf(error).slice(0, longestHighlight));
}
