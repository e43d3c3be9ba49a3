import { conversationFields } from './conversationFields';
import { date, objects, readOnly, text } from './fields';
import { choiceFilter, companyIds } from './filters';
import { defineModel } from './model';
import { externalIdNotice } from './notices';

/** Any logged contact with a customer: notes, meetings, chats, e-mails, tickets and tenant-defined types. */
export const conversation = defineModel({
	resource: 'conversation',
	name: 'Conversation',
	singular: 'conversation',
	plural: 'conversations',
	path: '/conversations',
	keys: ['_id', 'externalId'],
	page: { maximum: 2_000, documented: true },
	requiredOneOf: [['companyId', 'companyExternalId']],
	title: 'subject',
	rare: 'activityTags starred pinned archived history source',
	seen: 'type',
	simplified: 'subject type date companyId companyName snippet users endusers',
	filters: [companyIds, choiceFilter('type', 'Type Name or ID', 'Only conversations of this type', 'getTypes', 'type')],
	notices: [externalIdNotice],
	fields: [
		...conversationFields,
		date('outDate', 'End time, for conversations with a duration'),
		objects('history', 'Status history: {status, time}'),
		text('source', 'Name of the originating system'),
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
