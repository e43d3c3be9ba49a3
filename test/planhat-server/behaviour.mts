import type { JsonObject, JsonValue } from './types.mts';

/**
 * What the documents leave open (reference.md, 15 and 16). Each has a default; a test can order the other forms with
 * `setBehaviour`.
 */
export type Behaviour = {
	/** A `limit` above the model's maximum. */
	overMaximum: 'clamp' | 'refuse';
	/** A lower page cap than the model's: one number for all, or one by path. */
	pageCap: number | Record<string, number> | null;
	/** Answer for a record that does not exist. */
	unknownRecord: 404 | 400 | 'null';
	/** Form of the entries in the error arrays of bulk and metrics answers. */
	errorForm: 'string' | 'object' | 'error' | 'nested' | 'number' | ((message: string, item: JsonObject) => JsonValue);
	/** Which keys `insertsKeys` and `updatesKeys` carry beside `_id`. A 2020 recording had none. */
	bulkKeys: 'row' | 'rowWithEmail' | 'idOnly';
	/** 403 on bulk: with the result object, or as text with nothing applied. */
	bulkForbidden: 'object' | 'text';
	/** Whether `extid-` and `srcid-` work on DELETE too. */
	deleteByPrefix: boolean;
	/** What DELETE answers; `model` is the form that is documented for each. */
	deleteAnswer: 'model' | 'count' | 'record' | 'empty' | 'text';
	/** `owner` and `coOwner` in company lists. */
	ownerForm: 'id' | 'object';
	/** Answer of the activity and Segment posts. */
	analyticsAnswer: 'empty' | 'json';
	/** Answer to a wrong tenant token; nothing is stored either way. */
	wrongTenantToken: 401 | 200;
	/** A metric whose target does not exist: taken as if queued, or named in `errors`. */
	unknownMetricTarget: 'accept' | 'error';
	/** Whether `sort` is honoured for names and other fields that hold no time. */
	sortsByField: boolean;
	/** Whether `sort` is honoured for times, such as `-updatedAt`. */
	sortsByTime: boolean;
	/** Whether a list is reduced to the fields of `select`. */
	selects: boolean;
	/** Whether `_id` comes although `select` does not name it. */
	selectKeepsId: boolean;
	/** List filters that are ignored, by the name of the parameter. */
	ignoredFilters: readonly string[];
	/** Whether a path takes `extid-` and `srcid-` when a record is read. */
	readsByPrefix: boolean;
	/** Whether a PUT leaves custom fields that it does not name. */
	mergesCustom: boolean;
	/** Whether a PUT leaves fields that it does not name. */
	keepsUnnamedFields: boolean;
	/** What a null in a PUT does to the field. */
	nullInUpdate: 'clears' | 'ignored';
	/** In which order the rows of a bulk request are applied. */
	bulkOrder: 'asGiven' | 'reversed';
	/** A bulk row that changes nothing: counted in `nonupdates`, or as an update. */
	bulkUnchanged: 'nonupdates' | 'updated';
	/** A create with a key that another record has. */
	duplicateKey: 'refuse' | 'store';
	/** Two rows of a bulk request with the same new key: the second changes what the first made, or makes another. */
	newKeyTwice: 'updates' | 'creates';
	/** What an empty text in a PUT does to the field. */
	blankInUpdate: 'clears' | 'ignored';
	/** A ticket without the email of its requester: dropped without an answer, or named among the errors. */
	ticketWithoutEmail: 'dropped' | 'refused';
	/** Whether a ticket can be read at the endpoint of conversations. */
	readsTickets: boolean;
	/** Answer of `POST /timeentries/duplicate`. */
	duplicateAnswer: 'copies' | 'empty';
	/** How a custom field of the type date comes back. */
	customDates: 'asSent' | 'day';
	/** How definitions of custom fields spell their model. */
	parentSpelling: 'small' | 'capital';
	/** The folder of the addresses where people sign in and tokens are given. */
	oauthPath: 'oauth' | 'oauth2';
	/** Where the token endpoint looks for the secret of a client. */
	oauthClientIn: 'header' | 'body';
};

/** What the server does when no test orders otherwise. */
export const defaultBehaviour: Readonly<Behaviour> = {
	overMaximum: 'clamp',
	pageCap: null,
	unknownRecord: 404,
	errorForm: 'string',
	bulkKeys: 'row',
	bulkForbidden: 'object',
	deleteByPrefix: false,
	deleteAnswer: 'model',
	ownerForm: 'id',
	analyticsAnswer: 'empty',
	wrongTenantToken: 401,
	unknownMetricTarget: 'accept',
	sortsByField: true,
	sortsByTime: true,
	selects: true,
	selectKeepsId: true,
	ignoredFilters: [],
	readsByPrefix: true,
	mergesCustom: true,
	keepsUnnamedFields: true,
	nullInUpdate: 'clears',
	bulkOrder: 'asGiven',
	bulkUnchanged: 'nonupdates',
	duplicateKey: 'refuse',
	newKeyTwice: 'updates',
	blankInUpdate: 'clears',
	ticketWithoutEmail: 'dropped',
	readsTickets: true,
	duplicateAnswer: 'copies',
	customDates: 'asSent',
	parentSpelling: 'small',
	oauthPath: 'oauth',
	oauthClientIn: 'header',
};

/** One error entry in the form that was ordered. */
export function errorEntry(form: Behaviour['errorForm'], message: string, item: JsonObject): JsonValue {
	if (typeof form === 'function') return form(message, item);
	switch (form) {
		case 'string':
			return message;
		case 'object':
			return { message, item };
		case 'error':
			return { error: message };
		case 'nested':
			return { reason: { text: message }, row: item };
		case 'number':
			return 17;
	}
}
