import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../readers/reading';
import type { ReferenceRules, UnknownValues } from '../readers/referenceRules';

/** What to do with names that are neither a field of the model nor a custom field. Planhat drops them without a word. */
export type UnknownFields = 'send' | 'custom' | 'ignore' | 'refuse';

/** What a user decides about all rows of a run. */
export interface RowOptions {
	unknownFields: UnknownFields;
	/** Whether blank values leave what Planhat holds, or clear it. */
	emptyValues: 'leave' | 'clear';
	/** Whether rows without a key are refused, where the model has one, or become new records. */
	keylessRows: 'fail' | 'create';
	/** What to do with values that a field does not know; left out where they are sent with a warning. */
	unknownValues?: UnknownValues;
	/** Whether fields that open data to customers are refused: a model may set them only where its form has them. */
	keepsClosed?: true;
	/** Whether rows with what only Planhat sets are refused: a model would believe that it was set. */
	refusesReadOnly?: true;
	/** Left out where rows point at others by ID alone, or by the emails of people. */
	references?: ReferenceRules;
}

/** What an operation makes of its rows. */
export interface Rules {
	/** New records, changes of one record that is named elsewhere, or either by the keys of the row. */
	writes: 'new' | 'changes' | 'either';
	options: RowOptions;
	/** What else is wrong with a row that is written. */
	check?(fields: IDataObject): Problem | undefined;
}
