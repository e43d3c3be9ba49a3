import type { INodeProperties } from 'n8n-workflow';

import { modelsHaving, operations } from '../operations';
import { models } from '../resources';
import type { Notice } from '../resources/types';
import type { Shown } from '../run/operation';

/** A short text below the selectors: a parameter that holds nothing. n8n takes the text for HTML. */
function noticeProperty({ name, text }: Pick<Notice, 'name' | 'text'>, show: Shown): INodeProperties {
	return { displayName: text, name, type: 'notice', default: '', displayOptions: { show } };
}

/** The notices of all models, each once for the resources that share it, and those of operations. */
export function noticeProperties(): INodeProperties[] {
	const ofModels = [...new Set(models.flatMap((model) => model.notices))].map((notice) => {
		const having = models.filter((model) => model.notices.includes(notice)).map(({ resource }) => resource);
		return noticeProperty(notice, { resource: having, operation: [...notice.operations] });
	});
	const ofOperations = operations.flatMap((operation) => {
		if (operation.notice === undefined) return [];
		const resource = modelsHaving([operation]).map((model) => model.resource);
		return noticeProperty(operation.notice, { resource, operation: [operation.value] });
	});
	return [...ofModels, ...ofOperations];
}
