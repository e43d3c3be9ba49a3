import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Key, Position, Reason, Row } from '../rows/row';
import type { Model } from '../resources/types';
import type { Outcome } from './outcomes';
import { isLoss } from './reasons';
import type { SentRows } from './sending';
import { errorText, reasonText, supersededText } from './words';

/** The rows of a run and what became of them, as the report needs it. */
export interface ReportedRows extends SentRows {
	model: Model;
	node: INode;
	/** The input items of the node. */
	items: readonly INodeExecutionData[];
	rows: readonly Row[];
	keysAt(at: Position): readonly Key[];
	/** What the run has cost; milliseconds. */
	effort: { requests: number; waited: number };
	breathe(): Promise<void> | undefined;
}

/** Which rows make items: all of them, or those that were not applied. */
export type Reported = 'all' | 'losses';

function outcomeAt({ outcomes }: ReportedRows, at: Position): Outcome {
	return outcomes[at] ?? { is: 'notSent', why: { code: 'stopped' } };
}

function idAndKeys(reported: ReportedRows, at: Position): { _id?: string; keys: IDataObject } {
	const keys: IDataObject = {};
	const outcome = outcomeAt(reported, at);
	let _id = '_id' in outcome ? outcome._id : undefined;
	for (const { name, value } of reported.keysAt(at)) {
		if (name === '_id') _id ??= value;
		else keys[name] = value;
	}
	return { ...(_id !== undefined && { _id }), keys };
}

function goodItem(reported: ReportedRows, at: Position, outcome: Outcome): INodeExecutionData {
	const { _id, keys } = idAndKeys(reported, at);
	const reason = outcome.is === 'superseded' ? supersededText(outcome.by) : undefined;
	const said = 'why' in outcome ? reasonText(outcome.why, reported.model, outcome.is) : reason;
	return {
		json: {
			outcome: outcome.is,
			...(_id !== undefined && { _id }),
			...keys,
			...(said !== undefined && { reason: said }),
			...('resent' in outcome && { resent: true }),
		},
		pairedItem: { item: reported.rows[at]?.item ?? 0 },
	};
}

/**
 * n8n routes an item to the error output, and merges the input's data there, only if it holds nothing but `error` and
 * `details`; where there is no error output, the data is put in here. A row of a list in one item is handed back alone: n8n
 * merges nothing into an item that is linked by a number.
 */
function errorItem(reported: ReportedRows, at: Position, text: string, isOfList: boolean): INodeExecutionData {
	const { model, node, items, rows } = reported;
	const { item = 0, given = {} } = rows[at] ?? {};
	const { is } = outcomeAt(reported, at);
	const details = { outcome: is, ...idAndKeys(reported, at), ...(isOfList && { row: given }) };
	const data = isOfList || node.onError === 'continueErrorOutput' ? {} : items[item]?.json;
	const json = { ...data, error: errorText(is, text, model), details };
	return { json, pairedItem: isOfList ? item : { item } };
}

/** The items of which several rows come. */
function listsAmong({ rows }: ReportedRows): ReadonlySet<number> {
	const lists = new Set<number>();
	for (const [at, { item }] of rows.entries()) if (rows[at - 1]?.item === item) lists.add(item);
	return lists;
}

/** n8n's Retry On Fail judges a node by its first item, and sends everything again where that is an error. */
function errorsNotFirst(items: INodeExecutionData[], { node }: ReportedRows): INodeExecutionData[] {
	const isError = ({ json }: INodeExecutionData) => json.error !== undefined && json.details !== undefined;
	const first = node.retryOnFail === true ? items.findIndex((item) => !isError(item)) : 0;
	const good = first > 0 ? items[first] : undefined;
	return good === undefined ? items : [good, ...items.slice(0, first), ...items.slice(first + 1)];
}

/**
 * One item for each row, in their order; rows that were not applied as error items.
 * @param reported rows and what became of them
 * @param which rows make items
 * @param before items that stand in front of them
 */
export async function toItems(
	reported: ReportedRows,
	which: Reported = 'all',
	before: readonly INodeExecutionData[] = [],
): Promise<INodeExecutionData[]> {
	const items = [...before];
	const lists = listsAmong(reported);
	const texts = {
		failed: new Map<Reason, string>(),
		unknown: new Map<Reason, string>(),
		notSent: new Map<Reason, string>(),
	};
	for (const [at, { item }] of reported.rows.entries()) {
		const outcome = outcomeAt(reported, at);
		if (isLoss(outcome)) {
			// Rows share reasons: the words are made once.
			const text = texts[outcome.is].get(outcome.why) ?? reasonText(outcome.why, reported.model, outcome.is);
			texts[outcome.is].set(outcome.why, text);
			items.push(errorItem(reported, at, text, lists.has(item)));
		} else if (which === 'all') items.push(goodItem(reported, at, outcome));
		const pause = reported.breathe();
		if (pause) await pause;
	}
	return errorsNotFirst(items, reported);
}
