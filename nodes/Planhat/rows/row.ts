import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../readers/reading';

/** Place of a row in its run, also of one that could not be read. Counts from 0. */
export type Position = number;

/** One row as the user gave it. */
export interface Row {
	/** Index of the input item that it comes from. */
	item: number;
	given: IDataObject;
	/** Set for one value of an item that may hold several: the column of it. It is handed back alone, or nobody knew which one failed. */
	valueColumn?: string;
	/** Its place in the table that was given, where the node has made several rows of some. */
	tableRow?: Position;
	/** The key of the record that this one gives way to, where the node adds the row for that. */
	closedFor?: string;
}

/** Why a row did not go through; the report makes the words. */
export type ReasonCode =
	| 'unreadable'
	| 'badValues'
	| 'missingFields'
	| 'unknownFields'
	| 'noKey'
	| 'nothingToSend'
	| 'duplicateKey'
	| 'tooManyRounds'
	| 'tooLarge'
	| 'noJson'
	| 'refused'
	| 'noCompany'
	| 'notNamed'
	| 'notDecided'
	| 'lost'
	| 'laterRow'
	| 'stopped'
	| 'cancelled'
	| 'exists'
	| 'sameInRun'
	| 'noRecord'
	| 'notThere';

export interface Reason {
	code: ReasonCode;
	problems?: readonly Problem[];
	/** The other row that has the same key. */
	like?: { key: Pick<Key, 'name' | 'value'>; row: Position };
	/** Planhat's own words, or n8n's; shared between rows, cut. */
	said?: string;
}

/** A row that is not sent. */
export interface Refused {
	at: Position;
	why: Reason;
}

/** The rows of a run. */
export interface Given {
	rows: Row[];
	refused: Refused[];
	/** Rows that become new records although they have no key: no record has what they are matched by. */
	fresh?: ReadonlySet<Position>;
	/** What the input calls fields, where the rows were made of others. */
	called?: Readonly<Record<string, string>>;
}

/** What Planhat matches a row by. */
export interface Key {
	name: string;
	/** As Planhat says it back. */
	value: string;
	/** Two rows with the same name and identity are one record: emails in lower case, with the company where the key counts within one. */
	identity: string;
	/** Where the key counts within a company: the identity without it, since rows may name companies in several forms. */
	anywhere?: string;
}

export type { NamedCompany, Problem } from '../readers/reading';

/** A row as it is sent. */
export interface Written {
	at: Position;
	/** Round in which it may be sent: rows that may be one record never share one. Counts from 0. */
	layer: number;
	fields: IDataObject;
	/** Fields that a new record needs and this row lacks. */
	missing: readonly string[];
}
