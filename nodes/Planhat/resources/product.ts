import { boolean, choice, custom, key, number, readOnly, required, text, texts } from './fields';
import { defineModel } from './model';

/** Catalogue entry used as a template for line items. */
export const product = defineModel({
	resource: 'product',
	name: 'Product',
	singular: 'product',
	plural: 'products',
	path: '/products',
	title: 'name',
	rare: 'renewalMrr renewalPeriod noticePeriod noticeUnit packages color',
	simplified: 'name externalId type mrr arr value currency length',
	fields: [
		key('externalId', 'ID of the product in your own system; can be used as a key'),
		key('sourceId', 'ID of the product in a connected system such as a CRM; can be used as a key'),
		required(text('name', 'Product name')),
		choice('type', 'Kind of product', ['subscription', 'fee']),
		number('mrr', 'Default monthly value'),
		number('value', 'Default value; main figure for fees'),
		text('currency', 'Default currency'),
		boolean('fixedPeriod', 'Line items have a fixed end by default'),
		boolean('autoRenews', 'Line items renew by themselves by default'),
		number('length', 'Default length in months'),
		number('renewalMrr', 'Expected MRR at renewal'),
		number('renewalPeriod', 'Renewal length in months'),
		number('noticePeriod', 'Notice period'),
		choice('noticeUnit', 'Unit of the notice period', ['day', 'week', 'month']),
		texts('packages', 'Packages it belongs to'),
		text('color', 'Colour in the app'),
		custom,
		...readOnly('number', 'arr renewalArr'),
		...readOnly('date', 'createdAt updatedAt'),
	],
});
