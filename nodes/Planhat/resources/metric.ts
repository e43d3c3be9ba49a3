import { choice, key, labelled, number, readOnly, required, timeOfArrival, whenLeftOut } from './fields';
import { choiceFilter, companyIds, dayFilter } from './filters';
import { defineModel } from './model';
import { analyticsNotice } from './notices';

/** Dimension data: values over time for a company, an end user, an asset or a project. */
export const metric = defineModel({
	resource: 'metric',
	name: 'Metric',
	singular: 'metric value',
	plural: 'metric values',
	path: '/dimensiondata',
	operations: ['getAll', 'insert'],
	keys: [],
	title: 'dimensionId',
	seen: 'dimensionId',
	sortable: false,
	filters: [
		// Other clients send one company at a time, and call it cId.
		{ ...companyIds, sentAs: 'cId', idsAtATime: 1 },
		{
			...choiceFilter('dimensionId', 'Metric Name or ID', 'Only values of this metric', 'getDimensionIds'),
			sentAs: 'dimid',
		},
		dayFilter('from', 'From', 'Only values of this day or later'),
		dayFilter('to', 'To', 'Only values of this day or earlier'),
	],
	notices: [analyticsNotice],
	fields: [
		required(labelled('Metric', key('dimensionId', 'Name of the metric, without spaces or special characters'))),
		required(number('value', 'The value')),
		required(key('externalId', 'External ID of the record that the value belongs to')),
		whenLeftOut(
			'Planhat takes Company',
			choice('model', 'Model of that record', ['Company', 'EndUser', 'Asset', 'Project']),
		),
		timeOfArrival('When the value was taken; the time of arrival when left out'),
		...readOnly('date', 'time'),
		...readOnly('id', 'parentId companyId'),
		...readOnly('text', 'companyName'),
	],
});
