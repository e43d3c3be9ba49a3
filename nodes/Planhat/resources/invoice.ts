import { choice, custom, day, id, key, labelled, number, readOnly, refersTo, required, sameAs, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';
import { daysNotice } from './notices';

/** Invoice record, usually generated from licences; for information, not for sending. */
export const invoice = defineModel({
	resource: 'invoice',
	name: 'Invoice',
	singular: 'invoice',
	plural: 'invoices',
	path: '/invoices',
	keys: ['_id', 'sourceId', 'extId'],
	page: { maximum: 2_000, documented: true },
	title: 'extId',
	simplified: 'extId cId cName status amountTotal currency invoiceDate dueDate',
	filters: [companyIds],
	notices: [daysNotice],
	fields: [
		required(
			sameAs(
				'companyId',
				refersTo('company', labelled('Company', id('cId', 'Company of the invoice (note the short name)'))),
			),
		),
		required(text('currency', 'Currency code (no leading underscore here)')),
		text('product', 'Product name'),
		sameAs(
			'externalId',
			labelled('External ID', key('extId', 'ID of the invoice in your own system (not externalId)')),
		),
		key('sourceId', 'ID of the invoice in a connected system'),
		day('invoiceDate', 'Invoice date'),
		day('dueDate', 'Due date'),
		day('paidDate', 'Date of payment'),
		number('amountTotal', 'Invoice amount'),
		choice('status', 'State of payment', ['pending', 'paid', 'overdue']),
		custom,
		...readOnly('text', 'cName addressCountry invoiceCycle'),
		...readOnly('number', 'invoiceNo __v'),
		...readOnly('date', 'lastUpdated'),
		...readOnly('objects', 'lineItems'),
		...readOnly('texts', 'emails'),
	],
});
