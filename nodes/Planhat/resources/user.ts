import { boolean, custom, email, ids, key, labelled, number, readOnly, required, text, users } from './fields';
import { textFilter } from './filters';
import { defineModel } from './model';

/** A member of your own team with a place in Planhat. */
export const user = defineModel({
	resource: 'user',
	name: 'User',
	singular: 'user',
	plural: 'users',
	path: '/users',
	keys: ['_id', 'externalId'],
	page: { maximum: 10_000, documented: false },
	findByEmail: true,
	title: 'nickName',
	isSearched: true,
	rare: 'isHidden notificationsEnabled isExposedAsSenderOption tzOffset defaultMeetingLength defaultCurrencyId',
	simplified: 'nickName email firstName lastName externalId roles teams inactive',
	filters: [
		{ ...textFilter('email', 'Email', 'Only the user with exactly this email address', 'email'), takes: 'email' },
	],
	fields: [
		required(email('email', 'Login email')),
		required(text('nickName', 'Short display name')),
		required(text('firstName', 'Given name')),
		required(text('lastName', 'Family name')),
		key('externalId', 'ID in your own system'),
		ids('roles', 'Role IDs; a list returns role objects {_id, name, description}'),
		boolean('inactive', 'Cannot log in, still assignable'),
		boolean('isHidden', 'Hidden in pickers'),
		boolean('notificationsEnabled', 'Notifications on'),
		boolean('isExposedAsSenderOption', 'Selectable as email sender'),
		users('managers', 'Managers'),
		ids('teams', 'Teams'),
		labelled('Time Zone Offset', number('tzOffset', 'Time zone offset')),
		number('defaultMeetingLength', 'Default meeting length in minutes'),
		text('defaultCurrencyId', 'Default currency'),
		custom,
		...readOnly('object', 'image permissions'),
		...readOnly('boolean', 'radarOneLine compressedView removed'),
		...readOnly('text', 'taskFilter companyFilter'),
		...readOnly('number', 'customerCount __v'),
		...readOnly('date', 'createDate createdAt updatedAt'),
	],
});
