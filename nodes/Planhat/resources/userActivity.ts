import { companyId, email, key, number, object, text, timeOfArrival, whenLeftOut } from './fields';
import { defineModel } from './model';
import { analyticsNotice } from './notices';

/** What end users do in one's own product. Nothing of it can be read back. */
export const userActivity = defineModel({
	resource: 'userActivity',
	name: 'User Activity',
	singular: 'user activity',
	plural: 'user activities',
	path: '/analytics',
	operations: ['segment', 'track'],
	keys: [],
	title: 'action',
	sortable: false,
	requiredOneOf: [['email', 'externalId']],
	notices: [analyticsNotice],
	fields: [
		email('email', 'Email address of the person'),
		key('externalId', "The person's ID in your own system"),
		whenLeftOut(
			'Planhat does not show the activity',
			text('action', 'What happened. Without it Planhat does not show the event'),
		),
		text('name', 'Full name of the person'),
		text('firstName', 'Given name of the person'),
		text('lastName', 'Family name of the person'),
		key('companyExternalId', 'External ID of the company, so that Planhat can add people it does not know'),
		companyId,
		object('info', 'Details, as an object'),
		timeOfArrival('When it happened; the time of arrival when left out'),
		whenLeftOut('Planhat takes 1', number('weight', 'How much the event counts; 1 when left out')),
		whenLeftOut('Planhat takes 1', number('count', 'How often it happened; 1 when left out')),
	],
});
