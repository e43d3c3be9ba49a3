import { idField } from '../output/outputFields';
import { readAddress } from '../record/address';
import { lookUp } from '../record/fetchRecord';
import { withArticle } from '../resources/model';
import type { Operation } from '../run/operation';
import { inputError } from '../transport/errors';
import { isObject } from '../values/checks';

/** Deletes one record for good. Planhat documents `_id` only, so that a record named otherwise is looked up first. */
export const deleteRecord: Operation = {
	value: 'delete',
	name: 'Delete',
	action: ({ singular }) => `Delete ${singular}`,
	description: ({ singular }) => `Delete ${withArticle(singular)} permanently`,
	request: ({ path }) => ({ method: 'DELETE', url: path }),
	output: () => [{ name: 'deleted', type: 'boolean' }, idField],
	takes: ['record'],

	async prepare(item, declared) {
		const { path, target } = await lookUp(item, await readAddress(item, 'delete'));
		return { ...declared, url: `${declared.url}/${path}`, target };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		if (isObject(body) && body.deletedCount === 0) {
			throw inputError(
				item.node,
				`Planhat has no ${request.target.record}, so that nothing was deleted`,
				'Check the ID. The record may have been deleted before.',
				request.target,
			);
		}
		return [{ deleted: true, _id: request.target._id }];
	},
};
