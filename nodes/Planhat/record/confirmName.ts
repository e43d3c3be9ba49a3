import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { ItemRun } from '../run/context';
import { isCalledSo } from '../tenant/named';
import { inputError } from '../transport/errors';
import { trimmed } from '../values/checks';
import type { Address } from './address';
import { asRecord, idOf } from './asRecord';

/** Who approves what an agent is about to do reads it, and it has to be the name that the record has. */
export function nameToConfirmProperty(operation: string[]): INodeProperties {
	return {
		displayName: 'Name to Confirm',
		name: 'nameToConfirm',
		type: 'string',
		default: '',
		displayOptions: { show: { operation, '@tool': [true] } },
		description:
			'Let the model define it: the record is changed or deleted only if this is its name. Whoever approves the call reads it.',
	};
}

/** Whether the builder of the tool asks for the name; a model that leaves it blank has not confirmed. */
export function confirmsName({ node }: Pick<ItemRun, 'node'>): boolean {
	const { nameToConfirm } = node.parameters;
	return typeof nameToConfirm === 'string' && nameToConfirm.trim() !== '';
}

/** What people call a record; undefined where it has no name. */
export function calledIn({ title }: Pick<Model, 'title'>, record: IDataObject): string | undefined {
	const name = record[title] ?? record.name;
	return typeof name === 'string' && trimmed(name) !== '' ? trimmed(name) : undefined;
}

/**
 * Reads the record that is about to be changed or deleted.
 * @returns its address by `_id`, and what it is called
 * @throws NodeOperationError when there is none, or when its name is not the one to confirm
 */
export async function readConfirmed(
	item: ItemRun,
	{ path, target, calledBy }: Address,
): Promise<Address & { called?: string }> {
	const { model, node, transport } = item;
	const { body } = await transport.send({ method: 'GET', url: `${model.readPath}/${path}`, target });
	const record = asRecord(item, target, body);
	const _id = idOf(item, target, record);
	const called = calledIn(model, record);
	if (calledBy !== undefined && !isCalledSo(model, record, calledBy))
		throw inputError(
			node,
			`The ${model.singular} that was called '${calledBy}' is called '${called ?? ''}' by now, so nothing was done`,
			`Its ID is ${_id}. Ask the user whether it is the right one.`,
			target,
		);
	const given = item.parameter('nameToConfirm', '');
	if (confirmsName(item) && (called === undefined || called !== trimmed(String(given ?? '')))) {
		throw inputError(
			node,
			`'Name to Confirm' is '${String(given ?? '')}', but the ${target.record} is called '${called ?? ''}', so nothing was done`,
			'Make sure that it is the right one, and give its name exactly.',
			target,
		);
	}
	return { path: encodeURIComponent(_id), target: { ...target, _id }, ...(called !== undefined && { called }) };
}
