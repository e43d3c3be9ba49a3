import type { INode, INodeExecutionData } from 'n8n-workflow';

import { addTo, emptyLedger, type Ledger } from '../answers/ledger';
import type { Outcome } from '../answers/outcome';
import type { Check } from '../batch/checkWritten';
import type { SentRows } from '../batch/outcomes';
import type { Batch, Cost } from '../batch/sendBatches';
import type { Model } from '../resources/types';
import type { Position, Reason, Row } from '../rows/row';
import { RowKeys, type NamedKey } from '../rows/rowKeys';
import { titleReader, type TitleReader } from '../rows/title';
import { showsForPeople } from '../run/nodeVersion';
import type { BatchRun } from '../run/context';

/** The rows of a run and what became of them, as the report needs it. */
export interface ReportedRows extends SentRows {
	model: Model;
	node: INode;
	/** The input items of the node. */
	items: readonly INodeExecutionData[];
	rows: readonly Row[];
	keysAt(at: Position): readonly NamedKey[];
	/** The rows that went out with the same credential. */
	batchAt?(at: Position): Batch | undefined;
	/** What a row calls its record; undefined where it does not, and for nodes of the first version. */
	titleAt?(at: Position): ReturnType<TitleReader>;
	/** How Planhat holds a row; undefined where rows were not read back. */
	checkAt?(at: Position): Check | undefined;
	/** Why rows could not be read back. */
	unread?: readonly string[];
	/** What the run has cost. */
	effort: Cost;
	yieldToEventLoop(): Promise<void> | undefined;
}

function together(batches: readonly Batch[]): Ledger {
	const ledger = emptyLedger();
	for (const batch of batches) addTo(ledger, batch.ledger);
	return ledger;
}

function keysIn({ keys, given, columns }: Batch): RowKeys {
	return keys ?? new RowKeys(given.rows, columns);
}

/** A row of any batch. */
interface Place {
	batch: Batch;
	at: Position;
}

/** The rows of all batches, in the order of the input. */
function placesOf(batches: readonly Batch[]): Place[] {
	const places = batches.flatMap((batch) => batch.given.rows.map((_row, at) => ({ batch, at })));
	const itemOf = ({ batch, at }: Place) => batch.given.rows[at]?.item ?? 0;
	return batches.length > 1 ? places.sort((one, other) => itemOf(one) - itemOf(other)) : places;
}

/** Rows are told to people by their numbers in the run, also where a batch has only some of them. */
function renumbered(places: readonly Place[]): (batch: Batch, outcome: Outcome) => Outcome {
	const numbers = new Map<Batch, Position[]>();
	for (const [number, { batch, at }] of places.entries()) {
		const ofBatch = numbers.get(batch) ?? [];
		numbers.set(batch, ofBatch);
		ofBatch[at] = number;
	}
	const reasons = new Map<Reason, Reason>();
	return (batch, outcome) => {
		const numberOf = (at: Position) => numbers.get(batch)?.[at] ?? at;
		if (outcome.is === 'superseded') return { ...outcome, by: numberOf(outcome.by) };
		if (!('why' in outcome) || outcome.why.like === undefined) return outcome;
		const { why } = outcome;
		const like = { ...outcome.why.like, row: numberOf(outcome.why.like.row) };
		const reason = reasons.get(why) ?? { ...why, like };
		reasons.set(why, reason);
		return { ...outcome, why: reason };
	};
}

/** The rows of all batches; those that were made of a table have their places among all of its rows. */
function rowsAt(places: readonly Place[]): Row[] {
	const tableRows = new Map<string, Position>();
	const batches = new Map<Batch, number>();
	return places.flatMap(({ batch, at }) => {
		const row = batch.given.rows[at];
		if (row?.tableRow === undefined) return row ?? [];
		if (!batches.has(batch)) batches.set(batch, batches.size);
		const place = `${batches.get(batch)} ${row.tableRow}`;
		const tableRow = tableRows.get(place) ?? tableRows.size;
		tableRows.set(place, tableRow);
		return { ...row, tableRow };
	});
}

/** Puts together what became of the rows of all credentials, for one report in the order of the input. */
export function reportedRows(
	{ model, node, items, yieldToEventLoop }: BatchRun,
	batches: readonly Batch[],
	effort: Cost,
): ReportedRows {
	const [only, ...others] = batches;
	const isReadBack = batches.some(({ checks }) => checks !== undefined);
	const hasTitles = showsForPeople(node);
	const shared = {
		...{ model, node, items, yieldToEventLoop, effort },
		ledger: only !== undefined && others.length === 0 ? only.ledger : together(batches),
		isCancelled: batches.some(({ isCancelled }) => isCancelled),
		unnamed: batches.reduce((sum, { unnamed = 0 }) => sum + unnamed, 0),
		unread: batches.flatMap(({ unread = [] }) => unread),
	};
	if (only !== undefined && others.length === 0) {
		const { given, outcomes } = only;
		const keys = keysIn(only);
		const title = titleReader(only.columns);
		const titleAt = (at: Position) => title(given.rows[at]?.given ?? {});
		return {
			...shared,
			rows: given.rows,
			outcomes,
			keysAt: (at) => keys.of(at),
			batchAt: () => only,
			...(hasTitles && { titleAt }),
			...(isReadBack && { checkAt: (at: Position) => only.checks?.get(at) }),
		};
	}
	const places = placesOf(batches);
	const keys = new Map(batches.map((batch) => [batch, keysIn(batch)]));
	const titles = new Map(batches.map((batch) => [batch, titleReader(batch.columns)]));
	const titleAt = (number: Position) => {
		const { batch, at = 0 } = places[number] ?? {};
		return batch && titles.get(batch)?.(batch.given.rows[at]?.given ?? {});
	};
	const renumber = renumbered(places);
	return {
		...shared,
		...(hasTitles && { titleAt }),
		rows: rowsAt(places),
		batchAt: (number) => places[number]?.batch,
		outcomes: places.flatMap(({ batch, at }) => {
			const outcome = batch.outcomes[at];
			return outcome === undefined ? [] : [renumber(batch, outcome)];
		}),
		...(isReadBack && {
			checkAt: (number: Position) => {
				const { batch, at = 0 } = places[number] ?? {};
				return batch?.checks?.get(at);
			},
		}),
		keysAt(number) {
			const { batch, at } = places[number] ?? {};
			return batch === undefined || at === undefined ? [] : (keys.get(batch)?.of(at) ?? []);
		},
	};
}
