/**
 * How a field's values look on the wire. `date` is ISO 8601, `day` is whole days since 1970-01-01 in UTC, `isoDay` is
 * YYYY-MM-DD. `key` is an ID in one's own system or a connected one, `id` the 24-hex id of another record, `ids` a list of
 * those, `records` a list of `{ _id }`. `user` is the 24-hex id of a Planhat user, `users` a list of those, `members` a list
 * of `{ id, name }`, and `endusers` the same of end users. `unknown` is what no document tells.
 */
export type FieldType =
	| 'text'
	| 'key'
	| 'email'
	| 'id'
	| 'user'
	| 'number'
	| 'boolean'
	| 'date'
	| 'day'
	| 'isoDay'
	| 'choice'
	| 'object'
	| 'texts'
	| 'ids'
	| 'users'
	| 'objects'
	| 'members'
	| 'endusers'
	| 'records'
	| 'unknown';

/** One field of a model, under Planhat's own name. */
export interface Field {
	name: string;
	/** What the field mapper calls it, where its name says too little to people. */
	label?: string;
	type: FieldType;
	/** For people who have never read Planhat's API documents. Blank for fields that cannot be written. */
	description: string;
	/** Whether Planhat's documents ask for it on create. */
	required?: true;
	/** Whether Planhat sets it, so that it is left out of what is sent. */
	readOnly?: true;
	/** Whether it decides what customers see. */
	opensToCustomers?: true;
	/** The values that a `choice` knows. */
	values?: readonly string[];
	/** Values that a text often has: the editor offers them, and any other goes out too. */
	usualValues?: readonly string[];
	/** The least and the most that a number can be. */
	range?: readonly [least: number, most: number];
	/** The resource of the records that an `id` or a list of them names, where one is meant. */
	refersTo?: string;
	/** What other models call the same thing, where this one has a name of its own. */
	sameAs?: string;
	/** What the field is called in a record of Planhat's, where it is not the name that it is sent by. */
	heldAs?: string;
	/** Whether the order of a list counts. */
	isOrdered?: true;
	/** What Planhat makes of a new record without it, where that is not nothing; a clause. */
	whenLeftOut?: string;
}

/** A key by which a bulk upsert matches rows; several models spell the external id differently. */
export type KeyName = '_id' | 'sourceId' | 'externalId' | 'extId' | 'email';

/** The ways of naming one record; each is a mode of the resource locator `recordId`. */
export type ReferenceMode = 'list' | 'id' | 'externalId' | 'sourceId' | 'email';

/** The operations that one model may have. */
export type OperationName =
	| 'archive'
	| 'create'
	| 'get'
	| 'getAll'
	| 'update'
	| 'delete'
	| 'upsert'
	| 'getLeanList'
	| 'duplicate'
	| 'insert'
	| 'track'
	| 'segment'
	| 'search'
	| 'describe'
	| 'trigger';

/** The methods that fill the list of a filter in the editor. */
export type OptionsMethod = 'getCompanies' | 'getDimensionIds' | 'getModels' | 'getPhases' | 'getStatuses' | 'getTypes';

/** A filter that Planhat's list call takes. */
export interface Filter {
	/** Name of the parameter. */
	name: string;
	/** Planhat's name of the query parameter, where it is another one. */
	sentAs?: string;
	displayName: string;
	description: string;
	/**
	 * What the user gives: `key` is an ID, `ids` one or several company ids, `day` a date that is sent as days since 1970,
	 * `user` the ID of a Planhat user.
	 */
	takes: 'text' | 'key' | 'email' | 'boolean' | 'ids' | 'day' | 'user';
	/** How many ids go into one request. */
	idsAtATime?: number;
	/** The field to compare on our side too, where it is not documented that Planhat honours the filter. */
	verify?: string;
	/** Whether it is compared on our side alone: nothing says that Planhat has such a filter. */
	isOurs?: true;
	/** What fills its list in the editor; without it the value is typed. */
	options?: OptionsMethod;
}

/** A short text in the editor about something in which Planhat is not as people expect. */
export interface Notice {
	/** Name of the parameter that shows it. */
	name: string;
	text: string;
	operations: readonly OperationName[];
}

/** How long a page of a list may be, in records. */
export interface Page {
	maximum: number;
	/** Whether Planhat documents the maximum ([O] in the reference); otherwise it is what other clients ask for, or a guess. */
	documented: boolean;
}

/** The fields of a record that is a period of an agreement. */
export interface Period {
	/** The key that other systems have for the agreement, in whichever period. */
	key: KeyName;
	from: string;
	to: string;
	/** Says whether the end is a part of the period. */
	included: string;
	/** Says what comes after the period, and its values while that is open and when another follows. */
	status: { field: string; open: string; followed: string };
}

/** Everything the package knows of one model of Planhat. */
export interface Model {
	/** Value of the parameter `resource`. */
	resource: string;
	/** Shown in the list of resources. */
	name: string;
	singular: string;
	plural: string;
	/** Path of the endpoint. */
	path: string;
	/** Path at which one record is read, where it is another one. */
	readPath: string;
	operations: readonly OperationName[];
	/** What Planhat matches rows of a bulk upsert by, in its order. */
	keys: readonly KeyName[];
	/** Keys that name different records in different companies. */
	keysWithinCompany: readonly KeyName[];
	/** What a path takes in place of `_id`: the prefix for each kind of reference. */
	prefixes: Readonly<Partial<Record<'externalId' | 'sourceId', string>>>;
	/** Whether the list can be sorted and asked for single fields. */
	sortable: boolean;
	/** Whether the list can be asked for one e-mail address. */
	findByEmail: boolean;
	page: Page;
	/** Field that names a record to people. */
	title: string;
	/** The fields of a simplified record, in its order; none where a record has ten fields or fewer anyway. */
	simplified: readonly string[];
	/** The same in nodes of the first version, which lack keys that other systems need. */
	simplifiedBefore: readonly string[];
	/** What surprises people, shown below the fields of the operations that it matters for. */
	notices: readonly Notice[];
	/** Fields that few people fill in: the mapper offers them behind custom fields. */
	rare: readonly string[];
	/** Texts of which the mapper offers the values that recent records have: Planhat has no list of them. */
	seen: readonly string[];
	/** Fields that Planhat works out although it takes them: they are sent where they are given, and not offered. */
	calculated: readonly string[];
	filters: readonly Filter[];
	fields: readonly Field[];
	/** Groups of fields of which a new record needs at least one. */
	requiredOneOf: ReadonlyArray<readonly string[]>;
	/** For models that share an endpoint: the field and value that tell their records from the others. */
	kind?: { fields: readonly string[]; value: string };
	/** Whether records are written by the bulk endpoint only, one row at a time. */
	writesRows: boolean;
	/**
	 * For models of which Planhat matches no rows: the field that names a record, and the one that says among which others.
	 * Create or Update finds the records itself then, and writes each by a request of its own.
	 */
	namedBy?: { field: string; within: string };
	/** For models whose records are periods of one agreement, each of which may follow another. */
	period?: Period;
}
