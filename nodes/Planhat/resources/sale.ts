import { companyId, custom, date, key, number, readOnly, required, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** One-off (non-recurring) revenue such as an onboarding fee. */
export const sale = defineModel({
	resource: 'sale',
	name: 'Sale',
	singular: 'sale',
	plural: 'sales',
	path: '/sales',
	title: 'product',
	simplified: 'product companyId companyName salesDate value _currency externalId sourceId',
	filters: [companyIds],
	fields: [
		key('externalId', 'ID of the sale in your own system; can be used as a key'),
		key('sourceId', 'ID of the sale in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		required(text('_currency', 'Currency code')),
		text('product', 'Name of what was sold'),
		required(date('salesDate', 'Date of the sale')),
		required(number('value', 'Total value, positive')),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('number', '__v'),
	],
});
