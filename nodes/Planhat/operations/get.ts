import { asRecord } from '../record/asRecord';
import { outputFields, readOutputFields, reduced } from './output';
import { shownObject } from './receipt';
import { readAddress } from './record';
import { recordProperties } from './recordModes';
import { withArticle, type Operation } from './types';

/** Reads one record. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: ({ singular }) => `Get ${singular}`,
	description: ({ singular }) => `Retrieve ${withArticle(singular)}`,
	request: ({ readPath }) => ({ method: 'GET', url: readPath }),
	output: outputFields,
	properties: (models) => recordProperties(models, ['get', 'update', 'delete', 'duplicate']),

	async prepare(item, declared) {
		const { segment, target } = await readAddress(item, 'get');
		return { ...declared, url: `${declared.url}/${segment}`, target };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		const record = asRecord(item, request.target, body);
		return [reduced(shownObject(record, item.transport), readOutputFields(item))];
	},
};
