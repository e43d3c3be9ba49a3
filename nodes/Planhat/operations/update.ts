import type { IDataObject } from 'n8n-workflow';

import { readWrittenFields } from '../output/fieldsToReturn';
import { shownTo } from '../output/forModel';
import { outcomeFields, recordFields } from '../output/outputFields';
import { refusedWrite } from '../answers/refusedWrite';
import { recordOrReceipt } from '../output/writeResult';
import { confirmsName, readConfirmed } from '../record/confirmName';
import { readAddress } from '../record/address';
import { asRecord, idOf, refuseOther } from '../record/asRecord';
import { readRowAnswer } from '../report/rowAnswer';
import { withArticle } from '../resources/model';
import { itemHints, readItemRow, requireAll } from '../rows/itemRow';
import { readListMode } from '../compared/listMode';
import { mergedRow, needsMerging } from '../compared/mergedRow';
import { heldFields } from '../rows/requiredFields';
import { isUnchanged, readSkipUnchanged, skipUnchanged } from '../compared/skipUnchanged';
import type { ItemRun } from '../run/context';
import type { Operation } from '../run/operation';
import { nodeError, unsureError } from '../transport/errors';
import type { PlanhatRequest, Target } from '../transport/request';
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

/** A request that is not sent where it would leave the record as it is. */
interface Change extends PlanhatRequest {
	/** What became of the record, where the user is to be told: with Skip Unchanged. */
	outcome?: 'updated' | 'unchanged';
	/** The record, where it was read and nothing of it would change. */
	held?: IDataObject;
}

/** Changes the given fields of one record and leaves the others (assumption put-keeps-fields). */
export const update: Operation<Change> = {
	value: 'update',
	name: 'Update',
	action: ({ singular }) => `Update ${singular}`,
	description: ({ singular }) => `Update ${withArticle(singular)}; fields you leave out keep their values`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	output: (model, version) => (model.writesRows ? outcomeFields(model, version) : recordFields(model)),
	takes: ['record', 'fields', 'writtenOutput'],
	mapper: 'map',
	optionsForPeople: [skipUnchanged],
	hints: itemHints,

	async prepare(item, declared) {
		const { model, transport } = item;
		const skips = readSkipUnchanged(item);
		const mode = readListMode((name, fallback) => item.parameter(name, fallback));
		const given = await readItemRow(item, 'changes');
		const merges = needsMerging(given, mode);
		const address = await readAddress(item, 'update');
		const { path, target } = confirmsName(item) ? await readConfirmed(item, address) : address;
		const change: Change = { ...declared, url: `${declared.url}/${path}`, body: given.fields, target };
		if (!model.writesRows && !skips && !merges) return change;
		// The bulk endpoint would create what it does not find, so the record has to be seen first.
		const { body } = await transport.send({ method: 'GET', url: `${model.readPath}/${path}`, target });
		const record = asRecord(item, target, body);
		const _id = idOf(item, target, record);
		const row = mergedRow(item, given, record, mode);
		const same = skips && (await isUnchanged(item, row, record));
		if (same) return { ...change, target: { ...target, _id }, outcome: 'unchanged', held: record };
		if (!model.writesRows) return { ...change, body: row.fields, ...(skips && { outcome: 'updated' }) };
		const fields = { _id, ...heldFields(model, record, row.fields), ...row.fields };
		requireAll(item, row, fields);
		return { ...declared, body: [fields], idempotent: true, target: { ...target, _id } };
	},

	async answer(item, request) {
		const { outcome, held, target } = request;
		if (held !== undefined && item.model.writesRows) return [{ outcome, _id: target._id, ...target.keys }];
		const fields = readWrittenFields(item, request.body);
		if (held !== undefined) return [{ outcome, ...recordOrReceipt(held, item, target._id, fields) }];
		const answer = await item.transport.send(request);
		if (item.model.writesRows) return [readRowAnswer(item, request, answer)];
		const refusal = refusedWrite(item, target, answer);
		if (refusal !== undefined) throw refusal;
		refuseOtherChanged(item, target, request.body, answer.body);
		const record = recordOrReceipt(answer.body, item, target._id, fields);
		return await shownTo(item, [outcome === undefined ? record : { outcome, ...record }]);
	},
};
