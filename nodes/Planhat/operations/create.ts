import { readRowOutcome } from '../batch/rowAnswer';
import { readWrittenFields } from '../output/fieldsToReturn';
import { outcomeFields, recordFields } from '../output/outputFields';
import { recordOrReceipt } from '../output/writeResult';
import { readNewRow } from '../rows/itemRow';
import type { Operation } from '../run/operation';

/** Creates one record; a model without such an endpoint takes one row by its bulk endpoint. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: ({ singular }) => `Create ${singular}`,
	description: ({ singular }) => `Create a new ${singular}`,
	request: ({ path, writesRows }) => ({ method: writesRows ? 'PUT' : 'POST', url: path }),
	output: (model) => (model.writesRows ? outcomeFields(model) : recordFields(model)),
	takes: ['fields', 'writtenOutput'],
	mapper: 'add',

	async prepare(item, declared) {
		const { model } = item;
		const { row, keys } = await readNewRow(item);
		const target = { verb: 'create', record: model.singular, permission: model.name, keys };
		if (!model.writesRows) return { ...declared, body: row, target };
		return { ...declared, body: [row], keyed: Object.keys(keys).length > 0, target };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		if (item.model.writesRows) return [readRowOutcome(item, request, body)];
		return [recordOrReceipt(body, item.transport, undefined, readWrittenFields(item, request.body))];
	},
};
