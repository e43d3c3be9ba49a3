import { choice, date, day, readOnly, records, refersTo, userId } from './fields';
import { userFilter } from './filters';
import { defineModel } from './model';
import { daysNotice } from './notices';

/** A user's collection of time entries over a period. */
export const timesheet = defineModel({
	resource: 'timesheet',
	name: 'Timesheet',
	singular: 'timesheet',
	plural: 'timesheets',
	path: '/timesheets',
	keys: ['_id'],
	page: { maximum: 2_000, documented: true },
	title: 'status',
	filters: [userFilter('assignedId', 'User', 'Only timesheets of this user')],
	simplified: 'status assignedId dateFrom dateTo timeEntries approvedBy dateOfApproval createdAt updatedAt',
	notices: [daysNotice],
	fields: [
		choice('status', 'State', ['submitted', 'approved', 'returned']),
		refersTo(
			'timeEntry',
			records('timeEntries', 'Time entries; on write an array of {_id} objects, on read plain IDs'),
		),
		day('dateFrom', 'First day of the period'),
		day('dateTo', 'Last day of the period'),
		choice('assignedModel', 'Kind of assignee; only User', ['User']),
		userId('assignedId', 'The user'),
		userId('approvedBy', 'User who approved it'),
		date('dateOfApproval', 'When it was approved'),
		...readOnly('date', 'createdAt updatedAt'),
		...readOnly('number', '__v'),
	],
});
