import {
	boolean,
	choice,
	companyId,
	custom,
	date,
	ids,
	labelled,
	members,
	number,
	objects,
	readOnly,
	required,
	text,
	userId,
} from './fields';
import { choiceFilter, companyIds, flagFilter, textFilter } from './filters';
import { defineModel } from './model';
import { archivedNotice } from './notices';

/** Something planned: a to-do, a reminder or a meeting. Finished tasks become archived. */
export const task = defineModel({
	resource: 'task',
	name: 'Task',
	singular: 'task',
	plural: 'tasks',
	path: '/tasks',
	page: { maximum: 10_000, documented: true },
	title: 'action',
	simplified: 'action status type companyId companyName ownerId startTime endTime',
	filters: [
		companyIds,
		flagFilter(
			'isArchived',
			'Archived',
			'Whether to list finished tasks, which Planhat archives, instead of open ones',
		),
		textFilter('enduserIds', 'End User IDs', 'Only tasks with these end users: one ID, or several separated by commas'),
		choiceFilter('status', 'Status Name or ID', 'Only tasks of this status', 'getStatuses', 'status'),
	],
	notices: [
		archivedNotice,
		{
			name: 'taskNotice',
			text: "The title of a task goes into 'action'. To finish a task, set 'status' to 'Done', with a capital letter.",
			operations: ['create', 'update', 'upsert'],
		},
	],
	fields: [
		text('externalId', 'ID of the task in your own system; usable as a matching key'),
		text('sourceId', 'ID of the task in a connected system such as a CRM; usable as a matching key'),
		required(companyId),
		required(
			choice('mainType', 'task for to-dos, event for calendar meetings. The table says to send task', [
				'task',
				'event',
			]),
		),
		labelled('Title', text('action', 'Title of the task. (There is no name or title field.)')),
		text('description', 'Body, HTML allowed'),
		text('type', 'Task type as set up in the tenant. Not checked; when left out the app shows a note'),
		text('status', 'State, for example To Do, In-progress, Done'),
		date('startTime', 'Start or due time'),
		date('endTime', 'End or due time'),
		date('dateDone', 'When it was finished'),
		userId('ownerId', 'Planhat user responsible'),
		choice('repeat', 'Repetition', ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'custom']),
		number('repeatDays', 'Days between repetitions; needed when repeat is custom'),
		boolean('noSpecificTime', 'True when only the day matters'),
		boolean('shared', 'Visible in the customer portal'),
		boolean('overdueNotified', 'Whether the overdue notice went out'),
		boolean('isArchived', 'Finished'),
		ids('activityTags', 'Activity tags'),
		objects('endusers', 'People concerned: {id, name}'),
		members('users', 'Users taking part: {id, name}'),
		objects('checklist', 'Checklist rows'),
		custom,
		...readOnly('text', 'companyName ownerName snippet'),
		...readOnly('id', 'doneBy'),
		...readOnly('date', 'createdAt updatedAt'),
		...readOnly('number', '__v'),
	],
});
