import { companyId, custom, key, readOnly, required, text } from './fields';
import { companyIds } from './filters';
import { defineModel } from './model';

/** An initiative run inside one company, for example to raise adoption or widen stakeholder contact. Not an e-mail blast. */
export const campaign = defineModel({
	resource: 'campaign',
	name: 'Campaign',
	singular: 'campaign',
	plural: 'campaigns',
	path: '/campaigns',
	title: 'name',
	filters: [companyIds],
	fields: [
		key('externalId', 'ID of the campaign in your own system; can be used as a key'),
		key('sourceId', 'ID of the campaign in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		required(text('name', 'Name of the campaign')),
		text('campaignPurpose', 'What the campaign is meant to achieve'),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('number', '__v'),
	],
});
