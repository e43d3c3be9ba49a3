import { companyId, custom, date, key, number, readOnly, required, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** Something with a start and an end done for a customer. */
export const project = defineModel({
	resource: 'project',
	name: 'Project',
	singular: 'project',
	plural: 'projects',
	path: '/projects',
	title: 'name',
	simplified: 'name externalId companyId companyName startDate endDate mrr currency',
	filters: [companyIds],
	fields: [
		key('externalId', 'ID of the project in your own system; can be used as a key'),
		key('sourceId', 'ID of the project in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		required(text('name', 'Project name')),
		text('currency', 'Currency code'),
		date('startDate', 'Start'),
		date('endDate', 'End'),
		number('mrr', 'Monthly value'),
		number('arr', 'Yearly value'),
		number('nrr', 'One-off value'),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('number', '__v'),
	],
});
