import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../Planhat/values/checks';
import { readJsonText } from './body';
import { readEvent, readModel } from './eventNames';
import { isWantedEvent, isWantedModel } from './wanted';

/** A record that came with a delivery. */
export interface Delivered {
	/** What the output shows. */
	fields: IDataObject;
	/** All models that the delivery names: an automation that was changed in one place only may name two. */
	models: readonly unknown[];
	/** How much of the body other items hold as well. Characters. */
	repeated?: number;
}

/** A longer list stays one item, as do lists in a list that have more in all: n8n would be busy for seconds. A Get step of Planhat's gives 1,000 records at most. */
const mostRecords = 10_000;

/** So much of a body may stand in several items, all together: twice what n8n takes as a body. Characters. */
const mostRepeated = 32 * 1024 * 1024;

/** Planhat's codes that people use as names in a body (its page "Replacement codes"), and what the output calls them. */
const outputNames = new Map([
	['id', '_id'],
	['object', 'record'],
	['oldDoc', 'previous'],
	['update', 'changed'],
]);

const records = ['record', 'previous', 'changed'];

/** Any of these tells that a body was composed from codes, and is not a record itself. */
const marks = ['event', 'model', ...records, 'object', 'oldDoc', 'update', 'actor', 'automation'];

const order = ['event', 'model', '_id', ...records, 'actor', 'automation', 'time'];

/** These are ours in an item. A body with such a name of its own is put out besides, without the records that have items. */
const reserved = ['headers', 'query'];

function hasAny(body: IDataObject, names: readonly string[]): boolean {
	return names.some((name) => Object.hasOwn(body, name));
}

/** A name that is taken already leaves the other as it is. */
function outputNameOf(name: string, body: IDataObject): string {
	const other = outputNames.get(name);
	return other === undefined || Object.hasOwn(body, other) ? name : other;
}

/** Somebody may have put quotes around `<<object>>`; then a record comes as its text. */
function unquoted(name: string, value: IDataObject[string]): IDataObject[string] {
	return typeof value === 'string' && records.includes(name) ? (readJsonText(value) ?? value) : value;
}

/** The fields of a body under the names of the output. */
function renamed(body: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => {
			const outputName = outputNameOf(name, body);
			return [outputName, unquoted(outputName, value)];
		}),
	);
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Event and model under the names that the parameters know; what is not recognised stays as it came. */
function withNames(given: IDataObject): Delivered {
	const named = typeof given.event === 'string' ? readEvent(given.event) : undefined;
	const own = typeof given.model === 'string' ? (readModel(given.model) ?? given.model) : given.model;
	const models = [own, named?.model].filter((model) => !isBlank(model));
	const [model = own] = models;
	return {
		fields: {
			...given,
			...(named !== undefined && { event: named.event }),
			...(model !== undefined && { model }),
		},
		models,
	};
}

function withId(fields: IDataObject): IDataObject {
	const recordId = isObject(fields.record) ? fields.record._id : undefined;
	return isBlank(fields._id) && recordId !== undefined ? { ...fields, _id: recordId } : fields;
}

function inOrder(fields: IDataObject): IDataObject {
	const known = order.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]]);
	return { ...Object.fromEntries(known), ...fields };
}

function recordsIn({ record: list }: IDataObject): IDataObject[] | undefined {
	if (!Array.isArray(list) || list.length === 0 || list.length > mostRecords) return undefined;
	const all: unknown[] = list;
	return all.every(isObject) ? all : undefined;
}

/** What an item of a list would not show of its body: what is ours there, and an ID of the body itself. */
function hiddenBy(list: readonly IDataObject[], body: IDataObject, { _id }: IDataObject): Partial<IDataObject> {
	const isIdHidden = !isBlank(_id) && list.some((record) => !isBlank(record._id) && record._id !== _id);
	if (!isIdHidden && !hasAny(body, reserved)) return {};
	const rest = Object.entries(body).filter(([name]) => outputNameOf(name, body) !== 'record');
	return { body: Object.fromEntries(rest) };
}

/** How much of a body the items of its list would hold more than once. Characters. */
function repeatedIn(shared: IDataObject, count: number): number {
	return count < 2 ? 0 : JSON.stringify(shared).length * (count - 1);
}

/** A body that was composed from codes; one that holds a list of records stands for each of them. */
function readComposed(body: IDataObject): Delivered[] {
	const { fields, models } = withNames(renamed(body));
	const list = recordsIn(fields);
	const shared = { ...fields, ...(list && hiddenBy(list, body, fields)) };
	delete shared.record;
	const repeated = list && repeatedIn(shared, list.length);
	if (list === undefined || repeated === undefined || repeated > mostRepeated) {
		const whole = hasAny(body, reserved) ? { body } : {};
		return [{ fields: inOrder({ ...withId(fields), ...whole }), models }];
	}
	return list.map((record) => ({
		fields: inOrder({ ...shared, record, ...(!isBlank(record._id) && { _id: record._id }) }),
		models,
		repeated: repeated / list.length,
	}));
}

function readOne(body: unknown): Delivered[] {
	const unnamed = (fields: IDataObject) => [{ fields, models: [] }];
	if (body === undefined) return unnamed({});
	if (!isObject(body)) return unnamed({ body });
	if (hasAny(body, marks)) return readComposed(body);
	if (Object.hasOwn(body, '_id')) return unnamed(inOrder({ record: body, _id: body._id }));
	return hasAny(body, ['id', 'time']) ? readComposed(body) : unnamed({ body });
}

/**
 * The records of a delivery, one for each item of the output: `event`, `model`, `_id`, `record`, `previous`, `changed`,
 * `actor`, `automation`, `time` as far as the body has them, and its other fields under their own names. A record that
 * came alone is `record`; whatever has another shape is `body`, as it came.
 * @param body as `parseBody` gives it: a text that somebody composed in Planhat, so that nothing about it is certain
 */
export function readRecords(body: unknown): Delivered[] {
	if (!Array.isArray(body) || body.length === 0 || body.length > mostRecords) return readOne(body);
	const found: Delivered[] = [];
	let repeated = 0;
	for (const one of body) {
		const records = readOne(one);
		for (const record of records) {
			found.push(record);
			repeated += record.repeated ?? 0;
		}
		if (found.length > mostRecords || repeated > mostRepeated) return readOne(body);
	}
	return found;
}

/** Whether a workflow waits for a record: unless its event or its model is certainly another. */
export function isWanted({ fields, models: named }: Delivered, events: string[], models: string[]): boolean {
	const record = isObject(fields.record) ? fields.record : {};
	return (
		isWantedEvent(fields.event, events) &&
		(named.length === 0 || named.some((model) => isWantedModel(model, models, record)))
	);
}
