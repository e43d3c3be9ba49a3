import { readChanges } from './fields';
import { asRecord } from './lookUp';
import { readAddress } from './record';
import { recordOrReceipt } from './receipt';
import { readRowOutcome } from './singleRow';
import { withArticle, type Operation } from './types';

/** Changes the given fields of one record and leaves the others. */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: ({ singular }) => `Update ${withArticle(singular)}`,
	description: ({ singular }) => `Update ${withArticle(singular)}; fields that are not given stay as they are`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	// It shares its parameters with Get and Create.
	properties: () => [],

	async prepare(item, declared) {
		const row = readChanges(item);
		const { segment, target } = await readAddress(item, 'update');
		if (!item.model.writesRows) return { ...declared, url: `${declared.url}/${segment}`, body: row, target };
		// The bulk endpoint would create what it does not find, so the record has to be seen first.
		const { body } = await item.transport.send({ method: 'GET', url: `${item.model.readPath}/${segment}`, target });
		const _id = String(asRecord(item, target, body)._id);
		return { ...declared, body: [{ _id, ...row }], keyed: true, target: { ...target, _id } };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		return [item.model.writesRows ? readRowOutcome(item, request, body) : recordOrReceipt(body, request.target._id)];
	},
};
