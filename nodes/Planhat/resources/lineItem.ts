import { boolean, choice, custom, date, id, key, number, refersTo, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** A subscription or fee on a deal; the base of revenue in the newer model. */
export const lineItem = defineModel({
	resource: 'lineItem',
	name: 'Line Item',
	singular: 'line item',
	plural: 'line items',
	path: '/lineitems',
	title: 'externalId',
	simplified: 'externalId dealId productId type status mrr value toDate',
	filters: [companyIds],
	fields: [
		key('externalId', 'ID of the line item in your own system; can be used as a key'),
		key('sourceId', 'ID of the line item in a connected system such as a CRM; can be used as a key'),
		refersTo('deal', id('dealId', 'Deal it belongs to')),
		refersTo('product', id('productId', 'Product from the catalogue; values left out are filled from it')),
		choice('type', 'Kind of line item', ['subscription', 'fee']),
		boolean(
			'fixedPeriod',
			'True: fromDate, toDate, length and a value must be given. False: open-ended, fromDate and mrr or arr',
		),
		date('fromDate', 'Start'),
		date('toDate', 'End'),
		number('length', 'Length in months'),
		number('mrr', 'Monthly value; calculated from arr when left out, and the other way round'),
		number('arr', 'Yearly value; calculated from mrr when left out'),
		number('value', 'Value of the period, or of the fee'),
		choice('status', 'State; set to ongoing by Planhat', ['ongoing', 'renewed', 'lost']),
		text('currency', 'Currency code'),
		custom,
	],
});
