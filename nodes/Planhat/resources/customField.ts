import { boolean, choice, opensToCustomers, ordered, readOnly, required, text, texts } from './fields';
import { choiceFilter } from './filters';
import { defineModel } from './model';

/** Definition of a custom field on one of the models. The model it belongs to is given in parent. */
export const customField = defineModel({
	resource: 'customField',
	name: 'Custom Field',
	singular: 'custom field',
	plural: 'custom fields',
	path: '/customfields',
	operations: ['create', 'upsert', 'delete', 'get', 'getAll', 'update'],
	keys: ['_id'],
	// Planhat has no bulk upsert for them, and makes a second field of the same name.
	namedBy: { field: 'name', within: 'parent' },
	page: { maximum: 2_000, documented: true },
	title: 'name',
	simplified: 'name parent type listValues formula isFormula isHidden isMandatory isLocked',
	filters: [choiceFilter('parent', 'Model Name or ID', 'Only custom fields of this model', 'getModels', 'parent')],
	fields: [
		required(text('name', 'Field name; this exact text is the key inside custom on records')),
		required(
			choice('type', 'Data type of the field', [
				'number',
				'text',
				'rich text',
				'checkbox',
				'day',
				'date',
				'list',
				'multipicklist',
				'team member',
				'team members',
				'rating',
				'phone',
				'email',
				'enduser',
				'endusers',
				'url',
			]),
		),
		required(text('parent', 'Model the field belongs to, lower case singular such as company, enduser, asset')),
		required(boolean('isHidden', 'Hide the field in the app')),
		boolean('isFeatured', 'Show the field prominently'),
		opensToCustomers(boolean('isShared', 'Show the field in the customer portal')),
		boolean('isLocked', 'Stop users from editing the field in the app'),
		boolean('isMandatory', 'Require a value in the app'),
		boolean('isFormula', 'Field is calculated by a formula'),
		boolean('treatUndefinedAsZero', 'Formula setting: count missing values as 0'),
		text('formula', 'Formula text'),
		ordered(texts('listValues', 'Options for list and multipicklist fields')),
		text('numberFormat', 'Display format for numbers'),
		...readOnly('objects', 'filter'),
		...readOnly('texts', 'formulaRefs'),
	],
});
