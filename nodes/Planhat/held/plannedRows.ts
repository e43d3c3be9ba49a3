import type { IDataObject } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import { withoutName } from '../resources/recordName';
import type { KeyName, Model } from '../resources/types';
import { compareRow, sentFields, type Difference, type SentFields } from '../compared/compareRow';
import type { Position, Reason, Written } from '../rows/row';
import { companyFieldOf, companyNamed, type Match, type RecordIndex } from '../batch/recordIndex';
import { isBlank } from '../values/checks';
import type { CompanyDomains } from './companyLists';

/** Which rows may be sent. */
export type WriteMode = 'createOrUpdate' | 'updateOnly' | 'createOnly';

/** What a row would do, by what Planhat holds. */
export type PlannedRow =
	| { at: Position; is: 'create'; differences: readonly Difference[] }
	| { at: Position; is: 'update' | 'unchanged'; _id?: string; differences: readonly Difference[] }
	| { at: Position; is: 'skipped'; _id?: string; why: Reason }
	/** Planhat would refuse the row, or ignore it without a word. */
	| { at: Position; is: 'refused' | 'ignored'; why: Reason };

const none: readonly Difference[] = [];

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
		/** Companies by the email domains by which Planhat finds the company of a person. */
		private readonly domains: CompanyDomains = new Map(),
	) {
		this.sent = sentFields(columns);
	}

	/** @param found the record that the row would change */
	plan(
		{ at, fields, missing }: Omit<Written, 'layer'>,
		found: Match | undefined = this.index.match(fields),
	): PlannedRow {
		const unclear = this.index.unclear(fields);
		if (unclear !== undefined) return { at, is: 'refused', why: unclear };
		if (found === undefined) {
			if (this.mode === 'updateOnly') return { at, is: 'skipped', why: noRecord };
			const why = this.unknownCompany(fields) ?? this.refusalOf(fields, missing);
			if (why !== undefined) return { at, is: why === noCompany ? 'ignored' : 'refused', why };
			const differences = this.compares ? this.differencesOf(fields, {}) : none;
			this.index.write(fields, this.placeOf(fields));
			return { at, is: 'create', differences };
		}
		const { record, key } = found;
		const _id = record._id === undefined ? undefined : String(record._id);
		const named = _id === undefined ? undefined : { _id };
		if (this.mode === 'createOnly') return { at, is: 'skipped', ...named, why: _id === undefined ? sameInRun : exists };
		const why = this.unknownCompany(fields);
		if (why !== undefined) return { at, is: 'refused', why };
		const changes = this.withoutFixed(fields, key);
		const differences = this.compares ? this.differencesOf(changes, record) : none;
		if (!this.compares || differences.length > 0) this.index.write(changes, record);
		const is = this.compares && differences.length === 0 ? 'unchanged' : 'update';
		if (_id !== undefined) return { at, is, _id, differences };
		return { at, is, ...named, differences };
	}

	/** Why a row has no place: no company has the key of one's own that it names its company by. A list without keys tells nothing. */
	private unknownCompany(fields: IDataObject): Reason | undefined {
		const { companyIds } = this.index;
		const reference = companyNamed(this.columns.model, fields);
		if (reference === undefined || companyIds.size === 0 || companyIds.has(reference)) return undefined;
		const [, prefix, given] = /^(ext|src)id-(.*)$/.exec(reference) ?? [];
		if (given === undefined) return undefined;
		const field = companyFieldOf(this.columns.model) ?? '';
		const said = `'${given}' is the ${prefix === 'ext' ? 'external' : 'source'} ID of no company in Planhat`;
		const named = isBlank(fields[field]) ? 'companyExternalId' : field;
		return { code: 'badValues', problems: [{ field: named, given, wants: 'the ID of a company', said }] };
	}

	/** A new record of a person who names no company is that of the company whose domain the email has. */
	private placeOf(fields: IDataObject): IDataObject {
		const { model } = this.columns;
		const company = companyNamed(model, fields) === undefined ? this.domains.get(domainOf(fields.email)) : undefined;
		return company === undefined ? {} : { [companyFieldOf(model) ?? '']: company };
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
		const { keys, namedBy } = this.columns.model;
		if (namedBy !== undefined && matchedBy === undefined) return withoutName(fields, { namedBy });
		for (const key of keys) {
			if (key === matchedBy || matchedBy === undefined) return fields;
			if (fields[key] !== undefined) break;
		}
		const better = keys.slice(0, matchedBy === undefined ? 0 : keys.indexOf(matchedBy));
		return Object.fromEntries(Object.entries(fields).filter(([name]) => !better.some((key) => key === name)));
	}

	private differencesOf(fields: IDataObject, record: IDataObject): readonly Difference[] {
		const { companyIds } = this.index;
		return compareRow(fields, record, this.sent, (reference) => companyIds.get(reference));
	}
}
