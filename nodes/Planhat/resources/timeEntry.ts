import { boolean, companyId, custom, date, number, readOnly, required, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** A single time log. */
export const timeEntry = defineModel({
	resource: 'timeEntry',
	name: 'Time Entry',
	singular: 'time entry',
	plural: 'time entries',
	path: '/timeentries',
	operations: ['create', 'upsert', 'delete', 'duplicate', 'get', 'getAll', 'update'],
	keys: ['_id'],
	title: 'description',
	rare: 'billingCode billableRate costRate',
	simplified: 'date hours description companyId isBillable totalBilled currency timesheetStatus',
	filters: [companyIds],
	fields: [
		companyId,
		required(date('date', 'Day of the work')),
		required(number('hours', 'Hours, 0.1 to 24, decimals allowed')),
		boolean('isTimeOff', 'Entry is leave'),
		text('description', 'What was done'),
		boolean('isBillable', 'Billable'),
		text('billingCode', 'Billing code'),
		text('currency', 'Currency code'),
		number('billableRate', 'Rate billed per hour'),
		number('costRate', 'Cost per hour'),
		custom,
		...readOnly('number', 'totalBilled totalCost __v'),
		...readOnly('text', 'timesheetStatus'),
		...readOnly('id', 'timesheetId'),
	],
});
