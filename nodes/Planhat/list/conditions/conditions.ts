import type { IDataObject, INode } from 'n8n-workflow';

import type { Filter, Model } from '../../resources/types';
import type { ItemRun } from '../../run/context';
import { expressionIn, isFilledByModel, isMissing } from '../../run/parameters';
import { inputError } from '../../transport/errors';
import { isObject } from '../../values/checks';
import { shown, unreadAdvice } from '../../values/json';
import { companyFilter } from '../filterParameters';
import { blankFilter } from '../filterValues';
import { knownField, unknownFieldText, type ConditionField } from './fields';
import { conditionsIn, type GivenCondition } from './forms';
import type { ListCondition } from './meets';
import { kindOf, operatorsOf, readOperator, type Operator } from './operators';
import { conditionsAsForm, conditionsAsJson } from './parameters';
import { holdsDays, readWanted } from './wanted';

/** What one item asks for by conditions. */
export interface Conditions {
	all: readonly ListCondition[];
	/** What an agent left blank, as people call it. */
	leftBlank: readonly string[];
}

export const noConditions: Conditions = { all: [], leftBlank: [] };

interface Given extends GivenCondition {
	/** Whether an agent's model gave the value, who has to fill every argument. */
	isOfModel: boolean;
}

const example = '[{"field": "phase", "operator": "equals", "value": "Live"}]';

function isGivenByModel(node: INode, raw: unknown): boolean {
	const expression = expressionIn(raw);
	return expression !== undefined && isFilledByModel(node, expression);
}

function rowsOf(filters: unknown): unknown[] {
	const form = isObject(filters) ? filters[conditionsAsForm] : undefined;
	return isObject(form) ? [form.values ?? []].flat() : [];
}

/** The rows of the form. */
function ofForm({ node }: ItemRun, filters: IDataObject): Given[] {
	const raw = rowsOf(node.parameters.filters);
	return rowsOf(filters).map((row, at) => {
		const { field, operator, value } = isObject(row) ? row : {};
		const rawRow = raw[at];
		return {
			field: String(field ?? ''),
			operator: String(operator ?? 'equals'),
			value,
			isOfModel: isObject(rawRow) && isGivenByModel(node, rawRow.value),
		};
	});
}

/** @returns undefined where they were left blank by an agent's model */
function ofJson(item: ItemRun, filters: IDataObject): Given[] | undefined {
	const { node } = item;
	const given = filters[conditionsAsJson];
	const rawFilters: unknown = node.parameters.filters;
	const raw = isObject(rawFilters) ? rawFilters[conditionsAsJson] : undefined;
	const isOfModel = isGivenByModel(node, raw);
	const found = isMissing(given) ? [] : conditionsIn(given);
	if (found === undefined)
		throw inputError(
			node,
			`'Conditions' cannot be read: '${shown(given)}'`,
			`${unreadAdvice(given) ?? 'They are JSON'}. For example: ${example}`,
		);
	if (found.length > 0) return found.map((condition) => ({ ...condition, isOfModel }));
	if (isOfModel) return undefined;
	if (expressionIn(raw) !== undefined) throw blankFilter(item, 'Conditions');
	if (isMissing(given)) return [];
	throw inputError(node, "'Conditions' has no condition", `Remove the filter, or give one. For example: ${example}`);
}

function unknownField({ model, node, tenant }: ItemRun, name: string): Error {
	const { customFields, customFieldReason: reason } = tenant;
	const unsure = reason === undefined ? '' : `, as far as can be told without the custom fields (${reason})`;
	return inputError(
		node,
		name.trim() === '' ? 'A condition has no field' : unknownFieldText(model, customFields, name, unsure),
		"Use a field's API name, or 'custom.' and the name of a custom field.",
	);
}

async function fieldOf(item: ItemRun, name: string): Promise<ConditionField> {
	const found = await knownField(item, name);
	if (found === undefined) throw unknownField(item, name);
	return found;
}

