import type { INodeType } from 'n8n-workflow';

import { operationsOf } from '../operations';
import { models } from '../resources';
import type { Model } from '../resources/types';
import type { BatchOperation, Operation } from '../run/operation';
import { runBatch } from '../run/runBatch';
import { runItems } from '../run/runItems';

/** The function that runs an operation over all input items. */
export function runOf(operation: Operation | BatchOperation, model: Model): ReturnType<typeof runItems> {
	return 'runAll' in operation ? runBatch(operation, model) : runItems(operation, model);
}

/** For each model and operation the function that n8n calls once with all input items. */
export function customOperations(): NonNullable<INodeType['customOperations']> {
	const runs = (model: Model) =>
		Object.fromEntries(operationsOf(model).map((operation) => [operation.value, runOf(operation, model)]));
	return Object.fromEntries(models.map((model) => [model.resource, runs(model)]));
}
