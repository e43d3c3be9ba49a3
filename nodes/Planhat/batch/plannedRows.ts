import type { IDataObject } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import type { KeyName } from '../resources/types';
import { compareRow, sentFields, type Difference, type SentFields } from '../rows/compareRow';
import type { Position, Reason, Written } from '../rows/row';
import type { RecordIndex } from './recordIndex';

/** Which rows may be sent. */
export type WriteMode = 'createOrUpdate' | 'updateOnly' | 'createOnly';

/** What a row would do, by what Planhat holds. */
export type PlannedRow =
	| { at: Position; is: 'create' }
	| { at: Position; is: 'update' | 'unchanged'; _id?: string; differences: readonly Difference[] }
	| { at: Position; is: 'skipped'; _id?: string; why: Reason };

const exists: Reason = { code: 'exists' };

const sameInRun: Reason = { code: 'sameInRun' };

const noRecord: Reason = { code: 'noRecord' };

/** Says of each row in turn what it would do; what it does counts for those that come later. */
export class RowPlanner {
	private readonly sent: SentFields;

	constructor(
		private readonly columns: Columns,
		private readonly index: RecordIndex,
		private readonly mode: WriteMode,
		/** Whether fields are compared: then their values have been read. */
		private readonly compares: boolean,
	) {
		this.sent = sentFields(columns);
	}

	plan({ at, fields }: Pick<Written, 'at' | 'fields'>): PlannedRow {
		const { record, key } = this.index.match(fields) ?? {};
		const _id = record?._id === undefined ? undefined : String(record._id);
		const named = _id === undefined ? {} : { _id };
		if (record === undefined) {
			if (this.mode === 'updateOnly') return { at, is: 'skipped', why: noRecord };
			this.index.write(fields);
			return { at, is: 'create' };
		}
		if (this.mode === 'createOnly') return { at, is: 'skipped', ...named, why: _id === undefined ? sameInRun : exists };
		const changes = this.withoutFixed(fields, key);
		const differences = this.compares ? this.differencesOf(changes, record) : [];
		if (!this.compares || differences.length > 0) this.index.write(changes, record);
		const is = this.compares && differences.length === 0 ? 'unchanged' : 'update';
		return { at, is, ...named, differences };
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
