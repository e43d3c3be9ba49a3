import { boolean, companyId, custom, date, ids, objects, readOnly, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** A conversation of type note (or of a tenant-defined type). There is no /notes endpoint. */
export const note = defineModel({
	resource: 'note',
	name: 'Note',
	singular: 'note',
	plural: 'notes',
	path: '/conversations',
	keys: ['_id'],
	page: { maximum: 2_000, documented: true },
	prefixes: { externalId: 'extid-' },
	kind: { fields: ['type'], value: 'note' },
	requiredOneOf: [['companyId', 'companyExternalId']],
	title: 'subject',
	filters: [companyIds],
	fields: [
		text('externalId', 'ID of the note in your own system; usable as a matching key'),
		companyId,
		text('subject', 'Title line'),
		text('description', 'Body text; HTML is stored but cleaned, and plain line breaks may be dropped'),
		date('date', 'When the conversation took place'),
		text(
			'type',
			'Conversation type. Must be a type that exists in the tenant, otherwise note is used. email, chat, ticket and call are reserved',
		),
		objects('users', 'Planhat users taking part: {id, name, isOwner}'),
		objects('endusers', 'Contacts taking part: {id, name}'),
		ids('activityTags', 'IDs of activity tags'),
		text('companyExternalId', 'Company reference by external ID, in place of companyId'),
		boolean('starred', 'Starred marker'),
		boolean('pinned', 'Pinned marker'),
		boolean('archived', 'Archived marker'),
		custom,
		...readOnly('text', 'companyName snippet'),
		...readOnly('date', 'createDate'),
		...readOnly('ids', 'userIds'),
		...readOnly('boolean', 'hasMore hasAttachments'),
		...readOnly('number', '__v'),
	],
});
