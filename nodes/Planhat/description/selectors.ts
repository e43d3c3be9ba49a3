import type { INodeProperties, INodePropertyOptions, INodePropertyRouting } from 'n8n-workflow';

import { operationsOf } from '../operations';
import { models } from '../resources';
import type { Model } from '../resources/types';
import type { BatchOperation, Operation } from '../run/operation';
import { refuseWithoutOperation } from '../run/runRouted';

export function resourceProperty(): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'company',
		options: models.map(({ name, resource }) => ({ name, value: resource })),
		routing: { send: { preSend: [refuseWithoutOperation], paginate: true } },
	};
}

/** How n8n's routing runs an operation. */
function routing(operation: Operation | BatchOperation, model: Model): INodePropertyRouting {
	const { method, url } = operation.request(model);
	return {
		request: { method, url },
	};
}

function operationOption(operation: Operation | BatchOperation, model: Model): INodePropertyOptions {
	return {
		name: operation.name,
		value: operation.value,
		action: operation.action(model),
		...(operation.description && { description: operation.description(model) }),
		routing: routing(operation, model),
	};
}

export function operationProperty(model: Model): INodeProperties {
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
