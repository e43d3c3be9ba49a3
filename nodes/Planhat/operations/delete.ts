import type { IDataObject } from 'n8n-workflow';

import { idField } from '../output/outputFields';
import { refusedWrite } from '../answers/refusedWrite';
import { readConfirmed } from '../record/confirmName';
import { readAddress } from '../record/address';
import { lookUp } from '../record/fetchRecord';
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

interface Deletion extends PlanhatRequest {
	/** What the record is called, where a model is told. */
	called?: string;
}

/** Deletes one record for good, by `_id`: a record named otherwise is looked up first (assumption delete-by-prefix). */
export const deleteRecord: Operation<Deletion> = {
	value: 'delete',
	name: 'Delete',
	action: ({ singular }) => `Delete ${singular}`,
	description: ({ singular }) => `Delete ${withArticle(singular)} permanently`,
	request: ({ path }) => ({ method: 'DELETE', url: path }),
	output: () => [{ name: 'deleted', type: 'boolean' }, idField],
	takes: ['record'],

	async prepare(item, declared) {
		const address = await readAddress(item, 'delete');
		const { path, target, called } = speaksToModel(item.node)
			? await readConfirmed(item, address)
			: { ...(await lookUp(item, address)), called: undefined };
		return { ...declared, url: `${declared.url}/${path}`, target, ...(called !== undefined && { called }) };
	},

	async answer(item, request) {
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
		const { called } = request;
		return [{ deleted: true, _id: request.target._id, ...(called !== undefined && { name: called }) }];
	},
};
