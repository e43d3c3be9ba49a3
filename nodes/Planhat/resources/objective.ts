import { companyId, custom, key, number, readOnly, required, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** A goal agreed with a customer, with its own health value. */
export const objective = defineModel({
	resource: 'objective',
	name: 'Objective',
	singular: 'objective',
	plural: 'objectives',
	path: '/objectives',
	title: 'name',
	filters: [companyIds],
	fields: [
		key('externalId', 'ID of the objective in your own system; can be used as a key'),
		key('sourceId', 'ID of the objective in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		required(text('name', 'Name of the objective')),
		number('health', 'Health of the objective'),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('number', '__v'),
	],
});
