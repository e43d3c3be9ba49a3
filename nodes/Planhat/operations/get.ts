import { withAdditions } from '../output/additions';
import { readOutputFields } from '../output/fieldsToReturn';
import { shownTo } from '../output/forModel';
import { outputFields } from '../output/outputFields';
import { reduced } from '../output/pickFields';
import { shownObject } from '../output/writeResult';
import { readAddress } from '../record/address';
import { asRecord } from '../record/asRecord';
import type { Operation } from '../run/operation';

/** Reads one record. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: ({ singular }) => `Get ${singular}`,
	request: ({ readPath }) => ({ method: 'GET', url: readPath }),
	output: outputFields,
	takes: ['record', 'output'],

	async prepare(item, declared) {
		const { path, target } = await readAddress(item, 'get');
		return { ...declared, url: `${declared.url}/${path}`, target };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		const record = asRecord(item, request.target, body);
		const shown = reduced(shownObject(record, item.transport), readOutputFields(item), item.tenant);
		return await shownTo(item, await withAdditions(item, [shown]));
	},
};
