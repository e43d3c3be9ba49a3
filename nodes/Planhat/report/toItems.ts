import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isLoss, type Outcome } from '../answers/outcome';
import type { Position, Reason } from '../rows/row';
import { speaksToModel } from '../run/parameters';
import { errorsNotFirst } from '../run/errorItems';
import type { ReportedRows } from './reported';
import { checkIn } from './verified';
import { errorText, reasonText, supersededText } from './reasonWords';

function outcomeAt({ outcomes }: ReportedRows, at: Position): Outcome {
	return outcomes[at] ?? { is: 'notSent', why: { code: 'stopped' } };
}

/** Planhat's own ID of a row where it is known, and its other keys. */
function addKeys(json: IDataObject, inside: IDataObject, reported: ReportedRows, at: Position): void {
	const outcome = outcomeAt(reported, at);
	const known = '_id' in outcome ? outcome._id : undefined;
	const { closedFor } = reported.rows[at] ?? {};
	if (closedFor !== undefined) inside.closedFor = closedFor;
	if (known !== undefined) json._id = known;
	for (const { name, value } of reported.keysAt(at)) {
		if (name !== '_id') inside[name] = value;
		else if (known === undefined) json._id = value;
	}
}

/** A row is known to people by its name more than by its keys. */
function addTitle(json: IDataObject, { titleAt }: ReportedRows, at: Position): void {
	const title = titleAt?.(at);
	if (title !== undefined && json[title.name] === undefined) json[title.name] = title.value;
}

function goodItem(reported: ReportedRows, at: Position, outcome: Outcome): INodeExecutionData {
	const json: IDataObject = { outcome: outcome.is };
	addKeys(json, json, reported, at);
	addTitle(json, reported, at);
	if (outcome.is === 'superseded') json.reason = supersededText(outcome.by);
	else if ('why' in outcome) json.reason = reasonText(outcome.why, reported.model, outcome.is);
	if ('resent' in outcome) json.resent = true;
	Object.assign(json, checkIn(reported.checkAt?.(at)));
	return { json, pairedItem: { item: reported.rows[at]?.item ?? 0 } };
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
	const keys: IDataObject = {};
	const details: IDataObject = { outcome: is };
	addKeys(details, keys, reported, at);
	details.keys = keys;
	Object.assign(details, checkIn(reported.checkAt?.(at)));
	if (isOfList) details.row = given;
	const isLeftOut = isOfList || node.onError === 'continueErrorOutput' || speaksToModel(node);
	const data = isLeftOut ? {} : items[item]?.json;
	const json = { ...data, error: errorText(is, text, model), details };
	return { json, pairedItem: isOfList ? item : { item } };
}

/** The items of which several rows come. */
function listsAmong({ rows }: ReportedRows): ReadonlySet<number> {
	const lists = new Set<number>();
	const given = rows.filter(({ closedFor }) => closedFor === undefined);
	for (const [at, { item, valueColumn }] of given.entries())
		if (valueColumn !== undefined || given[at - 1]?.item === item) lists.add(item);
	return lists;
}

/** An item is quickly made: the time is looked at after so many. */
const rowsBetweenLooks = 16;

/** Makes the item of a row that was applied, or left out for another. */
export type GoodItem = (reported: ReportedRows, at: Position, outcome: Outcome) => INodeExecutionData | undefined;

/** One item for each row, in their order; rows that were not applied as error items. */
export async function toItems(
	reported: ReportedRows,
	good: GoodItem = goodItem,
	before: readonly INodeExecutionData[] = [],
): Promise<INodeExecutionData[]> {
	const items = [...before];
	let lists: ReadonlySet<number> | undefined;
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
			lists ??= listsAmong(reported);
			items.push(errorItem(reported, at, text, lists.has(item)));
		} else {
			const item = good(reported, at, outcome);
			if (item !== undefined) items.push(item);
		}
		const pause = at % rowsBetweenLooks === 0 ? reported.yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return errorsNotFirst(reported.node, items);
}
