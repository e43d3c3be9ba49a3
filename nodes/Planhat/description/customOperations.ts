import type { IN8nRequestOperations, INodeProperties } from 'n8n-workflow';

import { operationsOf } from '../operations';
import { resources } from '../resources';
import type { Model } from '../resources/types';
import type { BatchOperation, Operation } from '../run/operation';
import { runBatch } from '../run/runBatch';
import { runItems } from '../run/runItems';
import { runRouted, type OperationRuns } from '../run/runRouted';
import { saidToModel } from '../run/saidToModel';
import { shownChoices } from './choices';
import { properties } from './properties';

let ownProperties: readonly INodeProperties[] | undefined;

/** The function that runs an operation over all input items. */
function runOf(operation: Operation | BatchOperation, model: Model): ReturnType<typeof runItems> {
	const choices = () => {
		ownProperties ??= properties();
		return shownChoices(ownProperties, model.resource, operation.value);
	};
	const run = 'runAll' in operation ? runBatch(operation, model, choices) : runItems(operation, model, choices);
	return saidToModel(run, operation);
}

/** For each model and operation the function that n8n calls once with all input items. */
export function customOperations(): OperationRuns {
	const runs = (model: Model) =>
		Object.fromEntries(operationsOf(model).map((operation) => [operation.value, runOf(operation, model)]));
	return Object.fromEntries(resources.map((model) => [model.resource, runs(model)]));
}

/** How n8n's routing runs an operation: said once, not with each of them. */
export function requestOperations(): IN8nRequestOperations {
	return { pagination: runRouted(customOperations()) };
}
