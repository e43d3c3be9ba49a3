import { boolean, companyId, custom, date, key, number, readOnly, required, text, texts } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** A log entry saying that a customer left or downgraded. It records reason, value and date, and does not itself change revenue figures (those come from licences). */
export const churn = defineModel({
	resource: 'churn',
	name: 'Churn',
	singular: 'churn entry',
	plural: 'churn entries',
	path: '/churn',
	page: { maximum: 1_000, documented: true },
	title: 'churnDate',
	rare: 'snoozed isChurn churnReason',
	simplified: 'companyId companyName churnDate value currency reasons comment onlyDowngrade',
	filters: [companyIds],
	fields: [
		required(companyId),
		number('value', 'Amount lost'),
		date('churnDate', 'Date the churn or downgrade took effect'),
		texts('reasons', 'Reasons given for the churn'),
		text('comment', 'Free comment on the churn'),
		text('description', 'Free description'),
		texts('products', 'Products that were lost'),
		text('currency', 'Currency code of the value'),
		number('arr', 'Yearly recurring revenue lost'),
		boolean('onlyDowngrade', 'True when the customer stayed but pays less'),
		boolean('snoozed', 'Whether follow-up on the entry is postponed'),
		key('sourceId', 'ID of the entry in a connected system'),
		key('externalId', 'ID of the entry in your own system'),
		boolean('isChurn', 'Marks the record as a churn'),
		text('churnReason', 'Single reason text'),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('date', 'createDate createdAt updatedAt'),
		...readOnly('number', '__v'),
	],
});
