import { companyId, custom, date, key, number, readOnly, required, text, userId, users } from './fields';
import { companyIds, userFilter } from './filters';
import { defineModel } from './model';

/** A sale or contract with a company, holding line items (newer revenue model). */
export const deal = defineModel({
	resource: 'deal',
	name: 'Deal',
	singular: 'deal',
	plural: 'deals',
	path: '/deals',
	title: 'name',
	rare: 'followers fees',
	seen: 'stage',
	simplified: 'name stage companyId companyName ownerId mrr closeDate externalId',
	filters: [companyIds, userFilter('ownerId', 'Owner', 'Only records of this user')],
	fields: [
		key('externalId', 'ID of the deal in your own system; can be used as a key'),
		key('sourceId', 'ID of the deal in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		text('name', 'Deal name'),
		text('stage', 'Pipeline stage. Closed Won and Closed Lost always exist; Closed Won is what makes revenue count'),
		userId('ownerId', 'Planhat user who owns it'),
		users('followers', 'Users following'),
		number('mrr', 'Monthly recurring revenue; writable only while the deal has no line items'),
		number('total', 'Total contract value; writable only while there are no line items'),
		number('fees', 'Sum of fees'),
		text('currency', 'Currency code'),
		date('closeDate', 'Expected or actual close date'),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('number', 'arr subscriptions'),
		...readOnly('date', 'renewalDate startDate endDate'),
	],
});
