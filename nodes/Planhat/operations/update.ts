import { readWrittenFields } from '../output/fieldsToReturn';
import { outcomeFields, recordFields } from '../output/outputFields';
import { refusedWrite } from '../answers/refusedWrite';
import { recordOrReceipt } from '../output/writeResult';
import { readAddress } from '../record/address';
import { asRecord, idOf } from '../record/asRecord';
import { readRowAnswer } from '../report/rowAnswer';
import { withArticle } from '../resources/model';
import { itemHints, readItemRow, requireAll } from '../rows/itemRow';
import { heldFields } from '../rows/requiredFields';
import type { Operation } from '../run/operation';

/** Changes the given fields of one record and leaves the others. */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: ({ singular }) => `Update ${singular}`,
	description: ({ singular }) => `Update ${withArticle(singular)}; fields that are not given stay as they are`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	output: (model) => (model.writesRows ? outcomeFields(model) : recordFields(model)),
	takes: ['record', 'fields', 'writtenOutput'],
	mapper: 'map',
	hints: itemHints,

	async prepare(item, declared) {
		const { model, transport } = item;
		const row = await readItemRow(item, 'changes');
		const { path, target } = await readAddress(item, 'update');
		if (!model.writesRows) return { ...declared, url: `${declared.url}/${path}`, body: row.fields, target };
		// The bulk endpoint would create what it does not find, so the record has to be seen first.
		const { body } = await transport.send({ method: 'GET', url: `${model.readPath}/${path}`, target });
		const record = asRecord(item, target, body);
		const _id = idOf(item, target, record);
		const fields = { _id, ...heldFields(model, record, row.fields), ...row.fields };
		requireAll(item, row, fields);
		return { ...declared, body: [fields], idempotent: true, target: { ...target, _id } };
	},

	async answer(item, request) {
		const answer = await item.transport.send(request);
		if (item.model.writesRows) return [readRowAnswer(item, request.target, answer)];
		const refusal = refusedWrite(item, request.target, answer);
		if (refusal !== undefined) throw refusal;
		return [recordOrReceipt(answer.body, item.transport, request.target._id, readWrittenFields(item, request.body))];
	},
};
