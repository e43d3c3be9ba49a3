import type { Model } from '../resources/types';
import { asksFirst, asksForDomains, compares, type Guards } from './writeGuards';
import { flagsOf } from './recordLists';
import { fewKeys, hasPathPrefix } from './openRows';
import { needsCompany } from './plannedRows';

/** Requests: so many, and one more for each full page of records that Planhat has. */
export interface Reads {
	base: number;
	pages: ReadonlyArray<{ size: number; plural: string }>;
}

/** What decides how many requests it takes to find the records of rows. */
export interface ReadingRows {
	/** The keys of all rows by their names, with how many rows have each. */
	keys: ReadonlyMap<string, number>;
	/** Whether rows or conditions name companies by keys of one's own. */
	namesCompanies: boolean;
	/** Whether a row names no company. */
	lacksCompany: boolean;
	/** Whether the list of all records was read already. */
	isKnown: boolean;
	/** Whether only the records of one company may be missing. */
	isNarrowed: boolean;
}

/** All records of a model: a list of archived ones may be another one. */
export function pagesOfAll(model: Pick<Model, 'page' | 'plural' | 'filters'>): Reads {
	const { page, plural } = model;
	return { base: 1 + (flagsOf(model).length > 0 ? 1 : 0), pages: [{ size: page.maximum, plural }] };
}

function ofRows(guards: Guards, model: Model, { keys }: ReadingRows): Reads {
	const isLean = model.resource === 'company' && !compares(guards, model) && guards.kept.size === 0;
	if (isLean) return { base: 1, pages: [] };
	const count = [...keys.values()].reduce((sum, one) => sum + one, 0);
	const isFew = count <= fewKeys && [...keys.keys()].every((key) => hasPathPrefix(model, key));
	if (!isFew || model.namedBy !== undefined) return pagesOfAll(model);
	return { base: Math.max(0, 2 * count - 1), pages: [] };
}

/**
 * How many requests it takes at most to find the records of rows before anything is sent. How many records there are only
 * Planhat knows.
 * @param reportsMissing whether the list is read for records that no row names
 */
export function readsFirst(guards: Guards, model: Model, rows: ReadingRows, reportsMissing: boolean): Reads {
	const parts: Reads[] = [];
	const asks = asksFirst(guards, model);
	if (reportsMissing && !rows.isKnown) parts.push(pagesOfAll(model));
	// One list serves both, unless it is that of a company alone.
	if (asks && !rows.isKnown && (!reportsMissing || rows.isNarrowed)) parts.push(ofRows(guards, model, rows));
	if (rows.namesCompanies && (asks || reportsMissing)) parts.push({ base: 1, pages: [] });
	if (asks && asksForDomains(guards, model) && needsCompany(model) && rows.lacksCompany)
		parts.push({ base: 1, pages: [{ size: 5_000, plural: 'companies' }] });
	return { base: parts.reduce((sum, { base }) => sum + base, 0), pages: parts.flatMap(({ pages }) => pages) };
}

/** How many requests it takes at most to read the records of rows back. Rows that were sent have an ID too. */
export function readsBack(guards: Guards, model: Model, rows: ReadingRows): Reads {
	const keys = new Map([...rows.keys, ['_id', Math.max(0, ...rows.keys.values())]]);
	return ofRows({ ...guards, isPreview: true }, model, { ...rows, keys });
}

/** @returns undefined where no record is read */
export function readsText({ base, pages }: Reads): string | undefined {
	if (base === 0) return undefined;
	const every = pages.map(({ size, plural }) => `every ${size.toLocaleString('en')} ${plural}`).join(' and ');
	const most = `at most ${base} ${base === 1 ? 'request' : 'requests'}`;
	return every === '' ? most : `${most}, and 1 more for ${every} in Planhat`;
}
