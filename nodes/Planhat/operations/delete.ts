import type { IDataObject } from 'n8n-workflow';

import { idField } from '../output/outputFields';
import { refusedWrite } from '../answers/refusedWrite';
import { readAddress } from '../record/address';
import { readConfirmed } from '../record/confirmName';
import { ignoredHints, isIgnored, missingOption } from '../record/missingRecords';
import { findNamed, namedTarget } from '../record/namedRecords';
import { withArticle } from '../resources/model';
import { speaksToModel } from '../run/parameters';
import type { Operation } from '../run/operation';
import type { ItemRun } from '../run/context';
import type { PlanhatAnswer } from '../transport/answer';
import { inputError, markAbsent, type NodeError } from '../transport/errors';
import type { PlanhatRequest, Target } from '../transport/request';
import { isObject } from '../values/checks';

/** Counts come as numbers or texts. */
function isZero(count: unknown): boolean {
	return count === 0 || count === false || (typeof count === 'string' && /^\s*0+\s*$/.test(count));
}

function isRecord({ _id }: IDataObject): boolean {
	return _id !== undefined;
}

/** Whether an answer such as `{ n, ok, deletedCount }` (assumption delete-answer) says that there was nothing to delete. */
function countsNone(body: unknown): boolean {
	return isObject(body) && !isRecord(body) && (isZero(body.deletedCount) || isZero(body.n));
}

function refusedDelete(item: ItemRun, target: Target, answer: PlanhatAnswer): NodeError | undefined {
	const { body } = answer;
	const isRefused = body === false || (isObject(body) && !isRecord(body) && isZero(body.ok));
	return refusedWrite(
		item,
		target,
		isRefused ? { ...answer, body: { error: body === false ? 'false' : body } } : answer,
	);
}

/** A record that Planhat does not have, and the option says to pass over. */
interface DeleteRequest extends PlanhatRequest {
	isMissing?: true;
	/** What the record is called, where a model is told. */
	called?: string;
}

/** The records that each run has deleted, by their IDs: one that several items name is deleted once. */
const deleted = new WeakMap<object, Set<string>>();

async function sendDelete(item: ItemRun, request: DeleteRequest): Promise<void> {
	const answer = await item.transport.send(request);
	const refusal = refusedDelete(item, request.target, answer);
	if (refusal !== undefined) throw refusal;
	if (countsNone(answer.body)) {
		const error = inputError(
			item.node,
			`Planhat has no ${request.target.record}, so nothing was deleted`,
			'Check the ID. The record may have been deleted before.',
			request.target,
		);
		throw markAbsent(error, request.target.record);
	}
}

async function deleteOnce(item: ItemRun, request: DeleteRequest): Promise<void> {
	await item.turn();
	const before = deleted.get(item.tenant) ?? new Set<string>();
	deleted.set(item.tenant, before);
	const _id = String(request.target._id);
	if (!before.has(_id)) await sendDelete(item, request);
	before.add(_id);
}

/** A model is told what the record is called, and may have to confirm it. */
async function recordOf(item: ItemRun): Promise<{ target: Target & { _id: string }; called?: string }> {
	if (!speaksToModel(item.node)) return { target: await findNamed(item, 'delete') };
	const { target, called } = await readConfirmed(item, await readAddress(item, 'delete'));
	return { target: { ...target, _id: String(target._id) }, called };
}

function ignoredRecord({ target }: PlanhatRequest): IDataObject {
	return { deleted: false, ...(target._id !== undefined && { _id: target._id }), ...target.keys };
}

/** Deletes records for good, by `_id`: a record named otherwise is looked up first (assumption delete-by-prefix). */
export const deleteRecord: Operation<DeleteRequest> = {
	value: 'delete',
	name: 'Delete',
	action: ({ singular }) => `Delete ${singular}`,
	description: ({ singular }) => `Delete ${withArticle(singular)} permanently`,
	request: ({ path }) => ({ method: 'DELETE', url: path }),
	output: () => [{ name: 'deleted', type: 'boolean' }, idField],
	takes: ['record'],
	optionsForPeople: [missingOption],

	async prepare(item, declared) {
		let thrown: unknown;
		try {
			const { target, called } = await recordOf(item);
			const url = `${declared.url}/${encodeURIComponent(target._id)}`;
			return { ...declared, url, target, ...(called !== undefined && { called }) };
		} catch (error) {
			thrown = error;
		}
		if (!isIgnored(item, thrown)) throw thrown;
		return { ...declared, target: namedTarget(item, 'delete'), isMissing: true };
	},

	async answer(item, request) {
		if (request.isMissing) return [ignoredRecord(request)];
		let thrown: unknown;
		try {
			await deleteOnce(item, request);
			const { called } = request;
			return [{ deleted: true, _id: request.target._id, ...(called !== undefined && { name: called }) }];
		} catch (error) {
			thrown = error;
		}
		if (isIgnored(item, thrown)) return [ignoredRecord(request)];
		throw thrown;
	},

	hints: ignoredHints,
};
