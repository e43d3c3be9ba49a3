import type { IDataObject, INode } from 'n8n-workflow';

import type { PlanhatAnswer } from '../transport/answer';
import { apiError, type NodeError } from '../transport/errors';
import { planhatWords } from '../transport/words/errorText';
import type { Target } from '../transport/request';
import type { Transport } from '../transport/transport';
import { isObject } from '../values/checks';

/** All that a text may say and still be a success. */
const consent = /^(ok|okay|success|successful|done|true)?[.!]?$/i;

function isSomething(value: unknown): boolean {
	if (isObject(value)) return Object.keys(value).length > 0;
	return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** A record may have fields of these names; what is no record has them for words. */
function isRefusal(name: string, value: unknown, isRecord: boolean): boolean {
	if (/^errors$|Errors$/.test(name)) return isSomething(value) && (!isRecord || Array.isArray(value));
	if (isRecord || !isSomething(value)) return false;
	return name === 'error' || (name === 'message' && !(typeof value === 'string' && consent.test(value.trim())));
}

function refusalsIn(body: IDataObject): IDataObject {
	const isRecord = typeof body._id === 'string' && body._id.trim() !== '';
	return Object.fromEntries(Object.entries(body).filter(([name, value]) => isRefusal(name, value, isRecord)));
}

/**
 * Looks for a refusal in the answer to the write of one record. Planhat answers 206 where a part failed, and may put its
 * words in the body of any success, as a text or an object (Planhat's documents, "HTTP response codes").
 * @returns the error, `failed` where Planhat says what is wrong, `unknown` where it says neither; undefined for a success
 */
export function refusedWrite(
	{ node, transport }: { node: INode; transport: Pick<Transport, 'said'> },
	target: Target,
	{ status, body, resent }: PlanhatAnswer,
): NodeError | undefined {
	const refusals = isObject(body) ? refusalsIn(body) : {};
	const isRefused = Object.keys(refusals).length > 0;
	const words = planhatWords(transport.said(isRefused ? refusals : body));
	const isText = !isObject(body) && !consent.test(words);
	if (!isRefused && !isText && status !== 206) return undefined;
	const outcome = isRefused && !resent ? 'failed' : 'unknown';
	const said = isRefused || isText ? words : '';
	const message =
		outcome === 'failed'
			? `Planhat did not ${target.verb} the ${target.record}`
			: `It is not clear whether Planhat did ${target.verb} the ${target.record}`;
	const advice =
		outcome === 'failed'
			? "Check the fields that Planhat's message is about."
			: 'The change may have been applied. Look up the record in Planhat before you send it again.';
	return apiError(
		node,
		String(status),
		{ message: `${message}: ${said || `Planhat answered ${status} and gave no reason`}`, description: advice },
		{ outcome, _id: target._id, keys: target.keys },
	);
}