function operatorFor({ node }: ItemRun, { path, field }: ConditionField, written: string): Operator {
	const kind = kindOf(field.type);
	const operator = readOperator(written, kind);
	const fitting = operatorsOf(kind);
	if (operator !== undefined && fitting.includes(operator)) return operator;
	const why =
		operator === undefined
			? `There is no operator '${shown(written)}'`
			: `'${path}' cannot be compared by '${written}'`;
	throw inputError(node, why, `Conditions on '${path}' take ${fitting.join(', ')}.`);
}

/** @returns the condition, or the name of its field where an agent's model left the value blank */
async function readCondition(item: ItemRun, given: Given): Promise<ListCondition | string> {
	const about = await fieldOf(item, given.field);
	const { path, field } = about;
	const operator = operatorFor(item, about, given.operator);
	const condition = { path, kind: kindOf(field.type), holdsDays: holdsDays(field), operator };
	if (operator === 'isEmpty' || operator === 'isNotEmpty') return { ...condition, texts: [], numbers: [], dates: [] };
	if (!isMissing(given.value))
		return { ...condition, ...(await readWanted(item, about, operator, given.operator, given.value)) };
	if (given.isOfModel) return path;
	throw inputError(
		item.node,
		`The condition on '${path}' has no value for this item`,
		`Without it, other ${item.model.plural} would be listed. Correct the value, remove the condition, or use 'Is Empty'.`,
	);
}

/** What Planhat filters by itself comes in fewer pages. */
function askedOf({ takes, name, isOurs }: Filter, model: Model, condition: ListCondition): unknown {
	const field = model.fields.find((candidate) => candidate.name === name);
	const [text, ...others] = condition.texts;
	if (isOurs || field === undefined || condition.path !== name || condition.operator !== 'equals') return undefined;
	if (takes === 'boolean') return condition.truth === true ? true : undefined;
	if (text === undefined || others.length > 0) return undefined;
	if (takes === 'ids') return field.type === 'id' ? text : undefined;
	return takes === 'text' ? field.values?.find((value) => value.toLowerCase() === text) : undefined;
}

function pushDown(
	model: Model,
	all: readonly ListCondition[],
	given: IDataObject,
): { filters: IDataObject; all: ListCondition[] } {
	const filters: IDataObject = { ...given };
	const conditions = all.map((condition) => {
		for (const filter of model.filters) {
			const value = askedOf(filter, model, condition);
			const isGiven = filter.name in filters || (filter.takes === 'ids' && companyFilter.name in filters);
			if (value === undefined || isGiven) continue;
			filters[filter.name] = value as IDataObject['any'];
			return { ...condition, isAsked: true as const };
		}
		return condition;
	});
	return { filters, all: conditions };
}

/**
 * Reads the conditions of one item, from the form and from JSON.
 * @returns them, and the item without them among its filters
 * @throws NodeOperationError where one cannot be read, or is blank though no model had to fill it
 */
export async function takeConditions(item: ItemRun): Promise<{ item: ItemRun; conditions: Conditions }> {
	const given = item.parameter('filters', {});
	if (!isObject(given) || !(conditionsAsForm in given || conditionsAsJson in given))
		return { item, conditions: noConditions };
	const isOther = ([name]: [string, unknown]) => name !== conditionsAsForm && name !== conditionsAsJson;
	const others = Object.fromEntries(Object.entries(given).filter(isOther));
	const json = ofJson(item, given);
	const leftBlank = json === undefined ? ['Conditions'] : [];
	const read: ListCondition[] = [];
	for (const condition of [...ofForm(item, given), ...(json ?? [])]) {
		const one = await readCondition(item, condition);
		if (typeof one === 'string') leftBlank.push(one);
		else read.push(one);
	}
	const { filters, all } = pushDown(item.model, read, others);
	return {
		item: {
			...item,
			parameter: (name, fallback) => (name === 'filters' ? filters : item.parameter(name, fallback)),
		},
		conditions: { all, leftBlank },
	};
}
