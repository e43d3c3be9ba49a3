import type { Field, KeyName, Model, OperationName, Page, ReferenceMode } from './types';

/** What a model has unless its file says otherwise. */
const usualOperations: readonly OperationName[] = ['create', 'upsert', 'delete', 'get', 'getAll', 'update'];

const usualKeys: readonly KeyName[] = ['_id', 'sourceId', 'externalId'];

/** What other clients ask for where Planhat documents no maximum; what comes for more is assumption over-maximum. */
const usualPage: Page = { maximum: 2_000, documented: false };

type Optional =
	| 'readPath'
	| 'operations'
	| 'keys'
	| 'prefixes'
	| 'sortable'
	| 'findByEmail'
	| 'page'
	| 'requiredOneOf'
	| 'filters'
	| 'notices'
	| 'writesRows';

/** Names of fields, separated by blanks. */
type Names = string;

/** What a model's own file says: all that is particular to it. */
export type ModelData = Omit<
	Model,
	Optional | 'simplified' | 'simplifiedBefore' | 'keysWithinCompany' | 'rare' | 'seen' | 'calculated'
> &
	Partial<Pick<Model, Optional>> & {
		/** The fields that matter most, the most used first; ID and custom fields come along. */
		simplified?: Names;
		rare?: Names;
		seen?: Names;
		calculated?: Names;
		/** Whether people look for its records by name. */
		isSearched?: true;
	};

function namesIn(names: Names | undefined): string[] {
	return names?.split(' ') ?? [];
}

function simplifiedOf({ simplified, fields }: ModelData, added: readonly string[] = []): string[] {
	if (simplified === undefined) return [];
	const names = ['_id', ...namesIn(simplified), ...added];
	return [...new Set([...names, ...(fields.some(({ name }) => name === 'custom') ? ['custom'] : [])])];
}

/** What the next system finds a record by, and what reports of renewals sum up. */
function neededElsewhere({ fields }: ModelData, keys: readonly KeyName[]): string[] {
	return [...keys, ...fields.flatMap(({ name }) => (name === 'renewalArr' ? [name] : []))];
}

/**
 * External IDs are unique within a company, and emails may be found in several (Planhat's documents, help article 9587002);
 * source IDs come from one system.
 */
function withinCompany({ resource, fields }: ModelData, keys: readonly KeyName[]): KeyName[] {
	const hasCompany = fields.some(({ refersTo, type }) => refersTo === 'company' && type === 'id');
	if (resource === 'company' || !hasCompany) return [];
	return keys.filter((key) => key === 'externalId' || key === 'extId' || key === 'email');
}

/** A path takes the keys that the model has (Planhat's documents, "Planhat models"). */
function prefixesOf(keys: readonly KeyName[]): Model['prefixes'] {
	return {
		...((keys.includes('externalId') || keys.includes('extId')) && { externalId: 'extid-' }),
		...(keys.includes('sourceId') && { sourceId: 'srcid-' }),
	};
}

/** What can be archived has a field that says so. */
function operationsOf({ fields }: ModelData): readonly OperationName[] {
	const canBeArchived = fields.some(({ name, readOnly }) => name === 'archived' && !readOnly);
	return canBeArchived ? ['archive', ...usualOperations] : usualOperations;
}

/** Completes a model's data by what most models have. */
export function defineModel({ isSearched, ...data }: ModelData): Model {
	const { operations = operationsOf(data) } = data;
	const keys = data.keys ?? usualKeys;
	return {
		readPath: data.path,
		keys,
		keysWithinCompany: withinCompany(data, keys),
		prefixes: prefixesOf(keys),
		sortable: true,
		findByEmail: false,
		page: usualPage,
		requiredOneOf: [],
		filters: [],
		notices: [],
		writesRows: false,
		...data,
		operations: [...operations, ...(isSearched ? (['search'] as const) : []), 'describe'],
		simplified: simplifiedOf(data, neededElsewhere(data, keys)),
		simplifiedBefore: simplifiedOf(data),
		// Custom fields have fields of their own, so that few people need them as JSON.
		rare: ['custom', ...namesIn(data.rare)],
		seen: namesIn(data.seen),
		calculated: namesIn(data.calculated),
	};
}

/** Planhat's names for the time of a record's last change, which differ from model to model; some have none. */
const updateTimes = ['updatedAt', 'lastUpdated', 'updateDate'];

/**
 * The field that tells when a record was last changed.
 * @returns undefined where Planhat keeps no such time
 */
export function updateTimeOf(model: Model): string | undefined {
	return updateTimes.find((name) => model.fields.some((field) => field.name === name));
}

/** The field that names a record to people; undefined where no text does. */
export function titleField({ title, fields }: Model): Field | undefined {
	return fields.find(
		({ name, heldAs = name, type, readOnly }) =>
			!readOnly && heldAs === title && ['text', 'key', 'email'].includes(type),
	);
}

/** How one record of a model can be named, in the order of the resource locator. */
export function referenceModes(model: Model): ReferenceMode[] {
	return [
		'list',
		'id',
		...(model.prefixes.externalId === undefined ? [] : (['externalId'] as const)),
		...(model.prefixes.sourceId === undefined ? [] : (['sourceId'] as const)),
		...(model.findByEmail ? (['email'] as const) : []),
	];
}

/** "a" or "an", whichever the noun takes. */
export function withArticle(noun: string): string {
	return `${/^([aeiou](?!ser\b)|NPS)/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Whether users can give records of a model a key of their own; Planhat alone gives out an `_id`. */
export function hasOwnKeys({ keys }: Pick<Model, 'keys'>): boolean {
	return keys.some((name) => name !== '_id');
}

/** Whether one of several fields must be given, which n8n's forms cannot demand. */
export function hasAlternatives(model: Pick<Model, 'requiredOneOf'>): boolean {
	return model.requiredOneOf.length > 0;
}
