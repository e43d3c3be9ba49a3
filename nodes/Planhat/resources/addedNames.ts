import type { Field, Model } from './types';

export const userTypes: readonly Field['type'][] = ['user', 'users', 'members'];

/** `ownerId` and `owner` lead to `ownerName`, a custom field `Sponsor` to `Sponsor Name`, `followers` to `followerNames`. */
export function namesBeside(name: string, isCustom: boolean, isList: boolean): [names: string, emails: string] {
	const outer = isList ? name.replace(/s$/, '') : name.replace(/Id$/, '');
	const base = isCustom ? `${name} ` : outer;
	const end = isList ? 's' : '';
	return [`${base}Name${end}`, `${base}Email${end}`];
}

/** Whether a name is one that the node itself adds to records: names and emails of users, the source ID of a company. */
export function isAddedName({ fields }: Model, customFields: Iterable<Field>, name: string): boolean {
	if (name === 'companySourceId' || name === 'companySourceIds' || name === 'companyExternalIds') return true;
	const besides = (field: Field, isCustom: boolean) =>
		userTypes.includes(field.type) && namesBeside(field.name, isCustom, field.type !== 'user').includes(name);
	return fields.some((field) => besides(field, false)) || [...customFields].some((field) => besides(field, true));
}
