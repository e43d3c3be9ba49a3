import { mayDo } from './access.mts';
import { errorEntry } from './behaviour.mts';
import { companyIdOf } from './companies.mts';
import { isPerCompany, type ServedModel } from './model.mts';
import type { State } from './state.mts';
import {
	isGiven,
	isJsonObject,
	Refusal,
	type Answer,
	type JsonObject,
	type JsonValue,
	type PlanhatRecord,
} from './types.mts';
import { createRecord, updateRecord } from './writing.mts';

/** reference.md, 3. */
const mostItems = 5000;

type Result = {
	created: number;
	createdErrors: JsonValue[];
	insertsKeys: JsonObject[];
	updated: number;
	updatedErrors: JsonValue[];
	updatesKeys: JsonObject[];
	nonupdates: number;
	modified: string[];
	upsertedIds: string[];
	permissionErrors: JsonValue[];
};

/** `PUT /{model}` with an array: update what a keyable matches, insert the rest (reference.md, 9). */
export function bulkUpsert(state: State, model: ServedModel, rows: unknown): Answer {
	if (!Array.isArray(rows)) throw new Refusal(400, 'Body must be an array');
	if (rows.length > mostItems) throw new Refusal(400, `Too many items, maximum is ${mostItems}`);
	const mayAll = mayDo(state.rights, model.path, 'create') && mayDo(state.rights, model.path, 'update');
	if (!mayAll && state.behaviour.bulkForbidden === 'text') {
		throw new Refusal(403, "You don't have permission to perform this action");
	}
	const result = emptyResult();
	const inOrder: unknown[] = state.behaviour.bulkOrder === 'reversed' ? [...rows].reverse() : rows;
	for (const row of inOrder) applyRow(state, model, row, result);
	return {
		status: statusOf(result),
		body: model.validationErrorsInBulk ? { ...result, validationErrors: [] } : result,
	};
}

function emptyResult(): Result {
	return {
		created: 0,
		createdErrors: [],
		insertsKeys: [],
		updated: 0,
		updatedErrors: [],
		updatesKeys: [],
		nonupdates: 0,
		modified: [],
		upsertedIds: [],
		permissionErrors: [],
	};
}

/** 403: no right for one or all of the operations; 206: part done; 400: nothing done (reference.md, 4). */
function statusOf(result: Result): number {
	if (result.permissionErrors.length > 0) return 403;
	if (result.createdErrors.length + result.updatedErrors.length === 0) return 200;
	return result.created + result.updated + result.nonupdates > 0 ? 206 : 400;
}

function applyRow(state: State, model: ServedModel, given: unknown, result: Result): void {
	if (!isJsonObject(given)) {
		result.createdErrors.push(errorEntry(state.behaviour.errorForm, 'Item must be an object', {}));
		return;
	}
	const row = model.prepare === undefined ? given : model.prepare(given);
	if (row === null) {
		if (state.behaviour.ticketWithoutEmail === 'refused') {
			result.createdErrors.push(errorEntry(state.behaviour.errorForm, 'email is required', given));
		}
		return;
	}
	const newest = state.behaviour.newKeyTwice === 'creates' ? result.upsertedIds : [];
	const match = findMatch(state, model, given, newest);
	const operation = match === undefined ? 'create' : 'update';
	if (!mayDo(state.rights, model.path, operation)) {
		const message = `Missing permission: ${model.name} ${operation}`;
		result.permissionErrors.push(errorEntry(state.behaviour.errorForm, message, given));
		return;
	}
	try {
		if (match === undefined) insertRow(state, model, given, row, result);
		else updateRow(state, model, given, row, match, result);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const errors = match === undefined ? result.createdErrors : result.updatedErrors;
		errors.push(errorEntry(state.behaviour.errorForm, error.message, given));
	}
}

function insertRow(state: State, model: ServedModel, given: JsonObject, row: JsonObject, result: Result): void {
	const isTwice = state.behaviour.newKeyTwice === 'creates' && result.upsertedIds.length > 0;
	const behaviour = isTwice ? ({ ...state.behaviour, duplicateKey: 'store' } as const) : state.behaviour;
	const record = createRecord(state.store, model, row, behaviour);
	result.created += 1;
	result.insertsKeys.push(keysOf(state, model, given, record));
	result.upsertedIds.push(record._id);
}

function updateRow(
	state: State,
	model: ServedModel,
	given: JsonObject,
	row: JsonObject,
	match: Match,
	result: Result,
): void {
	const changes = withoutKeys(model, row, match.keyable);
	const { record, changed } = updateRecord(state.store, model, match.record, changes, 'onChange', state.behaviour);
	if (!changed && state.behaviour.bulkUnchanged === 'nonupdates') {
		result.nonupdates += 1;
		return;
	}
	result.updated += 1;
	result.updatesKeys.push(keysOf(state, model, given, record));
	result.modified.push(record._id);
}

type Match = { record: PlanhatRecord; keyable: string };

/** @param unseen ids of records that are not there yet, as far as the rows of a request are concerned */
function findMatch(state: State, model: ServedModel, row: JsonObject, unseen: readonly string[]): Match | undefined {
	const field = model.companyField ?? 'companyId';
	const reference = row[field] ?? (isGiven(row['companyExternalId']) ? `extid-${row['companyExternalId']}` : undefined);
	const company = companyIdOf(state.store, reference);
	for (const keyable of model.keyables) {
		const perCompany = isPerCompany(model, keyable);
		const record = state.store
			.collection(model.storage)
			.find(model.storedAs[keyable] ?? keyable, row[keyable])
			.filter(model.only ?? (() => true))
			.filter(({ _id }) => !unseen.includes(_id))
			.find((found) => !perCompany || company === undefined || found[field] === company);
		if (record !== undefined) return { record, keyable };
	}
	return undefined;
}

/** A keyable can be changed only by a match on one of higher priority (reference.md, 9). */
function withoutKeys(model: ServedModel, row: JsonObject, matchedBy: string): JsonObject {
	const fixed = model.keyables.slice(0, model.keyables.indexOf(matchedBy));
	const fixedFields = new Set(fixed.map((keyable) => model.storedAs[keyable] ?? keyable));
	return Object.fromEntries(Object.entries(row).filter(([name]) => !fixedFields.has(name)));
}

/** `_id` and the keys with which the row came; e-mail only by order, as no document shows it. */
function keysOf(state: State, model: ServedModel, row: JsonObject, record: PlanhatRecord): JsonObject {
	const form = state.behaviour.bulkKeys;
	const shown = model.keyables.filter(
		(keyable) =>
			form !== 'idOnly' &&
			keyable !== '_id' &&
			(keyable !== 'email' || form === 'rowWithEmail') &&
			isGiven(row[keyable]),
	);
	return { _id: record._id, ...Object.fromEntries(shown.map((keyable) => [keyable, row[keyable] ?? null])) };
}
