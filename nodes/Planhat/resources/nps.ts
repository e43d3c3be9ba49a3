import {
	custom,
	date,
	email,
	id,
	key,
	labelled,
	number,
	readOnly,
	refersTo,
	required,
	sameAs,
	text,
	within,
} from './fields';
import { companyIds, textFilter } from './filters';
import { defineModel } from './model';

/** One answer to an NPS survey. */
export const nps = defineModel({
	resource: 'nps',
	name: 'NPS',
	singular: 'NPS response',
	plural: 'NPS responses',
	path: '/nps',
	keys: ['_id', 'sourceId'],
	page: { maximum: 10_000, documented: true },
	title: 'email',
	rare: 'campaignId',
	simplified: 'email score comment dateAnswered dateSent cId euId campaignId',
	filters: [
		companyIds,
		{ ...textFilter('enduserId', 'End User ID', 'Only answers of this end user', 'euId'), takes: 'key' },
	],
	fields: [
		sameAs(
			'companyId',
			refersTo('company', labelled('Company', id('cId', 'Company of the person (short name, as on Invoice)'))),
		),
		required(email('email', 'Email of the person surveyed')),
		id('campaignId', 'NPS campaign the answer belongs to'),
		required(within([0, 10], number('score', 'Score from 0 to 10'))),
		text('comment', 'Comment given'),
		date('dateSent', 'When the survey went out'),
		date('dateAnswered', 'When it was answered'),
		text('source', 'Name of the survey tool'),
		key('sourceId', 'ID of the answer in that tool; can be used as a key'),
		custom,
		...readOnly('id', 'euId'),
		...readOnly('number', '__v'),
	],
});
