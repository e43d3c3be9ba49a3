import { isDeepStrictEqual } from 'node:util';
import type { Behaviour } from './behaviour.mts';
import { connectCompany } from './companies.mts';
import { isPerCompany, type ServedModel } from './model.mts';
import type { Store } from './store.mts';
import {
	copyOf,
	isGiven,
	isJsonObject,
	Refusal,
	type JsonObject,
	type JsonValue,
	type PlanhatRecord,
} from './types.mts';

/** What only the server writes; sent by a client it is ignored like an unknown key. */
const managed = new Set(['_id', '__v', 'createdAt', 'updatedAt', 'lastUpdated', 'companyName', 'cName']);

/** Makes a record out of the body of a create, or refuses it with 400. */
export function createRecord(store: Store, model: ServedModel, body: JsonObject, behaviour: Behaviour): PlanhatRecord {
	const fields = connectCompany(store, model, acceptedFields(model, body), body);
	requireFields(model, { ...body, ...fields });
	if (behaviour.duplicateKey === 'refuse') requireUnusedKeys(store, model, fields, null);
	const now = store.now();
	const times = [...model.timeFields.created, ...model.timeFields.updated].map((name) => [name, now] as const);
	const record: PlanhatRecord = {
		_id: store.nextId(),
		...copyOf(model.defaults),
		...Object.fromEntries(times),
		...fields,
	};
	if (model.fields === null || model.fields.has('custom')) record['custom'] = customOf(store, body, behaviour);
	finish(model, record, fields, now);
	store.collection(model.storage).put(record);
	return record;
}

/** Writes the given fields onto a record; the others stay (reference.md, 5). With `onChange` an equal record is not saved. */
export function updateRecord(
	store: Store,
	model: ServedModel,
	current: PlanhatRecord,
	given: JsonObject,
	touch: 'always' | 'onChange',
	behaviour: Behaviour,
): { record: PlanhatRecord; changed: boolean } {
	const ignored = [
		...(behaviour.nullInUpdate === 'clears' ? [] : [null]),
		...(behaviour.blankInUpdate === 'clears' ? [] : ['']),
	];
	const body = withoutValues(given, ignored);
	// What is in place of the company's ID moves a record as the ID does; the domain of an email does not.
	const { companyExternalId = null } = body;
	const fields = connectCompany(store, model, acceptedFields(model, body), { companyExternalId });
	requireUnusedKeys(store, model, fields, current);
	const custom = customOf(store, body, behaviour);
	const record: PlanhatRecord = { ...keptBy(model, current, behaviour), ...fields, _id: current._id };
	if (Object.keys(custom).length > 0) {
		record['custom'] = {
			...(behaviour.mergesCustom && isJsonObject(current['custom']) ? current['custom'] : {}),
			...custom,
		};
	}
	const now = store.now();
	finish(model, record, fields, now);
	const changed = Object.keys(record).some((name) => !isDeepStrictEqual(record[name], current[name]));
	if (touch === 'always' || changed) for (const name of model.timeFields.updated) record[name] = now;
	if (touch === 'always' || changed) store.collection(model.storage).put(record);
	return { record, changed };
}

function withoutValues(given: JsonObject, ignored: readonly JsonValue[]): JsonObject {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => !ignored.includes(value)));
}

/** What an update leaves of a record: all of it, or what no client writes and what ties it to its place. */
function keptBy(model: ServedModel, current: PlanhatRecord, { keepsUnnamedFields }: Behaviour): PlanhatRecord {
	if (keepsUnnamedFields) return current;
	const kept = new Set([...managed, ...model.keyables, ...model.required, 'custom', ...model.timeFields.created]);
	return { ...Object.fromEntries(Object.entries(current).filter(([name]) => kept.has(name))), _id: current._id };
}

/** The top-level fields of a body that the model knows. `custom` is handled apart. */
function acceptedFields(model: ServedModel, body: JsonObject): JsonObject {
	const accepted = Object.entries(body).filter(
		([name]) =>
			name !== 'custom' &&
			!name.startsWith('custom.') &&
			!managed.has(name) &&
			(model.fields === null || model.fields.has(name)),
	);
	return copyOf(Object.fromEntries(accepted));
}

