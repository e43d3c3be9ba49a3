import type { INodeProperties, INodePropertyOptions, INodePropertyRouting } from 'n8n-workflow';

import { operationsOf } from '../operations';
import { resources } from '../resources';
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
		options: resources.map(({ name, resource }) => ({ name, value: resource })),
		routing: { send: { preSend: [refuseWithoutOperation], paginate: true } },
	};
}

/** The address that most operations of a model begin with: the selector says it once for all of them. */
function usualUrl(model: Model): string {
	const counts = new Map<string, number>();
	for (const operation of operationsOf(model)) {
		const { url } = operation.request(model);
		counts.set(url, (counts.get(url) ?? 0) + 1);
	}
	const [[url] = ['']] = [...counts].sort(([, one], [, other]) => other - one);
	return url;
}

/** How n8n's routing runs an operation: what differs from what the selector of the model says. */
function routing(operation: Operation | BatchOperation, model: Model): { routing?: INodePropertyRouting } {
	const { method, url } = operation.request(model);
	const request = { ...(method !== 'GET' && { method }), ...(url !== usualUrl(model) && { url }) };
	return Object.keys(request).length > 0 ? { routing: { request } } : {};
}

function operationOption(operation: Operation | BatchOperation, model: Model): INodePropertyOptions {
	return {
		name: operation.name,
		value: operation.value,
		action: operation.action(model),
		...(operation.description && { description: operation.description(model) }),
		...routing(operation, model),
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
		routing: { request: { method: 'GET', url: usualUrl(model) } },
		options: operationsOf(model).map((operation) => operationOption(operation, model)),
	};
}
