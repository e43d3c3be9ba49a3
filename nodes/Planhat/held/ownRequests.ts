import type { IDataObject } from 'n8n-workflow';

import { withoutName } from '../resources/recordName';
import type { Model } from '../resources/types';
import { holdsKeysAlone } from '../compared/keepExisting';
import type { Written } from '../rows/row';
import { isBlank } from '../values/checks';
import type { Settled } from '../batch/outcomes';
import type { PlannedRow } from './plannedRows';

/**
 * The rows of a model whose records are written one by one, after Planhat was asked for the records: what would change
 * nothing is not sent, and what was found by its name goes out by its ID. Rows of other models stay as they are.
 */
export class OwnRequests {
	/** Records that an earlier row changes: nobody knows yet whether it goes through. */
	private readonly changed = new Set<IDataObject>();

	constructor(private readonly model: Model) {}

	/** @param record that the row was found to mean, before it */
	of(planned: PlannedRow | Settled, row: Written | Settled, record: IDataObject | undefined): Written | Settled {
		const { model } = this;
		if (model.namedBy === undefined || !('is' in planned) || !('fields' in row)) return row;
		const { at } = row;
		if (planned.is === 'refused' || planned.is === 'ignored') return { at, why: planned.why };
		if (planned.is === 'skipped' || record === undefined || isBlank(record._id)) return row;
		const _id = String(record._id);
		const fields = isBlank(row.fields._id) ? { ...withoutName(row.fields, model), _id } : row.fields;
		const isUnchanged = planned.is === 'unchanged' && !this.changed.has(record);
		if (isUnchanged || holdsKeysAlone(fields, model)) return { at, outcome: { is: 'unchanged', _id } };
		this.changed.add(record);
		return { ...row, fields };
	}
}
