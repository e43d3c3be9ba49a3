import type { INodeProperties } from 'n8n-workflow';

import type { Model, OperationName } from '../resources/types';

/**
 * A short text below the selectors.
 * @param name of the parameter, which holds nothing
 * @param text as people read it; n8n takes it for HTML
 */
export function noticeProperty(
	name: string,
	text: string,
	resource: string[],
	operation: readonly OperationName[],
): INodeProperties {
	const displayOptions = { show: { resource, operation: [...operation] } };
	return { displayName: text, name, type: 'notice', default: '', displayOptions };
}

/**
 * The notices of all models, each once for the resources that share it.
 * @param models of the registry
 */
export function noticeProperties(models: readonly Model[]): INodeProperties[] {
	const notices = new Set(models.flatMap((model) => model.notices));
	return [...notices].map((notice) => {
		const having = models.filter((model) => model.notices.includes(notice)).map(({ resource }) => resource);
		return noticeProperty(notice.name, notice.text, having, notice.operations);
	});
}
