import type { Field } from '../resources/types';
import type { Referenced, ReferenceWay } from '../tenant/references';
import type { Unavailable } from '../tenant/unavailable';
import type { TenantUser } from '../tenant/users';
import type { ReferenceRules, UnknownValues } from './referenceRules';

/** The company that a row names, which its keys may count within. */
export interface NamedCompany {
	/** How it is named, such as `_id` or `extid`: in the same form, two companies are the same or not. */
	form: string;
	value: string;
}

/** Where values stand that a reader is given: all of one column, in one run. */
export interface Place {
	readonly field: Field;
	/** The value as an expression reads it, such as `$json.start`. */
	readonly source: string;
	/** Time zone of the workflow. */
	readonly zone: string;
	/** Whether other values of the column have a comma, so that a point may part thousands. */
	readonly hasCommas: boolean;
	/** The users with an email or an ID, or why they cannot be told. */
	usersBy(naming: string): readonly TenantUser[] | Unavailable;
	/** How the user names other records, and what to do with those that Planhat does not have. */
	readonly by: ReferenceRules;
	/** The company that the row names, where a value may need it. */
	readonly company?: NamedCompany;
	/** What to do with values that the field does not know. */
	readonly unknownValues?: UnknownValues;
	/** The values that recent records have, where the user wants to be told of others. */
	seen?(): readonly string[] | undefined;
	/** The companies or end users that a text names, or why they cannot be told. */
	find(way: ReferenceWay, text: string): readonly Referenced[] | Unavailable;
}

/** A value that its field cannot take. */
export interface Problem {
	/** The column, in the user's words. */
	field: string;
	given: string;
	/** The form that the field takes, such as "a number such as 1200.5". */
	wants: string;
	/** What else helps, in a sentence: why the value is none, or the expression that reads it. */
	advice?: string;
	/** Said in place of "it takes … , not …" where the column is at fault and not its value; a clause without a full stop. */
	said?: string;
}

/** Said once in a run, though the value is sent. */
export interface Note {
	/**
	 * A number was taken for days of Excel, a value is not in the field's list, a column gave way to a better one; a reference
	 * to an unknown record was left out, a user was replaced by the fallback, a user is deactivated.
	 */
	kind: 'excel' | 'unlisted' | 'gaveWay' | 'leftOut' | 'fallback' | 'inactive';
	given: string;
	/** What was made of it. */
	taken?: string;
}

/**
 * What a reader makes of a value: what is sent, undefined where it is left out, or a refusal with what else helps, and the
 * form that is wanted where the type of the field does not say it.
 */
export type Reading = { value: unknown; note?: Note } | { refused: string | undefined; wants?: string };

/** What becomes of a value of a column. */
export type Converted = { value: unknown; note?: Note } | { problem: Omit<Problem, 'field'> };

/** Reads the values of one type of field; `takes` makes the table of values in the guide. */
export interface Reader {
	/** What people may give, beside blank. */
	takes: string;
	/** What clears the field, where blank values are to (assumption blank-clears; of null, assumption null-clears). */
	clears: '' | null | readonly [];
	/** What is sent of the values that are most usual, without an object for each; undefined where `read` has to tell. */
	usual?(value: unknown, field: Field): unknown;
	/** The form that the field takes, for a refusal: the rest of "it takes …". */
	wants(field: Field): string;
	read(value: unknown, place: Place): Reading;
}

/** A refusal about which there is no more to say. */
export const refusal: Reading = { refused: undefined };
