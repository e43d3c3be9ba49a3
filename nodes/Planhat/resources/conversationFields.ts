import { boolean, companyId, custom, date, endusers, ids, key, members, text } from './fields';

/** What notes and other conversations have in common: Planhat keeps both at `/conversations`. */
export const conversationFields = [
	key('externalId', 'ID of the record in your own system; can be used as a key'),
	companyId,
	text('subject', 'Title line'),
	text('description', 'Body text; HTML is stored but cleaned, and plain line breaks may be dropped'),
	date('date', 'When the conversation took place'),
	text(
		'type',
		'Conversation type. Must be a type that exists in the tenant, otherwise note is used. email, chat, ticket and call are reserved',
	),
	members('users', 'Planhat users taking part: {id, name, isOwner}'),
	endusers('endusers', 'Contacts taking part: {id, name}'),
	ids('activityTags', 'IDs of activity tags'),
	key('companyExternalId', 'Company reference by external ID, in place of companyId'),
	boolean('starred', 'Starred marker'),
	boolean('pinned', 'Pinned marker'),
	boolean('archived', 'Archived marker'),
	custom,
];
