import type { IDataObject, INode } from 'n8n-workflow';

import { noticeId } from '../tenant/mapperColumns';
import { isFilledByModel } from '../run/parameters';
import { isBlank, isObject } from '../values/checks';

/**
 * What the user has put into the fields of the mapper, with expressions as they stand.
 * @returns nothing where the fields are given in another way: the editor keeps what was mapped before
 */
export function rawFields({ parameters }: Pick<INode, 'parameters'>): IDataObject {
	const fields: unknown = parameters.fields;
	if (parameters.specifyFields === 'json' || !isObject(fields)) return {};
	return fields.mappingMode !== 'autoMapInputData' && isObject(fields.value) ? fields.value : {};
}

/** Whether the input items are the rows, as far as the workflow says. */
export function rawWay({ parameters }: Pick<INode, 'parameters'>): 'automatic' | 'other' {
	const fields: unknown = parameters.fields;
	const isAutomatic =
		isObject(fields) && fields.mappingMode === 'autoMapInputData' && parameters.specifyFields !== 'json';
	return isAutomatic ? 'automatic' : 'other';
}

/**
 * Without fields that the user, or an agent's model, has left empty; any other expression that comes out blank stays, and
 * says so.
 * @param values after expressions were resolved
 */
export function withoutEmpty(values: IDataObject, node: Pick<INode, 'type' | 'parameters'>): IDataObject {
	const raw = rawFields(node);
	const isOfModel = (given: unknown) => typeof given === 'string' && isFilledByModel(node, given);
	const isGiven = ([name, value]: [string, unknown]) =>
		name !== noticeId && (!isBlank(value) || (value !== undefined && !isBlank(raw[name]) && !isOfModel(raw[name])));
	return Object.fromEntries(Object.entries(values).filter(isGiven));
}

/** Nothing but one expression, of which the text between the braces is kept. */
const plainExpression = /^=\s*\{\{\s*((?:(?!\{\{|\}\})[\s\S])+?)\s*\}\}\s*$/;

/**
 * A value that is mapped by hand as an expression reads it, such as `$json.start`.
 * @returns undefined where it cannot be told
 */
export function sourceByHand(node: Pick<INode, 'parameters'>, name: string): string | undefined {
	const raw = rawFields(node)[name];
	if (typeof raw !== 'string') return undefined;
	if (!raw.startsWith('=')) return JSON.stringify(raw);
	return plainExpression.exec(raw)?.[1];
}
