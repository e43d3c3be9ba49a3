import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { models } from '../resources';
import type { Model } from '../resources/types';
import { create } from './create';
import { deleteRecord } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getLeanList } from './getLeanList';
import { optionsProperty } from './options';
import { answerSingle, prepareSingle, refuseWithoutOperation } from './routed';
import { runItems } from './run';
import { sortProperty } from './sort';
import type { Operation } from './types';
import { update } from './update';

/** Every operation, in the order of the list of operations (n8n's guidelines: alphabetical). */
export const operations: readonly Operation[] = [create, deleteRecord, get, getLeanList, getAll, update];

/**
 * The operations of a model.
 * @param model of the registry
 */
export function operationsOf(model: Model): Operation[] {
	return operations.filter(({ value }) => model.operations.includes(value));
}

function resourceProperty(): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'company',
		options: models.map(({ name, resource }) => ({ name, value: resource })),
		routing: { send: { preSend: [refuseWithoutOperation] } },
	};
}

function operationOption(operation: Operation, model: Model): INodePropertyOptions {
	return {
		name: operation.name,
		value: operation.value,
		action: operation.action(model),
		description: operation.description(model),
		routing: {
			request: operation.request(model),
			send: { paginate: true, preSend: [prepareSingle(operation, model)] },
			operations: { pagination: answerSingle(operation, model) },
		},
	};
}

function operationProperty(model: Model): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'getAll',
		displayOptions: { show: { resource: [model.resource] } },
		options: operationsOf(model).map((operation) => operationOption(operation, model)),
	};
}

/** All parameters of the node: one selector of operations for each model, then what operations share. */
export function properties(): INodeProperties[] {
	const having = (operation: Operation) => models.filter((model) => model.operations.includes(operation.value));
	return [
		resourceProperty(),
		...models.map(operationProperty),
		...operations.flatMap((operation) => operation.properties(having(operation))),
		optionsProperty(models),
		sortProperty(having(getAll).filter(({ sortable }) => sortable)),
	];
}

/** For each model and operation the function that n8n calls once with all input items. */
export function customOperations(): NonNullable<INodeType['customOperations']> {
	const runs = (model: Model) =>
		Object.fromEntries(operationsOf(model).map((operation) => [operation.value, runItems(operation, model)]));
	return Object.fromEntries(models.map((model) => [model.resource, runs(model)]));
}
