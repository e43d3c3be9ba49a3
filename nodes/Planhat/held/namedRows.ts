import type { IDataObject } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import { companyOf, firstValue } from '../rows/keys';
import type { Period } from '../resources/types';
import type { Given, NamedCompany, Position } from '../rows/row';
import type { RowKeys } from '../rows/rowKeys';
import type { BatchRun } from '../run/context';
import { isBlank, isObject } from '../values/checks';
import { companyFieldOf, foundBy, heldName, identityOf, type CompanyIds } from '../batch/recordIndex';
import { agreementIn } from './periods/heldPeriods';

/** The rows of one credential, as far as they name records. */
export interface NamingRows {
	run: Pick<BatchRun, 'yieldToEventLoop'>;
	given: Given;
	columns: Columns;
	keys: RowKeys;
}

/** In place of a company: wherever the record is. */
const anywhere: string[] = [''];

/** A name that differs in capitals alone may be the same. */
function calledAs(name: unknown): string {
	return `called ${String(name).trim().toLowerCase()}`;
}

function agreementOf(key: unknown): string {
	return `agreement ${agreementIn(String(key).trim())}`;
}

/** A value that is no key may have been meant for any record. */
function hasBadKey(given: IDataObject, columns: Columns): boolean {
	return columns.keyColumns.some(({ columns: names }) =>
		names.some((name) => {
			const column = columns.byName.get(name);
			try {
				return (
					column?.to === 'field' && !column.isBlank(given[name]) && firstValue(given, columns, [name]) === undefined
				);
			} catch {
				return true;
			}
		}),
	);
}

/**
 * The rows of which nobody can tell which records they are about: not to be read, refused for what they are matched by, or
 * with no good key.
 */
export async function doubtfulRows({ run, given, columns, keys }: NamingRows): Promise<Position[]> {
	const refused = new Set(given.refused.filter(({ why }) => why.code !== 'duplicateKey').map(({ at }) => at));
	const doubtful: Position[] = [];
	for (const [at, row] of given.rows.entries()) {
		const isNamed = keys.isKeyed(at) || given.fresh?.has(at) === true;
		if (refused.has(at) || !isNamed || hasBadKey(row.given, columns)) doubtful.push(at);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return doubtful;
}

function referenceTo({ form, value }: NamedCompany): string {
	return form === '_id' ? value : `${form}-${value}`;
}

/** The companies that rows name by keys of one's own. */
export function companiesNamed({ given, columns }: Pick<NamingRows, 'given' | 'columns'>): string[] {
	if (columns.model.keysWithinCompany.length === 0) return [];
	return given.rows.flatMap((row) => {
		const company = companyOf(row.given, columns);
		return company === undefined || company.form === '_id' ? [] : [referenceTo(company)];
	});
}

/** The keys of all rows, whatever became of them: a record that has any of them is named. */
export class NamedRows {
	/** The companies in which a row has the key. */
	private readonly companies = new Map<string, string[]>();

	private readonly used = new Set<string>();

	private readonly companyField: string | undefined;

	constructor(
		private readonly columns: Columns,
		private readonly companyIds: CompanyIds,
		/** Where rows name their periods: with one, they name the whole agreement, whose earlier periods are not missing. */
		private readonly period?: Period,
	) {
		this.companyField = companyFieldOf(columns.model);
	}

	async add({ run, given, keys }: NamingRows): Promise<void> {
		for (const [at, row] of given.rows.entries()) {
			for (const { name, value } of keys.of(at)) this.addKey(name, value, row.given);
			const pause = run.yieldToEventLoop();
			if (pause) await pause;
		}
	}

	/** Whether a record has a key that rows use: one without cannot have come from where they come from. */
	mayName(record: IDataObject): boolean {
		const { model } = this.columns;
		return [...this.used].some((name) => !isBlank(record[heldName(model, name)]));
	}

	/** Whether a row may be about the record. */
	names(record: IDataObject): boolean {
		const { model } = this.columns;
		const held = this.companyField === undefined ? undefined : record[this.companyField];
		const company = String((isObject(held) ? held._id : held) ?? '');
		const called = model.namedBy === undefined ? [] : [calledAs(record[model.namedBy.field])];
		const agreed = this.period === undefined ? [] : [agreementOf(record[heldName(model, this.period.key)])];
		return [...foundBy(model, record), ...called, ...agreed].some((name) => {
			const companies = this.companies.get(name);
			return companies !== undefined && (companies.includes('') || company === '' || companies.includes(company));
		});
	}

	private addKey(name: string, value: string, given: IDataObject): void {
		const { keys, keysWithinCompany } = this.columns.model;
		const key = keys.find((own) => own === name);
		this.used.add(name);
		const company = key !== undefined && keysWithinCompany.includes(key) ? this.companyIn(given) : '';
		this.addName(key === undefined ? calledAs(value) : `${key} ${identityOf(key, value)}`, company);
		if (key !== undefined && key === this.period?.key) this.addName(agreementOf(value), company);
	}

	private addName(id: string, company: string): void {
		const known = this.companies.get(id);
		if (company === '') this.companies.set(id, anywhere);
		else if (known === undefined) this.companies.set(id, [company]);
		else if (!known.includes('') && !known.includes(company)) known.push(company);
	}

	/** A company that is not known may be any. */
	private companyIn(given: IDataObject): string {
		const company = companyOf(given, this.columns);
		if (company === undefined) return '';
		const reference = referenceTo(company);
		return company.form === '_id' ? reference : (this.companyIds.get(reference) ?? '');
	}
}
