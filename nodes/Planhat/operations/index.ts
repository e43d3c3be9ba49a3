import type { INodeProperties, INodePropertyOptions, INodePropertyRouting, INodeType } from 'n8n-workflow';

import { noticeProperties } from '../description/notices';
import { optionsProperty } from '../description/options';
import { sortProperty } from '../list/sort';
import { outputProperties } from '../output/parameters';
import { models } from '../resources';
import type { Model } from '../resources/types';
import { fieldsProperties } from '../rows/parameters';
import type { BatchOperation, Operation } from '../run/operation';
import { runBatch, runRoutedBatch } from '../run/runBatch';
import { runItems } from '../run/runItems';
import { refuseWithoutOperation, runSingle } from '../run/runRouted';
import { create } from './create';
import { deleteRecord } from './delete';
import { duplicate } from './duplicate';
import { get } from './get';
import { getAll } from './getAll';
import { getLeanList } from './getLeanList';
import { insert } from './insert';
import { segment } from './segment';
import { track } from './track';
import { update } from './update';
import { upsert } from './upsert';

/** Every operation, in the order of the list of operations (n8n's guidelines: alphabetical). */
export const operations: ReadonlyArray<Operation | BatchOperation> = [
	create,
	upsert,
	deleteRecord,
	duplicate,
	get,
	getLeanList,
	getAll,
	insert,
	segment,
	track,
	update,
];

/**
 * The operations of a model.
 * @param model of the registry
 */
export function operationsOf(model: Model): Array<Operation | BatchOperation> {
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

/** How n8n's routing runs an operation for one item. */
function routing(operation: Operation | BatchOperation, model: Model): INodePropertyRouting {
	const { method, url } = operation.request(model);
	const pagination = 'runAll' in operation ? runRoutedBatch(operation, model) : runSingle(operation, model);
	return { request: { method, url }, send: { paginate: true }, operations: { pagination } };
}

function operationOption(operation: Operation | BatchOperation, model: Model): INodePropertyOptions {
	return {
		name: operation.name,
		value: operation.value,
		action: operation.action(model),
		description: operation.description(model),
		routing: routing(operation, model),
	};
}

function operationProperty(model: Model): INodeProperties {
	const usual = model.operations.includes('getAll') ? 'getAll' : String(model.operations[0]);
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: usual,
		displayOptions: { show: { resource: [model.resource] } },
		options: operationsOf(model).map((operation) => operationOption(operation, model)),
	};
}

/** All parameters of the node: one selector of operations for each model, then what operations share. */
export function properties(): INodeProperties[] {
	const having = (operation: Operation | BatchOperation) =>
		models.filter((model) => model.operations.includes(operation.value));
	return [
		resourceProperty(),
		...models.map(operationProperty),
		...noticeProperties(models),
		...operations.flatMap((operation) => operation.properties(having(operation))),
		...fieldsProperties(models),
		...outputProperties(models),
		optionsProperty(models),
		sortProperty(having(getAll).filter(({ sortable }) => sortable)),
	];
}

/** For each model and operation the function that n8n calls once with all input items. */
export function customOperations(): NonNullable<INodeType['customOperations']> {
	const runs = (model: Model) =>
		Object.fromEntries(
			operationsOf(model).map((operation) => [
				operation.value,
				'runAll' in operation ? runBatch(operation, model) : runItems(operation, model),
			]),
		);
	return Object.fromEntries(models.map((model) => [model.resource, runs(model)]));
}
