import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { requireSameOptions } from '../rows/batchRules';
import type { BatchRun } from '../run/context';
import { expressionIn } from '../run/parameters';
import { inputError, type NodeError } from '../transport/errors';
import { isBlank, isObject, trimmed } from '../values/checks';
import { shown } from '../values/json';
import { fieldChoices } from '../run/fieldChoices';

/** The option that has records reported which no row names. */
export const reportMissingOption: INodeProperties = {
	displayName: 'Report Missing',
	name: 'reportMissing',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	options: [
		{
			displayName: 'Condition',
			name: 'conditions',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					typeOptions: fieldChoices,
					default: '',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. Customer, or * for any',
				},
			],
		},
	],
	description:
		'Also return the records of Planhat that meet these conditions and that no row names. Nothing is deleted.',
};

/** What a record holds that counts as one of the source. */
export interface Condition {
	field: string;
	/** `*` for any. */
	value: string;
}

/** Any value at all. */
export const anyValue = '*';

function wrong({ node }: Pick<BatchRun, 'node'>, message: string): NodeError {
	const { displayName } = reportMissingOption;
	return inputError(
		node,
		`'${displayName}' ${message}`,
		"Conditions say which of Planhat's records the input should hold, such as the field phase with the value Customer.",
	);
}

function readCondition(run: BatchRun, given: unknown): Condition {
	const { field, value } = isObject(given) ? given : {};
	const isText = ['string', 'number', 'boolean'].includes(typeof value);
	if (typeof field !== 'string' || isBlank(field)) throw wrong(run, 'has a condition without a field');
	if (isBlank(value)) throw wrong(run, `has no value for '${field}'`);
	if (!isText) throw wrong(run, `takes one value for '${field}', not '${shown(value)}'`);
	return { field: trimmed(field), value: trimmed(String(value)) };
}

/** The conditions as n8n has stored them. */
function rawConditions({ node }: Pick<BatchRun, 'node'>): unknown[] {
	const raw = (node.parameters.options as IDataObject | undefined)?.reportMissing;
	const inside = isObject(raw) ? raw.conditions : raw;
	return [inside ?? []].flat();
}

function hasExpression(raw: unknown): boolean {
	return (isObject(raw) ? Object.values(raw) : [raw]).some((value) => expressionIn(value) !== undefined);
}

/**
 * Reads which records the input should hold.
 * @returns undefined where nobody wants to know
 * @throws NodeOperationError where there is no condition, or one that says nothing: all records would count; and in a loop,
 * where each run brings only a part of the rows
 */
export async function readConditions(run: BatchRun): Promise<Condition[] | undefined> {
	const { name, displayName } = reportMissingOption;
	const given = run.parameter(`options.${name}`, 0, null);
	if (given === null || given === '') return undefined;
	const raw = rawConditions(run);
	const parts = raw.flatMap((_condition, at) => ['field', 'value'].map((part) => `${name}.conditions.${at}.${part}`));
	await requireSameOptions(
		run,
		[name, ...parts].map((path) => ({ name: path, displayName })),
	);
	const conditions = [(isObject(given) ? given.conditions : undefined) ?? []].flat();
	if (conditions.length === 0) throw wrong(run, 'needs a condition');
	if (run.inLoop() && !raw.some(hasExpression))
		throw inputError(
			run.node,
			`'${displayName}' in a loop would report the records of all other runs of the loop`,
			'Take the node out of the loop, or give a condition by an expression that names the part which this run brings.',
		);
	return conditions.map((condition) => readCondition(run, condition));
}
