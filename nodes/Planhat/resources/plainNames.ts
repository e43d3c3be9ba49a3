import type { Model } from './types';

/** What people call fields whose own name says nothing to them. */
const plainNames: ReadonlyMap<string, string> = new Map([['h', 'health']]);

/** Labels of fields that Planhat sets, whose names say too little by themselves. */
const plainLabels: ReadonlyMap<string, string> = new Map([
	['_id', 'ID'],
	['h', 'Health'],
	['hDiff', 'Health Change'],
]);

/** What people read for a field in place of its name; undefined where the name says enough. */
export function plainLabelOf(name: string): string | undefined {
	return plainLabels.get(name);
}

/** The field that holds the name of an owner in a simplified item. */
export const ownerName = 'ownerName';

/** What a simplified item calls a field. */
export function plainNameOf(name: string): string {
	return plainNames.get(name) ?? name;
}

/** Whether a field names the owner of a record. */
export function isOwner(name: string): boolean {
	return name === 'owner' || name === 'ownerId';
}

/** What Planhat shows as the name of a user; undefined where it has none. */
export function nameOfUser({ nickName, firstName, lastName }: Readonly<Record<string, unknown>>): string | undefined {
	const full = [firstName, lastName].filter((name) => typeof name === 'string' && name !== '').join(' ');
	return (typeof nickName === 'string' && nickName) || full || undefined;
}

/** Whether only a simplified item calls something so, which cannot be written under this name. */
export function isOfSimplified({ fields }: Model, name: string): boolean {
	if (name === ownerName) return fields.some((field) => isOwner(field.name));
	return fields.some((field) => field.name !== name && plainNameOf(field.name) === name);
}