/** Nested and dotted custom keys in one object; keys that differ only in case are refused (reference.md, 7). */
function customOf(store: Store, body: JsonObject, { customDates }: Behaviour): JsonObject {
	const dotted = Object.entries(body).filter(([name]) => name.startsWith('custom.'));
	const entries = [
		...(isJsonObject(body['custom']) ? Object.entries(body['custom']) : []),
		...dotted.map(([name, value]): [string, JsonValue] => [name.slice('custom.'.length), value]),
	];
	const names = new Set(entries.map(([name]) => name));
	const folded = new Set([...names].map((name) => name.toLowerCase()));
	if (folded.size < names.size) throw new Refusal(400, 'custom keys differ only in case');
	const dates = new Set(
		store
			.collection('customfields')
			.all()
			.filter(({ type }) => type === 'date')
			.map(({ name }) => name),
	);
	const kept = entries.map(([name, value]) => {
		const isCut = customDates === 'day' && dates.has(name) && typeof value === 'string';
		return [name, isCut ? value.slice(0, 10) : value];
	});
	return copyOf(Object.fromEntries(kept) as JsonObject);
}

function requireFields(model: ServedModel, given: JsonObject): void {
	const required = [...model.required, ...(model.alsoRequired?.(given) ?? [])];
	const storedName = (name: string) => model.storedAs[name] ?? name;
	const missingGroup = model.requiredOneOf.find((group) => !group.some((name) => isGiven(given[name])));
	const named = missingGroup?.[0] ?? required.find((name) => !isGiven(given[storedName(name)]));
	if (named !== undefined) throw new Refusal(400, `${named} is required`);
}

/** 400 means "mostly a required key missing or duplicated" (reference.md, 4). */
function requireUnusedKeys(store: Store, model: ServedModel, fields: JsonObject, self: PlanhatRecord | null): void {
	const company = model.companyField === null ? undefined : (fields[model.companyField] ?? self?.[model.companyField]);
	const keys = model.keyables.filter((key) => key !== '_id').map((key) => ({ key, field: model.storedAs[key] ?? key }));
	const given = keys.filter(({ field }) => isGiven(fields[field]));
	const taken = given.some(({ key, field }) =>
		store
			.collection(model.storage)
			.find(field, fields[field])
			.some(
				(other) =>
					other._id !== self?._id && (!isPerCompany(model, key) || other[model.companyField ?? ''] === company),
			),
	);
	if (taken) throw new Refusal(400, `${given.map(({ key }) => key).join(',')} duplicated`);
}

/** What Planhat works out from what was sent. */
function finish(model: ServedModel, record: PlanhatRecord, fields: JsonObject, now: string): void {
	if (model.path === 'companies')
		record['slug'] = String(record['name'])
			.toLowerCase()
			.replace(/[^a-z0-9]/g, '');
	if (model.path === 'timesheets') finishTimesheet(record, fields, now);
	if (model.path === 'tasks' && fields['status'] === 'done') {
		// REST wants "Done"; lower case fails with this text (reference.md, 4 and 14).
		throw new Refusal(400, 'Failed to execute task status update');
	}
	if (['conversations', 'tasks'].includes(model.path) && typeof fields['description'] === 'string') {
		record['snippet'] = fields['description'].replace(/<[^>]*>/g, '');
	}
	if (model.path === 'tickets' && typeof record['date'] === 'string') {
		record['days'] = Math.floor(Date.parse(record['date']) / 86_400_000);
	}
}

function finishTimesheet(record: PlanhatRecord, fields: JsonObject, now: string): void {
	const entries = fields['timeEntries'];
	if (Array.isArray(entries)) {
		record['timeEntries'] = entries.map((entry) => (isJsonObject(entry) ? (entry['_id'] ?? null) : entry));
	}
	// The official sample shows both filled in by the server when the status becomes approved.
	if (fields['status'] === 'approved') {
		record['approvedBy'] = record['approvedBy'] ?? record['assignedId'] ?? null;
		record['dateOfApproval'] = record['dateOfApproval'] ?? now;
	}
}
