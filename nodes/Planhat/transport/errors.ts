import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import type { Explanation } from './explanation';
import type { Target } from './request';

/** n8n knows an execution for canceled by this word, in its own spelling. */
export const canceledText = 'The execution was canceled';

/** An error that n8n shows as it stands. */
export type NodeError = NodeApiError | NodeOperationError;

/** What an error knows of its row: it becomes `details` of the error item. */
export interface FailureDetails {
	outcome: 'failed' | 'unknown' | 'notSent';
	_id?: string;
	keys?: IDataObject;
}

/** An error of Planhat's, in words of ours. It holds no cause: n8n's own error carries the request with its token. */
export function apiError(node: INode, code: string, explanation: Explanation, details: FailureDetails): NodeApiError {
	const error = new NodeApiError(node, { message: explanation.message }, { ...explanation, httpCode: code });
	// n8n replaces messages and codes that it thinks it knows, such as ECONNREFUSED, by texts of its own.
	error.message = explanation.message;
	error.description = explanation.description;
	error.messages = [];
	error.context.details = details;
	return error;
}

/** An error in what the user gave, found before any request. */
export function inputError(
	node: INode,
	message: string,
	description: string,
	target?: Pick<Target, '_id' | 'keys'>,
): NodeOperationError {
	const error = new NodeOperationError(node, message, { description });
	// As above.
	error.message = message;
	error.messages = [];
	error.context.details = { outcome: 'failed', _id: target?._id, keys: target?.keys };
	return error;
}

/** Turns whatever was thrown into an error of n8n's, so that it names the node and the item. */
export function nodeError(node: INode, thrown: unknown, itemIndex?: number): NodeError {
	const known = thrown instanceof NodeApiError || thrown instanceof NodeOperationError;
	const error = known ? thrown : new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown));
	// In place of "This operation was aborted", which is what the signal of an execution says.
	if ((thrown as Error | undefined)?.name === 'AbortError') error.message = canceledText;
	if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
	return error;
}

/** Marks an error that says no more than that Planhat has no such record. */
export function markAbsent<Kind extends NodeError>(error: Kind, record: string): Kind {
	error.context.absent = record;
	return error;
}

/** The record that Planhat does not have, where an error says no more than that. */
export function absentIn({ context }: NodeError): string | undefined {
	return typeof context.absent === 'string' ? context.absent : undefined;
}

/** Marks an error that says that a name is that of no record, or of several: who asks for the record has the answer. */
export function markUnclear<Kind extends NodeError>(error: Kind): Kind {
	error.context.unclear = true;
	return error;
}

export function isUnclear({ context }: NodeError): boolean {
	return context.unclear === true;
}

/** Does something, and turns what it throws into an error of n8n's. */
export function asNodeError<Result>(node: INode, act: () => Result): Result {
	let thrown: unknown;
	try {
		return act();
	} catch (error) {
		thrown = error;
	}
	throw nodeError(node, thrown);
}

/** Turns what was thrown after a write had left into an error that says so, unless it knows more itself. */
export function unsureError(node: INode, thrown: unknown, target?: Pick<Target, '_id' | 'keys'>): NodeError {
	const error = nodeError(node, thrown ?? new Error(canceledText));
	if (error.context.details !== undefined) return error;
	const advice = 'The change may have been applied. Look up the record in Planhat before you send it again.';
	error.description = [error.description, advice].filter(Boolean).join(' ');
	error.context.details = { outcome: 'unknown', _id: target?._id, keys: target?.keys };
	return error;
}

/** What an error knows of its row. */
export function detailsOf(error: NodeError): FailureDetails {
	return (error.context.details as FailureDetails | undefined) ?? { outcome: 'failed' };
}

/** n8n puts the node into its errors, with its parameters: one without the address that starts an automation. */
export function withoutWebhookUrl(node: INode): INode {
	return { ...node, parameters: { ...node.parameters, webhookUrl: '' } };
}

/** What an error says, with its advice. */
export function wordsOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const advice = 'description' in error && typeof error.description === 'string' ? error.description : '';
	return [error.message, advice].filter(Boolean).join('. ');
}
