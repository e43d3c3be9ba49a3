import { boolean, companyId, custom, date, ids, objects, readOnly, text } from './fields';
import { companyIds, textFilter } from './filters';
import { defineModel } from './model';

/** Any logged contact with a customer: notes, meetings, chats, e-mails, tickets and tenant-defined types. */
export const conversation = defineModel({
	resource: 'conversation',
	name: 'Conversation',
	singular: 'conversation',
	plural: 'conversations',
	path: '/conversations',
	keys: ['_id', 'externalId'],
	keysWithinCompany: ['externalId'],
	page: { maximum: 2_000, documented: true },
	requiredOneOf: [['companyId', 'companyExternalId']],
	title: 'subject',
	filters: [
		companyIds,
		textFilter('type', 'Type', 'Only conversations of this type, such as note, email or call', 'type'),
	],
	fields: [
		text('externalId', 'ID of the conversation in your own system; usable as a matching key'),
		companyId,
		text('subject', 'Title line'),
		text('description', 'Body text; HTML is stored but cleaned, and plain line breaks may be dropped'),
		date('date', 'When the conversation took place'),
		date('outDate', 'End time, for conversations with a duration'),
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
		objects('history', 'Status history: {status, time}'),
		text('source', 'Name of the originating system'),
		custom,
		...readOnly('text', 'companyName snippet assigneeName nickName companySourceId note'),
		...readOnly('date', 'createDate createdAt updatedAt'),
		...readOnly('texts', 'tags autoTags timeBucket'),
		...readOnly('ids', 'emailTemplateIds userIds followers'),
		...readOnly('boolean', 'isOpen waitsToBeFiltered isCustomType hasMore hasAttachments isSeen'),
		...readOnly('number', 'numberOfParts numberOfRelevantParts __v'),
		...readOnly('objects', 'sender'),
		...readOnly('id', 'owner userId'),
	],
});
