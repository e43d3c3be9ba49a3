import { companyId, custom, email, heldAs, key, number, objects, readOnly, required, text, texts } from './fields';
import { choiceFilter, companyIds, textFilter } from './filters';
import { defineModel } from './model';

/** A support ticket. Stored as a Conversation; this endpoint adds type handling, company and contact matching. */
export const ticket = defineModel({
	resource: 'ticket',
	name: 'Ticket',
	singular: 'ticket',
	plural: 'tickets',
	path: '/tickets',
	keys: ['_id', 'sourceId'],
	page: { maximum: 10_000, documented: true },
	readPath: '/conversations',
	// Planhat keeps a ticket's source ID as the external ID of the conversation (its own sample of GET /tickets).
	prefixes: { sourceId: 'extid-' },
	kind: { fields: ['type', 'subType'], value: 'ticket' },
	writesRows: true,
	title: 'subject',
	simplified: 'subject status email companyId externalId source snippet createDate',
	filters: [
		companyIds,
		choiceFilter('status', 'Status Name or ID', 'Only tickets of this status', 'getStatuses'),
		{ ...textFilter('email', 'Email', 'Only tickets of the requester with this email address'), takes: 'email' },
		textFilter('search', 'Search', 'Only tickets with this text in their snippet'),
	],
	requiredOneOf: [['companyId', 'companyExternalId', 'domains']],
	notices: [
		{
			name: 'ticketNotice',
			text: "Planhat silently ignores tickets without the requester's 'email'. The 'title' comes back as 'subject'.",
			operations: ['create', 'upsert'],
		},
	],
	fields: [
		text('source', 'Name of the ticket system'),
		required(heldAs('externalId', key('sourceId', 'ID of the ticket there; can be used as a key'))),
		companyId,
		key('companyExternalId', 'Company reference by external ID'),
		texts('domains', 'Email domains to find the company; needed when companyExternalId is left out'),
		required(email('email', 'Requester email. Rows without it are dropped silently')),
		text('name', 'Requester name'),
		email('agentEmail', 'Email of the agent'),
		heldAs('subject', text('title', 'Subject (comes back as subject)')),
		text('description', 'Body'),
		text('url', 'Link to the ticket'),
		texts('tags', 'Tags'),
		text('type', 'Ticket kind, free text'),
		text('severity', 'Severity, free text'),
		text('product', 'Product concerned'),
		number('timeSpent', 'Minutes spent'),
		text('status', 'Status, free text'),
		objects('history', 'Status history: {status, time}'),
		custom,
		...readOnly('text', 'externalId subType subject snippet'),
		...readOnly('date', 'createDate updateDate date inDate'),
		...readOnly('day', 'days'),
		...readOnly('texts', 'timeBucket'),
		...readOnly('objects', 'endusers'),
	],
});
