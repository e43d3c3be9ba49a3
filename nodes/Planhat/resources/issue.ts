import { boolean, custom, ids, key, readOnly, refersTo, required, text, texts, users } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** A bug or feature request, often mirrored from a tracker, which can be tied to many companies, people and conversations. */
export const issue = defineModel({
	resource: 'issue',
	name: 'Issue',
	singular: 'issue',
	plural: 'issues',
	path: '/issues',
	keys: ['_id', 'sourceId'],
	title: 'title',
	rare: 'archived followers companyMatchingValue',
	seen: 'priority status',
	simplified: 'title status priority sourceId sourceUrl companyIds arrCombined updatedAt',
	filters: [companyIds],
	fields: [
		key('sourceId', 'ID of the issue in the tracker; can be used as a key'),
		required(text('title', 'Title')),
		text('description', 'Body text'),
		refersTo('company', ids('companyIds', 'Companies concerned')),
		refersTo('enduser', ids('enduserIds', 'People concerned')),
		refersTo('conversation', ids('conversationIds', 'Conversations concerned')),
		text('source', 'Name of the tracker'),
		text('sourceUrl', 'Link to the issue in the tracker'),
		text('priority', 'Priority text'),
		text('status', 'Status text'),
		boolean('archived', 'Archived marker'),
		users('followers', 'Users following'),
		texts('companyMatchingValue', 'Values used to match companies'),
		custom,
		...readOnly('objects', 'companies endusers'),
		...readOnly('number', 'mrrCombined arrCombined __v'),
		...readOnly('date', 'createdAt updatedAt'),
	],
});
