import { boolean, companyId, custom, email, key, object, readOnly, text, texts } from './fields';
import { companyIds, flagFilter, textFilter } from './filters';
import { defineModel } from './model';

/** A person at a customer: product user, business contact or both. */
export const enduser = defineModel({
	resource: 'enduser',
	name: 'End User',
	singular: 'end user',
	plural: 'end users',
	path: '/endusers',
	keys: ['_id', 'sourceId', 'externalId', 'email'],
	page: { maximum: 2_000, documented: true },
	findByEmail: true,
	// Any of the three names the person, and Planhat finds the company by the email's domain (text beside its table).
	requiredOneOf: [['email', 'externalId', 'sourceId']],
	title: 'name',
	isSearched: true,
	rare: 'primary archived otherEmails npsUnsubscribed sharedNotificationsPrefs',
	simplified: 'name email position companyId companyName externalId phone lastActive',
	filters: [
		companyIds,
		{ ...textFilter('email', 'Email', 'Only the end users with exactly this email address', 'email'), takes: 'email' },
		flagFilter('archived', 'Archived', 'Whether to include archived end users'),
	],
	fields: [
		key('externalId', 'ID of the end user in your own system; can be used as a key'),
		key('sourceId', 'ID of the end user in a connected system such as a CRM; can be used as a key'),
		email('email', 'Email address; can be used as a key'),
		companyId,
		text('firstName', 'Given name'),
		text('lastName', 'Family name'),
		text('name', 'Full name; composed from firstName and lastName when they are set'),
		text('position', 'Job title or role'),
		text('phone', 'Phone number in any format'),
		texts('tags', 'Tags; replaced whole on write'),
		boolean('featured', 'Marks an important contact'),
		boolean('primary', 'Preferred match when the same email exists in several companies'),
		boolean('archived', 'Archived people are left out of lists'),
		texts('otherEmails', 'Further email addresses'),
		boolean('npsUnsubscribed', 'Opted out of NPS surveys'),
		object('sharedNotificationsPrefs', 'Portal notification settings: enabled, disabled, disabledEvents'),
		custom,
		...readOnly('text', 'companyName lastTouchType npsComment emailMd5'),
		...readOnly('date', 'lastActive lastTouch npsDate npsSent createDate createdAt updatedAt'),
		...readOnly('object', 'lastTouchByType usage'),
		...readOnly('number', 'beats beatsTotal beatTrend convs14 convsTotal experience nps relevance __v'),
		...readOnly('objects', 'lastActivities relatedEndusers personas'),
	],
});
