import type { IDataObject } from 'n8n-workflow';

import { companyFieldOf, heldName } from '../batch/recordIndex';
import { isOfKind, kindQuery } from '../resources/kind';
import type { Model } from '../resources/types';
import type { BatchRun } from '../run/context';
import { fetchPages } from '../transport/paging';
import { isObject } from '../values/checks';

type Run = Pick<BatchRun, 'model' | 'transport' | 'yieldToEventLoop'>;

/** The filters that show archived records. */
export function flagsOf({ filters }: Pick<Model, 'filters'>): string[] {
	return filters.filter(({ takes }) => takes === 'boolean').map(({ name }) => name);
}

/** What is asked for of each record: what it is found by, and what is looked at. */
function selectOf(model: Model, names: Iterable<string>): string {
	const company = companyFieldOf(model);
	const wanted = [...model.keys, ...(company === undefined ? [] : [company]), ...names];
	const kinds = model.kind?.fields ?? [];
	return [...new Set(['_id', ...kinds, ...flagsOf(model), ...wanted.map((name) => heldName(model, name))])].join();
}

/**
 * The lists that hold all records of a model, archived ones too. Where a filter shows archived records, nobody knows whether
 * it shows them beside the others or alone: the first list tells.
 */
function* listsOf(model: Model, seen: () => readonly IDataObject[]): Generator<IDataObject, void> {
	const flags = flagsOf(model);
	if (flags.length > 0) yield Object.fromEntries(flags.map((name) => [name, true]));
	const hasOthers = seen().some((record) => flags.every((name) => record[name] !== true));
	if (flags.length === 0 || !hasOthers) yield {};
}

/** Who reads the records of a model page by page. */
interface PageReader {
	/** Fields that are looked at beside the keys; all where it is left out. */
	names?: Iterable<string>;
	take(records: readonly IDataObject[]): void;
	/**
	 * Whether no more is wanted.
	 * @param hasMore whether there may be more
	 */
	isEnough(hasMore: boolean): boolean;
}

/**
 * Reads all records of a model, archived ones too, page by page until its reader has enough.
 * @throws NodeApiError where Planhat refuses to show them
 */
export async function readRecordPages(run: Run, { names, take, isEnough }: PageReader): Promise<void> {
	const { model, transport } = run;
	const seen: IDataObject[] = [];
	const target = { verb: 'list', record: model.plural, permission: model.name };
	const order = model.sortable ? { sort: '_id', ...(names && { select: selectOf(model, names) }) } : {};
	for (const flags of listsOf(model, () => seen)) {
		if (isEnough(true)) return;
		let asked = 0;
		const query = { ...kindQuery(model), ...flags, ...order };
		await fetchPages({
			plural: model.plural,
			pageMaximum: model.page.maximum,
			limit: Infinity,
			filtered: true,
			keep: () => false,
			page: async (offset, limit) => {
				asked = limit;
				const qs = { ...query, limit, offset };
				const { body } = await transport.send({ method: 'GET', url: model.path, qs, target });
				if (Array.isArray(body)) {
					const records = body.filter(isObject);
					take(records);
					if (offset === 0) seen.push(...records);
				}
				await run.yieldToEventLoop();
				return body;
			},
			// Behind a page that is not full there is most likely nothing: what was not found is not there.
			isEnough: (page) => isEnough(page.length >= asked),
		});
	}
}

/** What is wanted of all records of a model. */
interface Wanted {
	/** Fields that are looked at beside the keys; all where it is left out. */
	names?: Iterable<string>;
	/** The records of which all fields are wanted. */
	isWhole?(record: IDataObject): boolean;
}

/** All records of a model, archived ones too, the oldest first; each with the fields that are wanted of it. */
export async function fetchWhole(run: Run, { names, isWhole }: Wanted): Promise<IDataObject[]> {
	const { model } = run;
	const records = new Map<unknown, IDataObject>();
	const kept = names && selectOf(model, names).split(',');
	const reduced = (record: IDataObject): IDataObject => {
		if (kept === undefined || isWhole === undefined || isWhole(record)) return record;
		return Object.fromEntries(kept.flatMap((name) => (name in record ? [[name, record[name]]] : [])));
	};
	await readRecordPages(run, {
		...(isWhole === undefined && names !== undefined && { names }),
		take(page) {
			for (const record of page)
				if (typeof record._id === 'string' && isOfKind(model, record)) records.set(record._id, reduced(record));
		},
		isEnough: () => false,
	});
	return [...records.values()].sort((one, other) => (String(one._id) < String(other._id) ? -1 : 1));
}
