import type { IDataObject } from 'n8n-workflow';

import { readWrittenFields } from '../output/fieldsToReturn';
import { outcomeFields, recordFields } from '../output/outputFields';
import { refusedWrite } from '../answers/refusedWrite';
import { recordOrReceipt } from '../output/writeResult';
import { readAddress } from '../record/address';
import { asRecord, idOf, refuseOther } from '../record/asRecord';
import { readRowAnswer } from '../report/rowAnswer';
import { withArticle } from '../resources/model';
import { itemHints, readItemRow, requireAll } from '../rows/itemRow';
import { heldFields } from '../rows/requiredFields';
import type { ItemRun } from '../run/context';
import type { Operation } from '../run/operation';
import { nodeError, unsureError } from '../transport/errors';
import type { Target } from '../transport/request';
import { isObject } from '../values/checks';

/** What was changed is another record, and stays changed. A key that the fields change is another one in the answer. */
function refuseOtherChanged(item: ItemRun, target: Target, fields: unknown, answer: unknown): void {
	if (!isObject(answer) || answer._id === undefined) return;
	const isKept = ([name]: [string, unknown]) => !isObject(fields) || fields[name] === undefined;
	const keys = Object.fromEntries(Object.entries(target.keys ?? {}).filter(isKept)) as IDataObject;
	try {
		refuseOther(item, { ...target, keys }, answer);
	} catch (thrown) {
		const error = nodeError(item.node, thrown);
		// Unlike a look-up, the write may have changed something.
		delete error.context.details;
		throw unsureError(item.node, error, target);
	}
}

/** Changes the given fields of one record and leaves the others (assumption put-keeps-fields). */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: ({ singular }) => `Update ${singular}`,
	description: ({ singular }) => `Update ${withArticle(singular)}; fields you leave out keep their values`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	output: (model, version) => (model.writesRows ? outcomeFields(model, version) : recordFields(model)),
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
		if (item.model.writesRows) return [readRowAnswer(item, request, answer)];
		const refusal = refusedWrite(item, request.target, answer);
		if (refusal !== undefined) throw refusal;
		refuseOtherChanged(item, request.target, request.body, answer.body);
		return [recordOrReceipt(answer.body, item, request.target._id, readWrittenFields(item, request.body))];
	},
};
