import type { INodeType } from 'n8n-workflow';

import { operationsOf } from '../operations';
import { models } from '../resources';
import type { Model } from '../resources/types';
import type { BatchOperation, Operation } from '../run/operation';
import { runBatch } from '../run/runBatch';
import { runItems } from '../run/runItems';
import { saidToModel } from '../run/saidToModel';

/** The function that runs an operation over all input items. */
export function runOf(operation: Operation | BatchOperation, model: Model): ReturnType<typeof runItems> {
	const run = 'runAll' in operation ? runBatch(operation, model) : runItems(operation, model);
	return saidToModel(run, operation);
}

/** For each model and operation the function that n8n calls once with all input items. */
export function customOperations(): NonNullable<INodeType['customOperations']> {
	const runs = (model: Model) =>
		Object.fromEntries(operationsOf(model).map((operation) => [operation.value, runOf(operation, model)]));
	return Object.fromEntries(models.map((model) => [model.resource, runs(model)]));
}
