import { defineModel } from './model';

/** What an admin has built in Planhat, and an incoming webhook starts. Planhat's API has no records of it. */
export const automation = {
	...defineModel({
		resource: 'automation',
		name: 'Automation',
		singular: 'automation',
		plural: 'automations',
		path: '/automation',
		keys: [],
		title: '',
		sortable: false,
		fields: [],
	}),
	operations: ['trigger'] as const,
};
