import type { ItemRun } from '../run/context';
import type { Address } from './address';
import { asRecord, idOf } from './asRecord';

/**
 * Finds out the `_id` of a record, where an operation takes nothing else.
 * @returns the address by `_id`; no request is made where it is one already
 * @throws NodeApiError when Planhat refuses to show the record; NodeOperationError when there is none
 */
export async function lookUp(item: ItemRun, { path, target }: Address): Promise<Address & { _id: string }> {
	if (target._id !== undefined) return { path, target, _id: target._id };
	const { body } = await item.transport.send({ method: 'GET', url: `${item.model.readPath}/${path}`, target });
	const _id = idOf(item, target, asRecord(item, target, body));
	return { path: encodeURIComponent(_id), target: { ...target, _id }, _id };
}
