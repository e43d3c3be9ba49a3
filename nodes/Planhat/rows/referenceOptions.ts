import type { INodeProperties } from 'n8n-workflow';

import { usualReferenceRules, type ReferenceRules } from '../readers/referenceRules';
import type { Model } from '../resources/types';
import type { Read } from './readRows';

/** How rows name companies. */
export const companyBy = {
	displayName: 'Companies Given By',
	name: 'companyBy',
	type: 'options',
	default: 'id',
	options: [
		{ name: 'Domain', value: 'domain' },
		{ name: 'Email of an End User', value: 'endUserEmail' },
		{ name: 'External ID', value: 'externalId' },
		{ name: 'ID', value: 'id', description: 'Also takes extid- or srcid- and an ID of your own' },
		{ name: 'Name', value: 'name' },
		{ name: 'Source ID', value: 'sourceId' },
	],
	description: 'What your data has for the company of a record',
} satisfies INodeProperties;

const endUsersBy = {
	displayName: 'End Users Given By',
	name: 'endUsersBy',
	type: 'options',
	default: 'id',
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'External ID', value: 'externalId' },
		{ name: 'ID', value: 'id' },
	],
	description: 'What your data has for end users. An email is always recognized.',
} satisfies INodeProperties;

const unknownReferences = {
	displayName: 'Unknown References',
	name: 'unknownReferences',
	type: 'options',
	default: 'fail',
	options: [
		{ name: 'Fail the Row', value: 'fail' },
		{ name: 'Leave Out the Field', value: 'leaveOut', description: 'Send the row without the reference' },
		{
			name: 'Use Fallback User',
			value: 'useFallback',
			description: 'In place of users who are unknown or deactivated. Other rows fail.',
		},
	],
	description: "What to do when a user, an end user or a company isn't found. A deactivated user counts as not found.",
} satisfies INodeProperties;

const fallbackUser = {
	displayName: 'Fallback User',
	name: 'fallbackUser',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@email.com',
	description: 'Email or ID of the user who takes the place of others',
} satisfies INodeProperties;

/** The options about the records that rows point at. */
export const referenceOptions: readonly INodeProperties[] = [companyBy, endUsersBy, unknownReferences, fallbackUser];

function pointsAt({ fields }: Model, isMeant: (field: Model['fields'][number]) => boolean): boolean {
	return fields.some((field) => field.readOnly === undefined && isMeant(field));
}

/**
 * The options about the records that rows point at, each for the models that point at any.
 * @param operation those that write records
 */
export function shownReferenceOptions(models: readonly Model[], operation: readonly string[]): INodeProperties[] {
	const having = (isMeant: (field: Model['fields'][number]) => boolean) =>
		models.filter((model) => pointsAt(model, isMeant)).map(({ resource }) => resource);
	const show = { '/operation': [...operation], '@tool': [false] };
	// Those without are fewer to name.
	const without = models.map(({ resource }) => resource);
	const toCompany = having(({ refersTo }) => refersTo === 'company');
	const toPeople = having(({ refersTo, type }) => refersTo === 'enduser' || type === 'endusers');
	return [
		{
			...companyBy,
			displayOptions: { show, hide: { '/resource': without.filter((resource) => !toCompany.includes(resource)) } },
		},
		{ ...endUsersBy, displayOptions: { show: { ...show, '/resource': toPeople } } },
		{ ...unknownReferences, displayOptions: { show } },
		{ ...fallbackUser, displayOptions: { show } },
	];
}

function readChosen<Value extends string>(
	read: Read,
	{ name, options }: typeof companyBy | typeof endUsersBy | typeof unknownReferences,
	usual: Value,
): Value {
	const value = read(`options.${name}`, usual);
	return options.some((option) => option.value === value) ? (value as Value) : usual;
}

/**
 * Reads how the user names other records.
 * @returns undefined where it is as usual
 */
export function readReferenceRules(read: Read): ReferenceRules | undefined {
	const usual = usualReferenceRules;
	const fallback = read('options.fallbackUser', '');
	const rules: ReferenceRules = {
		companyBy: readChosen(read, companyBy, usual.companyBy),
		endUsersBy: readChosen(read, endUsersBy, usual.endUsersBy),
		unknown: readChosen(read, unknownReferences, usual.unknown),
		...(typeof fallback === 'string' && fallback.trim() !== '' && { fallbackUser: fallback.trim() }),
	};
	return JSON.stringify(rules) === JSON.stringify(usual) ? undefined : rules;
}
