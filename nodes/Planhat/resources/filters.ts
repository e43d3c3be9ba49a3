import type { Filter, OptionsMethod } from './types';

/** One company or several, on every model that belongs to companies (assumption filter-company). */
export const companyIds: Filter = {
	name: 'companyId',
	displayName: 'Company Names or IDs',
	description: 'Only records of these companies',
	takes: 'ids',
	options: 'getCompanies',
	// 25 characters each: the value stays below 2,000 characters, as another client found it needs to (reference, "Lists").
	idsAtATime: 79,
};

/**
 * A filter by the exact value of a text field.
 * @param verify the field to compare on our side too, where Planhat does not document the filter
 */
export function textFilter(name: string, displayName: string, description: string, verify?: string): Filter {
	return { name, displayName, description, takes: 'text', verify };
}

/**
 * A filter by one of the values that a field has, which the editor lists.
 * @param verify the field to compare on our side too, where Planhat does not document the filter
 */
export function choiceFilter(
	name: string,
	displayName: string,
	description: string,
	options: OptionsMethod,
	verify?: string,
): Filter {
	return { ...textFilter(name, displayName, description, verify), options };
}

/** A filter by a Planhat user whom a field names: nothing says that Planhat has one. */
export function userFilter(name: string, displayName: string, description: string): Filter {
	return { name, displayName, description, takes: 'user', verify: name, isOurs: true };
}

/** A filter that is on or off. */
export function flagFilter(name: string, displayName: string, description: string): Filter {
	return { name, displayName, description, takes: 'boolean' };
}

/** A filter by day. */
export function dayFilter(name: string, displayName: string, description: string): Filter {
	return { name, displayName, description, takes: 'day' };
}
