import { boolean, choice, custom, id, ids, number, object, objects, readOnly, required, text, texts } from './fields';
import { choiceFilter, companyIds } from './filters';
import { defineModel } from './model';

/** A customer, former customer or prospect (an account). The centre of the data model: nearly every other record points to one, and companies may form parent/child organisations. */
export const company = defineModel({
	resource: 'company',
	name: 'Company',
	singular: 'company',
	plural: 'companies',
	path: '/companies',
	page: { maximum: 5_000, documented: true },
	operations: ['create', 'upsert', 'delete', 'get', 'getLeanList', 'getAll', 'update'],
	title: 'name',
	simplified: 'name externalId phase status owner h mrr renewalDate',
	filters: [
		companyIds,
		choiceFilter('status', 'Status Name or ID', 'Only companies of this status', 'getStatuses', 'status'),
	],
	notices: [
		{
			name: 'companyNotice',
			text: "Planhat works out 'status' from licenses. The stage that you set is 'phase'.",
			operations: ['create', 'update', 'upsert'],
		},
	],
	fields: [
		text('externalId', 'ID of the company in your own system; usable as a matching key'),
		text('sourceId', 'ID of the company in a connected system such as a CRM; usable as a matching key'),
		required(text('name', 'Company name')),
		id('owner', 'Planhat user in charge (account or success manager)'),
		id('coOwner', 'Second Planhat user in charge'),
		text('phase', 'Lifecycle phase name; should match a phase set up in the tenant, but any text is stored'),
		choice('status', 'Customer status that Planhat works out from licenses', [
			'prospect',
			'coming',
			'customer',
			'canceled',
			'lost',
		]),
		texts('domains', 'Email domains used to match people to the company'),
		texts('tags', 'Tags. Sending the array replaces it whole'),
		texts('products', 'Names of products the company has'),
		number('csmScore', 'Manual score from 1 to 5 given by the success manager'),
		text('description', 'Free description'),
		text('address', 'Street address'),
		text('city', 'City'),
		text('zip', 'Postal code'),
		text('country', 'Country'),
		text('phonePrimary', 'Main phone number'),
		text('web', 'Website address'),
		id('hProfile', 'Health profile used for the health score'),
		object('shareable', 'Portal sharing settings: enabled, euIds, sunits, team'),
		boolean('orgIndependent', 'Whether a child company is counted on its own instead of rolling up'),
		ids('followers', 'Users following the company'),
		ids('collaborators', 'Users collaborating on the company'),
		objects('links', 'Links attached to the company'),
		objects('documents', 'Documents attached to the company'),
		custom,
		...readOnly(
			'date',
			'customerFrom customerTo lastRenewal renewalDate hDiffDate phaseSince lastActive lastTouch createDate createdAt lastUpdated updatedAt',
		),
		...readOnly(
			'number',
			'renewalDaysFromNow renewalMrr renewalArr mrr arr mr nrr30 mrrTotal nrrTotal mrTotal h hDiff daysInPhase nps sentimentScore orgLevel orgUnits orgMrr orgArr orgMrrTotal orgArrTotal orgHealthTotal orgCount orgPathCount __v',
		),
		...readOnly('objects', 'csmScoreLog alerts lastActivities licenses sales'),
		...readOnly('text', 'lastTouchType nextTouch orgPath slug'),
		...readOnly('object', 'lastTouchByType usage sunits features'),
		...readOnly('boolean', 'autoRenews'),
		...readOnly('id', 'headId orgRootId'),
	],
});
