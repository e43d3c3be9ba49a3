import type { IDataObject } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import { inputError, markAbsent } from '../transport/errors';
import { planhatWords } from '../transport/words/errorText';
import type { Target } from '../transport/request';
import { isObject } from '../values/checks';

function isNothing(body: unknown): boolean {
	if (isObject(body)) return Object.keys(body).length === 0;
	return body === undefined || body === null || body === '' || (Array.isArray(body) && body.length === 0);
}

/**
 * The `_id` of a record that Planhat answered with: every record has one, and a path without it would lead elsewhere.
 * @throws NodeOperationError with Planhat's words when the answer has none
 */
export function idOf({ node, transport }: Pick<ItemRun, 'node' | 'transport'>, target: Target, body: unknown): string {
	const _id = isObject(body) ? body._id : undefined;
	if (typeof _id === 'string' && _id.trim() !== '') return _id;
	const words = planhatWords(transport.said(body));
	throw inputError(
		node,
		`Planhat answered with something other than the ${target.record}${words && `: ${words}`}`,
		"Check the ID, and 'Region' or 'Base URL' in the Planhat credential: the address may lead elsewhere.",
		target,
	);
}

/**
 * Keys of a record tell it from others as they are written; IDs of Planhat's have no capitals.
 * @throws NodeOperationError when a record is another than the one that is named
 */
export function refuseOther(item: Pick<ItemRun, 'node'>, target: Target, record: IDataObject): void {
	const isOtherId = target._id !== undefined && String(record._id).trim().toLowerCase() !== target._id.toLowerCase();
	const other = Object.entries(target.keys ?? {}).find(([name, asked]) => {
		const held = record[name];
		const isHeld = typeof held === 'number' || (typeof held === 'string' && held.trim() !== '');
		return name !== 'email' && isHeld && String(held).trim() !== String(asked).trim();
	});
	if (!isOtherId && other === undefined) return;
	const name = other?.[0] ?? '_id';
	throw inputError(
		item.node,
		`Planhat answered with another record than the ${target.record}: its ${name} is '${String(record[name])}'`,
		'Check the ID, including upper and lower case.',
		target,
	);
}

/**
 * Takes the body of an answer for a record of the item's model. Planhat may answer 200 with nothing in it for an unknown
 * id (assumption unknown-record), and conversations of all types share one endpoint.
 * @throws NodeOperationError when it is no record, has no `_id`, or is another one or one of another type
 */
export function asRecord(item: ItemRun, target: Target, body: unknown): IDataObject {
	if (isNothing(body)) {
		const error = inputError(
			item.node,
			`Planhat has no ${target.record}`,
			'Check the ID. The record may have been deleted, or belong to another tenant.',
			target,
		);
		throw markAbsent(error, target.record);
	}
	idOf(item, target, body);
	const record = body as IDataObject;
	refuseOther(item, target, record);
	const { kind, singular } = item.model;
	if (kind === undefined || kind.fields.some((field) => record[field] === kind.value)) return record;
	throw inputError(
		item.node,
		`The ${target.record} is a conversation of type '${String(record.type)}', not a ${singular}`,
		'Use the resource Conversation for it, or check the ID.',
		target,
	);
}
