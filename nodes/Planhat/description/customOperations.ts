import type { INodeType } from 'n8n-workflow';

import { operationsOf } from '../operations';
import { models } from '../resources';
import type { Model } from '../resources/types';
import { runBatch } from '../run/runBatch';
import { runItems } from '../run/runItems';

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
