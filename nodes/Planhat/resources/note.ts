import { conversationFields } from './conversationFields';
import { readOnly } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';
import { externalIdNotice } from './notices';

/** A conversation of type note (or of a tenant-defined type). There is no /notes endpoint; lists ask for the type (assumption filter-type). */
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
	rare: 'type activityTags starred pinned archived',
	simplified: 'subject date companyId companyName snippet users endusers externalId',
	filters: [companyIds],
	notices: [externalIdNotice],
	fields: [
		...conversationFields,
		...readOnly('text', 'companyName snippet'),
		...readOnly('date', 'createDate'),
		...readOnly('ids', 'userIds'),
		...readOnly('boolean', 'hasMore hasAttachments'),
		...readOnly('number', '__v'),
	],
});
