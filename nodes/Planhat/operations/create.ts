import { readCreatedFields } from '../output/createdFields';
import { shownTo } from '../output/forModel';
import { outcomeFields, recordFields } from '../output/outputFields';
import { refusedWrite } from '../answers/refusedWrite';
import { recordOrReceipt } from '../output/writeResult';
import { readRowAnswer } from '../report/rowAnswer';
import { itemHints, readItemRow, requireAll } from '../rows/itemRow';
import type { Operation } from '../run/operation';

/**
 * Creates one record; a model without such an endpoint takes one row by its bulk endpoint. A key that another record has is
 * refused (assumption duplicate-refused).
 */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: ({ singular }) => `Create ${singular}`,
	request: ({ path, writesRows }) => ({ method: writesRows ? 'PUT' : 'POST', url: path }),
	output: (model, version) => (model.writesRows ? outcomeFields(model, version) : recordFields(model)),
	takes: ['fields', 'writtenOutput'],
	mapper: 'add',
	hints: itemHints,

	async prepare(item, declared) {
		const { model } = item;
		const row = await readItemRow(item, 'new');
		requireAll(item, row, row.fields);
		const { fields, keys } = row;
		const target = { verb: 'create', record: model.singular, permission: model.name, keys };
		if (!model.writesRows) return { ...declared, body: fields, target };
		return { ...declared, body: [fields], idempotent: Object.keys(keys).length > 0, target };
	},

	async answer(item, request) {
		const answer = await item.transport.send(request);
		if (item.model.writesRows) return [readRowAnswer(item, request, answer)];
		const refusal = refusedWrite(item, request.target, answer);
		if (refusal !== undefined) throw refusal;
		const fields = readCreatedFields(item, request.body, answer.body);
		return await shownTo(item, [recordOrReceipt(answer.body, item, undefined, fields)]);
	},
};
