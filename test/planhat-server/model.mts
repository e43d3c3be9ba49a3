import { knownFields } from './fields.mts';
import type { JsonObject, PlanhatRecord } from './types.mts';

/**
 * How a list filter compares. `anyOf`: comma list, arrays match by any element. `includes`: hidden unless the filter is
 * true, which shows all. `switches`: false shows those without the mark, true only those with it.
 */
export type ServedFilter = {
	name: string;
	field: string;
	kind: 'anyOf' | 'equals' | 'contains' | 'includes' | 'switches' | 'companyOfDeal';
};

/** One model of Planhat, as this server serves it. */
export type ServedModel = {
	path: string;
	name: string;
	/** Collection that holds the records: notes and tickets live in conversations. */
	storage: string;
	only?: (record: PlanhatRecord) => boolean;
	page: { default: number; maximum: number };
	/** In order of priority (reference.md, 9). */
	keyables: string[];
	/** Where a keyable is stored when not under its own name. */
	storedAs: Record<string, string>;
	prefixes: Record<string, string>;
	required: string[];
	requiredOneOf: string[][];
	/** Required only for some bodies. */
	alsoRequired?: (body: JsonObject) => string[];
	companyField: 'companyId' | 'cId' | 'companyIds' | null;
	companyNameField: 'companyName' | 'cName' | null;
	companyPrefixes: boolean;
	filters: ServedFilter[];
	deleteAnswer: 'count' | 'record';
	endpoints: { single: boolean; bulk: boolean };
	validationErrorsInBulk: boolean;
	refusesIdInBody: boolean;
	fields: ReadonlySet<string> | null;
	timeFields: { created: string[]; updated: string[] };
	defaults: JsonObject;
	prepare?: (row: JsonObject) => JsonObject | null;
};

/**
 * Whether a keyable may occur once in each company: external IDs of every model but company (reference.md, 6), and e-mails
 * (models.json, Enduser).
 */
export function isPerCompany({ path, companyField }: ServedModel, keyable: string): boolean {
	return path !== 'companies' && companyField !== null && ['externalId', 'extId', 'email'].includes(keyable);
}

const companyFilter: ServedFilter = { name: 'companyId', field: 'companyId', kind: 'anyOf' };

function timeFields(fields: ReadonlySet<string> | null): ServedModel['timeFields'] {
	const has = (name: string) => fields === null || fields.has(name);
	return {
		created: ['createDate', 'createdAt'].filter(has),
		updated: ['updatedAt', 'lastUpdated', 'updateDate'].filter(has),
	};
}

/** Builds a row of the table: what most models have in common, and what the given one has of its own. */
export function servedModel(path: string, name: string, own: Partial<ServedModel>): ServedModel {
	const fields = knownFields[own.storage ?? path] ?? null;
	return {
		path,
		name,
		storage: path,
		page: { default: 100, maximum: 2000 },
		keyables: ['_id', 'sourceId', 'externalId'],
		storedAs: {},
		prefixes: { 'extid-': 'externalId', 'srcid-': 'sourceId' },
		required: ['name', 'companyId'],
		requiredOneOf: [],
		companyField: 'companyId',
		companyNameField: 'companyName',
		companyPrefixes: true,
		filters: [companyFilter],
		deleteAnswer: 'count',
		endpoints: { single: true, bulk: true },
		validationErrorsInBulk: false,
		refusesIdInBody: false,
		fields,
		timeFields: timeFields(fields),
		defaults: { __v: 0 },
		...own,
	};
}
