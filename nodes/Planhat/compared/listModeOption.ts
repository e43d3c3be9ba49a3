import type { INodeProperties } from 'n8n-workflow';

/** What happens to the list that a record holds. */
export type ListMode = 'replace' | 'add' | 'remove';

/** The option about fields that hold lists. */
export const listModeOption: INodeProperties = {
	displayName: 'List Mode',
	name: 'listMode',
	type: 'options',
	default: 'replace',
	options: [
		{ name: 'Add', value: 'add', description: 'Keep the entries in Planhat and add yours' },
		{ name: 'Remove', value: 'remove', description: 'Take your entries out of those in Planhat' },
		{ name: 'Replace', value: 'replace', description: 'Send only your entries' },
	],
	description: 'What to do with tags, followers and other lists. To add or remove, the records are read first.',
};
