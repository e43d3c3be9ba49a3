import type { IDataObject } from 'n8n-workflow';

import { isOfKind, kindQuery } from '../resources/kind';
import type { KeyName, Model } from '../resources/types';
import type { Written } from '../rows/row';
import type { BatchRun } from '../run/context';
import { fetchPages } from '../transport/paging';
import type { PlanhatRequest } from '../transport/request';
import { isBlank, isObject } from '../values/checks';
import { companyFieldOf, companyNamed, heldName, RecordIndex, type CompanyIds } from './recordIndex';

type Run = Pick<BatchRun, 'model' | 'transport' | 'yieldToEventLoop'>;

type Rows = ReadonlyArray<Pick<Written, 'fields'>>;

const leanCompanies: PlanhatRequest = {
	method: 'GET',
	url: '/leancompanies',
	target: { verb: 'list', record: 'companies', permission: 'Company' },
};

/** The keys that all companies have: Planhat does not page this list. */
async function fetchLean({ transport }: Pick<Run, 'transport'>): Promise<IDataObject[]> {
	const { body } = await transport.send(leanCompanies);
	return Array.isArray(body) ? body.filter(isObject) : [];
}

function isOwnKey(reference: string | undefined): boolean {
	return reference !== undefined && /^(ext|src)id-/.test(reference);
}

/** The companies that rows name by keys of one's own, where any does: one request. */
export async function fetchCompanyIds(run: Run, rows: Rows): Promise<CompanyIds> {
	const ids = new Map<string, string>();
	if (!rows.some(({ fields }) => isOwnKey(companyNamed(run.model, fields)))) return ids;
	for (const { _id, externalId, sourceId } of await fetchLean(run)) {
		if (!isBlank(externalId)) ids.set(`extid-${String(externalId)}`, String(_id));
		if (!isBlank(sourceId)) ids.set(`srcid-${String(sourceId)}`, String(_id));
	}
	return ids;
}

/** The filters that show archived records. */
function flagsOf({ filters }: Model): string[] {
	return filters.filter(({ takes }) => takes === 'boolean').map(({ name }) => name);
}

/** The email domains of all companies, by which Planhat finds the company of a person. */
export async function fetchDomains({ transport, yieldToEventLoop }: Run): Promise<ReadonlySet<string>> {
	const domains = new Set<string>();
	const target = { verb: 'list', record: 'companies', permission: 'Company' };
	await fetchPages({
		plural: 'companies',
		pageMaximum: 5_000,
		limit: Infinity,
		filtered: true,
		keep(company) {
			const own: unknown[] = Array.isArray(company.domains) ? company.domains : [];
			for (const domain of own) domains.add(String(domain).toLowerCase());
			return false;
		},
		page: async (offset, limit) => {
			await yieldToEventLoop();
			const qs = { sort: '_id', select: 'domains', limit, offset };
			return (await transport.send({ method: 'GET', url: '/companies', qs, target })).body;
		},
	});
	return domains;
}

