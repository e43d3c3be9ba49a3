import type { INodeProperties } from 'n8n-workflow';

import { models } from '../resources';

/**
 * The notices of all models, each once for the resources that share it: parameters that hold nothing. n8n takes the text for
 * HTML. The panel of an agent's tool is for what the model may do.
 */
export function noticeProperties(): INodeProperties[] {
	return [...new Set(models.flatMap((model) => model.notices))].map((notice) => {
		const resource = models.filter((model) => model.notices.includes(notice)).map((model) => model.resource);
		return {
			displayName: notice.text,
			name: notice.name,
			type: 'notice',
			default: '',
			displayOptions: { show: { resource, operation: [...notice.operations], '@tool': [false] } },
		};
	});
}
