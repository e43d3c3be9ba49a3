import type { IDataObject } from 'n8n-workflow';

import { readRowOutcome } from '../batch/rowAnswer';
import { readWrittenFields } from '../output/fieldsToReturn';
import { outcomeFields, recordFields } from '../output/outputFields';
import { recordOrReceipt } from '../output/writeResult';
import { readAddress } from '../record/address';
import { asRecord, idOf } from '../record/asRecord';
import { withArticle } from '../resources/model';
import type { Model } from '../resources/types';
import { readChanges } from '../rows/itemRow';
import type { Operation } from '../run/operation';

/** Rows without a required field are dropped in silence (Planhat's documents, "Ticket"), so that a change carries them. */
function requiredValues({ fields }: Model, record: IDataObject): IDataObject {
	const names = fields.filter(({ name, required }) => required && record[name] !== undefined).map(({ name }) => name);
	return Object.fromEntries(names.map((name) => [name, record[name]]));
}

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

	async prepare(item, declared) {
		const row = await readChanges(item);
		const { path, target } = await readAddress(item, 'update');
		if (!item.model.writesRows) return { ...declared, url: `${declared.url}/${path}`, body: row, target };
		// The bulk endpoint would create what it does not find, so the record has to be seen first.
		const { body } = await item.transport.send({ method: 'GET', url: `${item.model.readPath}/${path}`, target });
		const record = asRecord(item, target, body);
		const _id = idOf(item, target, record);
		const full = { _id, ...requiredValues(item.model, record), ...row };
		return { ...declared, body: [full], keyed: true, target: { ...target, _id } };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		if (item.model.writesRows) return [readRowOutcome(item, request, body)];
		return [recordOrReceipt(body, item.transport, request.target._id, readWrittenFields(item, request.body))];
	},
};
