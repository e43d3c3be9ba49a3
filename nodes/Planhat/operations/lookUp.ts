import type { IDataObject } from 'n8n-workflow';

import { isRecord, planhatWords } from '../transport/answers';
import { inputError } from '../transport/errors';
import type { Target } from '../transport/request';
import type { Address } from './record';
import type { ItemContext } from './types';

function isNothing(body: unknown): boolean {
	return body === undefined || body === null || body === '' || (Array.isArray(body) && body.length === 0);
}

/**
 * Takes the body of an answer for a record of the item's model. Planhat may answer 200 with nothing in it for an unknown
 * id (not documented), and conversations of all types share one endpoint.
 * @param target the record that was asked for
 * @throws NodeOperationError when it is no record, or one of another type
 */
export function asRecord(item: ItemContext, target: Target, body: unknown): IDataObject {
	if (!isRecord(body) && !isNothing(body)) {
		const words = planhatWords(item.transport.said(body));
		throw inputError(
			item.node,
			`Planhat answered with something other than the ${target.record}${words && `: ${words}`}`,
			"Check 'Base URL' in the Planhat credential: the address may lead elsewhere.",
			target,
		);
	}
	if (!isRecord(body) || Object.keys(body).length === 0) {
		throw inputError(
			item.node,
			`Planhat has no ${target.record}`,
			'Check the ID. The record may have been deleted, or belong to another tenant.',
			target,
		);
	}
	const { kind, singular } = item.model;
	if (kind === undefined || kind.fields.some((field) => body[field] === kind.value)) return body;
	throw inputError(
		item.node,
		`The ${target.record} is a conversation of type '${String(body.type)}', not a ${singular}`,
		'Use the resource Conversation for it, or check the ID.',
		target,
	);
}

/**
 * Finds out the `_id` of a record, where an operation takes nothing else.
 * @returns the address by `_id`; no request is made where it is one already
 * @throws NodeApiError when Planhat refuses to show the record; NodeOperationError when there is none
 */
export async function lookUp(item: ItemContext, { segment, target }: Address): Promise<Address & { _id: string }> {
	if (target._id !== undefined) return { segment, target, _id: target._id };
	const { body } = await item.transport.send({ method: 'GET', url: `${item.model.readPath}/${segment}`, target });
	const _id = String(asRecord(item, target, body)._id);
	return { segment: _id, target: { ...target, _id }, _id };
}