/** What is asked for of each record: what it is found by, and what is compared. */
function selectOf(model: Model, names: ReadonlySet<string>): string {
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

/** What is still to be found of the rows, page by page. */
class Search {
	private pages = 0;

	/** Rows by the best key that they have. */
	private readonly byKey = new Map<string, IDataObject[]>();

	constructor(
		rows: Rows,
		private readonly model: Model,
		private readonly index: RecordIndex,
	) {
		for (const { fields } of rows) {
			const [name] = index.namesOf(fields);
			if (name === undefined) continue;
			const same = this.byKey.get(name);
			if (same === undefined) this.byKey.set(name, [fields]);
			else same.push(fields);
		}
	}

	get isOver(): boolean {
		return this.byKey.size === 0;
	}

	get open(): IDataObject[] {
		return [...this.byKey.values()].flat();
	}

	take(records: readonly IDataObject[]): void {
		this.pages += 1;
		for (const record of records) {
			if (!isOfKind(this.model, record)) continue;
			for (const name of this.index.add(record)) {
				const open = (this.byKey.get(name) ?? []).filter((fields) => !this.index.isSure(fields));
				if (open.length === 0) this.byKey.delete(name);
				else this.byKey.set(name, open);
			}
		}
	}

	/** Whether asking for the records one by one takes no more requests than the pages so far, and one more. */
	get isShort(): boolean {
		if (this.byKey.size > this.pages + 1) return false;
		const { open } = this;
		const requests = open.reduce((sum, fields) => sum + this.pathsOf(fields).length, 0);
		return requests <= this.pages + 1 && open.every((fields) => this.hasPaths(fields));
	}

	/** Where the record of a row is read, best key first. */
	pathsOf(fields: IDataObject): string[] {
		return this.model.keys.flatMap((key) => {
			const prefix = this.prefixOf(key);
			return isBlank(fields[key]) || prefix === undefined
				? []
				: [`${prefix}${encodeURIComponent(String(fields[key]))}`];
		});
	}

	private hasPaths(fields: IDataObject): boolean {
		return this.model.keys.every((key) => isBlank(fields[key]) || this.prefixOf(key) !== undefined);
	}

	/** A path that names a key of several companies leads to any of them. */
	private prefixOf(key: KeyName): string | undefined {
		if (key === '_id') return '';
		if (this.model.keysWithinCompany.includes(key)) return undefined;
		return key === 'sourceId' ? this.model.prefixes.sourceId : this.model.prefixes.externalId;
	}
}

async function readAlone({ model, transport }: Run, search: Search, index: RecordIndex): Promise<void> {
	for (const fields of search.open) {
		for (const path of search.pathsOf(fields)) {
			const target = { verb: 'get', record: model.singular, permission: model.name };
			const answer = await transport.trySend({ method: 'GET', url: `${model.readPath}/${path}`, target });
			if ('error' in answer && ![400, 404].includes(answer.status)) throw answer.error;
			if ('error' in answer || !isObject(answer.body) || isBlank(answer.body._id)) continue;
			if (isOfKind(model, answer.body)) index.add(answer.body);
			break;
		}
	}
}

/** @returns whether the pages were left, since the rest takes fewer requests one by one */
async function readPages(run: Run, search: Search, names: ReadonlySet<string>): Promise<boolean> {
	const { model, transport } = run;
	const seen: IDataObject[] = [];
	const target = { verb: 'list', record: model.plural, permission: model.name };
	for (const flags of listsOf(model, () => seen)) {
		if (search.isOver || search.isShort) return !search.isOver;
		let isLeft = false;
		let asked = 0;
		const query = {
			...kindQuery(model),
			...flags,
			...(model.sortable && { sort: '_id', select: selectOf(model, names) }),
		};
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
					search.take(records);
					if (offset === 0) seen.push(...records);
				}
				await run.yieldToEventLoop();
				return body;
			},
			isEnough(page) {
				// Behind a page that is not full there is most likely nothing: what was not found is not there.
				isLeft = !search.isOver && page.length >= asked && search.isShort;
				return search.isOver || isLeft;
			},
		});
		if (isLeft) return true;
	}
	return false;
}

/**
 * Reads the records that rows may be about, in the fewest requests: of companies one list where their keys will do, else
 * page by page, or one by one where that takes fewer.
 * @param names of the fields that are looked at beside the keys
 * @throws NodeApiError where Planhat refuses to show them
 */
export async function fetchExisting(run: Run, rows: Rows, names: ReadonlySet<string>): Promise<RecordIndex> {
	const { model } = run;
	const index = new RecordIndex(model, await fetchCompanyIds(run, rows));
	const search = new Search(rows, model, index);
	if (search.isOver) return index;
	if (model.resource === 'company' && names.size === 0) {
		search.take(await fetchLean(run));
		return index;
	}
	if (await readPages(run, search, names)) await readAlone(run, search, index);
	return index;
}
