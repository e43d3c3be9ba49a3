import type { IDataObject } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import type { KeyName, Model } from '../resources/types';
import { compareRow, sentFields, type Difference, type SentFields } from '../rows/compareRow';
import type { Position, Reason, Written } from '../rows/row';
import { companyNamed, type RecordIndex } from './recordIndex';

/** Which rows may be sent. */
export type WriteMode = 'createOrUpdate' | 'updateOnly' | 'createOnly';

/** What a row would do, by what Planhat holds. */
export type PlannedRow =
	| { at: Position; is: 'create'; differences: readonly Difference[] }
	| { at: Position; is: 'update' | 'unchanged'; _id?: string; differences: readonly Difference[] }
	| { at: Position; is: 'skipped'; _id?: string; why: Reason }
	/** Planhat would refuse the row, or ignore it without a word. */
	| { at: Position; is: 'refused' | 'ignored'; why: Reason };

const exists: Reason = { code: 'exists' };

const sameInRun: Reason = { code: 'sameInRun' };

const noRecord: Reason = { code: 'noRecord' };

const noCompany: Reason = { code: 'noCompany' };

/** Whether new records of a model are ignored without a company: people whom Planhat finds by their email. */
export function needsCompany({ keysWithinCompany }: Pick<Model, 'keysWithinCompany'>): boolean {
	return keysWithinCompany.includes('email');
}

function domainOf(email: unknown): string {
	return String(email ?? '')
		.toLowerCase()
		.split('@')
		.slice(-1)
		.join('');
}

/** Says of each row in turn what it would do; what it does counts for those that come later. */
export class RowPlanner {
	private readonly sent: SentFields;

	constructor(
		private readonly columns: Columns,
		private readonly index: RecordIndex,
		private readonly mode: WriteMode,
		/** Whether fields are compared: then their values have been read. */
		private readonly compares: boolean,
		/** Email domains of companies, by which Planhat finds the company of a person. */
		private readonly domains: ReadonlySet<string> = new Set(),
	) {
		this.sent = sentFields(columns);
	}

	plan({ at, fields, missing }: Omit<Written, 'layer'>): PlannedRow {
		const { record, key } = this.index.match(fields) ?? {};
		const _id = record?._id === undefined ? undefined : String(record._id);
		const named = _id === undefined ? {} : { _id };
		if (record === undefined) {
			if (this.mode === 'updateOnly') return { at, is: 'skipped', why: noRecord };
			const why = this.refusalOf(fields, missing);
			if (why !== undefined) return { at, is: why === noCompany ? 'ignored' : 'refused', why };
			const differences = this.compares ? this.differencesOf(fields, {}) : [];
			this.index.write(fields);
			return { at, is: 'create', differences };
		}
		if (this.mode === 'createOnly') return { at, is: 'skipped', ...named, why: _id === undefined ? sameInRun : exists };
		const changes = this.withoutFixed(fields, key);
		const differences = this.compares ? this.differencesOf(changes, record) : [];
		if (!this.compares || differences.length > 0) this.index.write(changes, record);
		const is = this.compares && differences.length === 0 ? 'unchanged' : 'update';
		return { at, is, ...named, differences };
	}

	/** Why Planhat would make no new record of a row. */
	private refusalOf(fields: IDataObject, missing: readonly string[]): Reason | undefined {
		const { model } = this.columns;
		if (missing.length > 0)
			return { code: 'missingFields', problems: missing.map((field) => ({ field, given: '', wants: 'a value' })) };
		if (!needsCompany(model) || companyNamed(model, fields) !== undefined) return undefined;
		return this.domains.has(domainOf(fields.email)) ? undefined : noCompany;
	}

	/** A key is changed only by a row that is matched by a better one (Planhat's documents, "Bulk upsert"). */
	private withoutFixed(fields: IDataObject, matchedBy: KeyName | undefined): IDataObject {
		const { keys } = this.columns.model;
		const better = matchedBy === undefined ? [] : keys.slice(0, keys.indexOf(matchedBy));
		if (better.every((key) => fields[key] === undefined)) return fields;
		return Object.fromEntries(Object.entries(fields).filter(([name]) => !better.some((key) => key === name)));
	}

	private differencesOf(fields: IDataObject, record: IDataObject): Difference[] {
		const { companyIds } = this.index;
		return compareRow(fields, record, this.sent, (reference) => companyIds.get(reference));
	}
}
