import type { IDataObject } from 'n8n-workflow';

import { judge } from '../answers/judgeAnswer';
import { isBulkAnswer } from '../answers/ledger';
import type { Outcome } from '../answers/outcome';
import { refusedWrite } from '../answers/refusedWrite';
import { titleField } from '../resources/model';
import type { Key } from '../rows/row';
import { showsForPeople } from '../run/nodeVersion';
import type { ItemRun } from '../run/context';
import type { PlanhatAnswer } from '../transport/answer';
import { apiError } from '../transport/errors';
import type { PlanhatRequest, Target } from '../transport/request';
import { isObject } from '../values/checks';
import { reasonAlone, reasonText } from './reasonWords';

function keysOfTarget({ _id, keys = {} }: Target): Key[] {
	const given = _id === undefined ? Object.entries(keys) : [['_id', _id] as const, ...Object.entries(keys)];
	return given.map(([name, value]) => ({ name, value: String(value), identity: String(value) }));
}

function titleOf(model: ItemRun['model'], node: ItemRun['node'], body: unknown): IDataObject {
	const field = showsForPeople(node) ? titleField(model) : undefined;
	const row: unknown = Array.isArray(body) ? body[0] : undefined;
	const title = isObject(row) && field !== undefined ? row[field.name] : undefined;
	return field === undefined || typeof title !== 'string' ? {} : { [field.name]: title };
}

/**
 * Reads what became of the one row that was sent by the bulk endpoint.
 * @param answer in the form of Planhat's documents, "Bulk upsert"; every key of it may be missing
 * @returns `{ outcome, _id, … keys of the row }`; `unknown` with a reason where Planhat says nothing of the row
 * @throws NodeApiError with Planhat's own words where the row was refused, or was not applied without a word
 */
export function readRowAnswer(
	{ node, model, transport }: Pick<ItemRun, 'node' | 'model' | 'transport'>,
	{ target, body }: Pick<PlanhatRequest, 'target' | 'body'>,
	answer: PlanhatAnswer,
): IDataObject {
	const refusal = isBulkAnswer(answer.body) ? undefined : refusedWrite({ node, transport }, target, answer);
	if (refusal !== undefined) throw refusal;
	const { _id: known, keys } = target;
	const { certain, why, ledger } = judge([{ keys: keysOfTarget(target) }], answer, {
		model,
		said: (body) => transport.said(body),
	});
	const outcome: Outcome = certain.get(0) ?? { is: 'unknown', why };
	const isUnknown = outcome.is === 'unknown';
	if ('why' in outcome && (!isUnknown || ledger.said.size > 0)) {
		const text = reasonText(outcome.why, model, outcome.is);
		const advice = isUnknown ? 'Look up the record in Planhat before you send it again. ' : '';
		const description = `${advice}Check the fields that Planhat's message is about.`;
		const message = `Planhat did not ${target.verb} the ${target.record}: ${text}`;
		throw apiError(
			node,
			'206',
			{ message, description },
			{ outcome: isUnknown ? 'unknown' : 'failed', _id: known, keys },
		);
	}
	const _id = ('_id' in outcome ? outcome._id : undefined) ?? known;
	const reason =
		'why' in outcome ? { reason: reasonAlone(outcome.is, reasonText(outcome.why, model, outcome.is)) } : {};
	return { outcome: outcome.is, _id, ...titleOf(model, node, body), ...keys, ...reason };
}
