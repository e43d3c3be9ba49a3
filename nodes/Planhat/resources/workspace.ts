import { companyId, custom, key, readOnly, required, text, userId } from './fields';
import { companyIds, userFilter } from './filters';
import { defineModel } from './model';

/** A sub-instance at a customer, such as a department or a separate installation. */
export const workspace = defineModel({
	resource: 'workspace',
	name: 'Workspace',
	singular: 'workspace',
	plural: 'workspaces',
	path: '/workspaces',
	title: 'name',
	filters: [companyIds, userFilter('ownerId', 'Owner', 'Only records of this user')],
	fields: [
		key('externalId', 'ID of the workspace in your own system; can be used as a key'),
		key('sourceId', 'ID of the workspace in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		required(text('name', 'Workspace name')),
		userId('ownerId', 'Planhat user in charge'),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('number', '__v'),
	],
});
