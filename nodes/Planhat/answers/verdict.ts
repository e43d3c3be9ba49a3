import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { Reason } from '../rows/row';
import type { NamedKey } from '../rows/rowKeys';
import type { Ledger, Success } from './ledger';
import type { Outcome } from './outcome';

/** A row of a request, as far as an answer can name it. */
export interface Sent {
	keys: readonly NamedKey[];
	/** As the user gave it, for what it refers to. */
	given?: IDataObject;
	/** Whether it is an end user without a company: Planhat saves nobody it cannot tie to one, and does not say so. */
	withoutCompany?: true;
}

/** What an answer says of the rows of a request, by their places in it. */
export interface Verdict {
	/** What became of those of which there is no doubt. */
	certain: Map<number, Outcome>;
	/** What became of all rows, where it is the same: `certain` is blank then. */
	all?: Outcome;
	/** Rows of which the answer says nothing that is sure, in their order. */
	open: number[];
	/** Open rows whose keys occur in an error as words: the most likely ones to be refused when they are sent alone. */
	suspects: number[];
	/** What an open row with a key may have gone through as, where all counts are given. */
	mayBe?: readonly Success[];
	/** Why a row that stays open is not decided. */
	why: Reason;
	/** How many rows were not taken although nothing names them, of those that count as applied. */
	unnamed?: number;
	ledger: Ledger;
}

/** What a reader of answers may know beside the rows. */
export interface Knowledge {
	/** Of the rows; where it is known, a key that an error says of another kind of record names no row. */
	model?: Model;
	/** An answer, or a part of it, as people may read it. What is matched, such as IDs and keys, is taken as it is. */
	said?(body: unknown): unknown;
	/** Whether nobody asks for the IDs of all records, so that the ledger holds none. */
	withoutIds?: boolean;
}
