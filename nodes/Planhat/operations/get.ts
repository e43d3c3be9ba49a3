import { withNamedFields } from '../list/namedFields';
import { withAdditions } from '../output/additions';
import { readOutputFields, type OutputFields } from '../output/fieldsToReturn';
import { shownTo } from '../output/forModel';
import { outputFields } from '../output/outputFields';
import { reduced } from '../output/pickFields';
import { shownObject } from '../output/writeResult';
import { readAddress } from '../record/address';
import { asRecord } from '../record/asRecord';
import type { Operation } from '../run/operation';
import type { PlanhatRequest } from '../transport/request';

interface GetRequest extends PlanhatRequest {
	/** The fields to hand over; undefined for all. */
	fields?: OutputFields;
	/** What to tell a model of fields that it wanted and that there are not. */
	unknown: readonly string[];
}

/** Reads one record. */
export const get: Operation<GetRequest> = {
	value: 'get',
	name: 'Get',
	action: ({ singular }) => `Get ${singular}`,
	request: ({ readPath }) => ({ method: 'GET', url: readPath }),
	output: outputFields,
	takes: ['record', 'output'],

	async prepare(item, declared) {
		const { path, target } = await readAddress(item, 'get');
		const { item: named, unknown } = await withNamedFields(item);
		return { ...declared, url: `${declared.url}/${path}`, target, fields: readOutputFields(named), unknown };
	},

	async answer(item, request) {
		const { body } = await item.transport.send(request);
		const record = asRecord(item, request.target, body);
		const { fields, unknown } = request;
		const shown = reduced(shownObject(record, item.transport), fields, item.tenant);
		const records = await shownTo(item, await withAdditions(item, [shown]));
		return unknown.length === 0 ? records : records.map((each) => ({ notice: unknown.join(' '), ...each }));
	},
};
