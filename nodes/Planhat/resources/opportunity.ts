import { choice, companyId, custom, date, key, number, readOnly, required, text, userId } from './fields';
import { companyIds, userFilter } from './filters';
import { defineModel } from './model';

/** A possible sale or expansion. */
export const opportunity = defineModel({
	resource: 'opportunity',
	name: 'Opportunity',
	singular: 'opportunity',
	plural: 'opportunities',
	path: '/opportunities',
	title: 'title',
	rare: 'contractLength landingDate',
	seen: 'salesStage',
	simplified: 'title status salesStage companyId companyName ownerId mrr closeDate',
	filters: [companyIds, userFilter('ownerId', 'Owner', 'Only records of this user')],
	fields: [
		key('externalId', 'ID of the opportunity in your own system; can be used as a key'),
		key('sourceId', 'ID of the opportunity in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		text('title', 'Title'),
		text('salesStage', 'Stage in the sales process'),
		choice('status', 'Outcome so far', ['active', 'won', 'lost']),
		userId('ownerId', 'Planhat user who owns it'),
		text('_currency', 'Currency code'),
		number('mrr', 'Expected monthly recurring revenue'),
		number('arr', 'Expected yearly recurring revenue'),
		number('nrr', 'Expected one-off revenue'),
		number('contractLength', 'Length in months'),
		number('probability', 'Likelihood of winning'),
		date('dealDate', 'Date the deal was made'),
		date('landingDate', 'Expected landing date'),
		date('closeDate', 'Close date'),
		custom,
		...readOnly('text', 'companyName'),
		...readOnly('objects', 'stageHistory'),
		...readOnly('number', '__v'),
	],
});
