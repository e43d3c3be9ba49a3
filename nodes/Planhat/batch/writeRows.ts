import type { IDataObject } from 'n8n-workflow';

import { isKeyed } from '../rows/keys';
import { readUnknownFields } from '../rows/parameters';
import { timePicker } from '../rows/pickedTimes';
import { readGivenFields } from '../rows/readRows';
import { missingFields } from '../rows/requiredFields';
import { rowWriter, writeRow, type Written } from '../rows/writeRow';
import type { BatchRun } from '../run/context';
import { findDuplicates } from './duplicates';
import type { Batch, RowOutcome, RowRules } from './outcomes';

/**
 * What is said of the rows of a request when something goes wrong that is no answer of Planhat's.
 * @param error anything
 * @param hasLeft whether the request was on its way, so that nobody knows what became of it
 */
export function outcomeOfError(error: unknown, hasLeft: boolean): RowOutcome {
	const reason = wordsOf(error);
	return hasLeft
		? { outcome: 'unknown', reason: `${reason}. The row may have been applied` }
		: { outcome: 'failed', reason };
}

function wordsOf(error: unknown): string {
	const { message, description } = error as { message?: string; description?: string | null };
	return [message, description].filter((text) => typeof text === 'string' && text !== '').join('. ');
}

async function readRows(context: BatchRun, batch: Batch): Promise<void> {
	const picked = timePicker(context);
	for (const index of context.indexes) {
		let unreadable: string | undefined;
		try {
			const read = (name: string, fallback?: unknown) => context.parameter(name, index, fallback);
			const fields = readGivenFields(read, inputOf(context, index), picked);
			if ('unreadable' in fields) unreadable = fields.unreadable;
			else for (const given of fields.rows) addRow(batch, index, given);
		} catch (error) {
			unreadable = wordsOf(error);
		}
		if (unreadable !== undefined) addRow(batch, index, {}, { outcome: 'failed', reason: unreadable });
		const pause = context.yieldToEventLoop();
		if (pause) await pause;
	}
}

function inputOf({ items }: BatchRun, index: number): IDataObject {
	return items[index]?.json ?? {};
}

/** Rows that are the input items themselves need no parameter, and so no expression, for each of them. */
function takeInputItems(context: BatchRun, batch: Batch): void {
	for (const index of context.indexes) addRow(batch, index, inputOf(context, index));
}

function addRow(batch: Batch, item: number, given: IDataObject, outcome?: RowOutcome): void {
	batch.rows.push({ item, number: batch.rows.length, given });
	batch.outcomes.push(outcome);
}

function isMappedAutomatically(context: BatchRun): boolean {
	if (context.parameter('specifyFields', 0, 'map') === 'json') return false;
	return context.parameter('fields.mappingMode', 0, 'defineBelow') === 'autoMapInputData';
}

/** A value of an item may be made when it is looked at, and fail then. */
function tryWrite({ writer }: Batch, given: IDataObject): Written | { reason: string } {
	try {
		return writer.write(given);
	} catch (error) {
		return { reason: wordsOf(error) };
	}
}

async function checkRows(context: BatchRun, batch: Batch, rules: RowRules): Promise<void> {
	const { model } = context;
	for (const [position, { given }] of batch.rows.entries()) {
		if (batch.outcomes[position] !== undefined) continue;
		let written = tryWrite(batch, given);
		if ('needs' in written) written = await writeRow(batch.writer, context.tenant, given);
		if ('reason' in written) {
			batch.outcomes[position] = { outcome: 'failed', reason: written.reason };
			continue;
		}
		const { row, unusable } = written;
		const isKeyless = !isKeyed(batch.keyNames, given);
		const missing = missingFields(model, row);
		if (isKeyless && rules.mayUpdate) batch.keyless.push(position);
		for (const name of missing) batch.missing.set(name, (batch.missing.get(name) ?? 0) + 1);
		// A field whose value is no good is missing as well, which would say it twice.
		const isLacking = unusable.length === 0 && missing.length > 0 && (isKeyless || !rules.mayUpdate);
		const lacks = isLacking ? [`it lacks ${missing.join(', ')}`] : [];
		const refused = unusable.length === 0 && lacks.length === 0 ? rules.refuse?.(row) : undefined;
		const reasons = [...unusable, ...lacks, ...(refused === undefined ? [] : [refused])];
		if (reasons.length > 0) batch.outcomes[position] = { outcome: 'failed', reason: reasons.join('; ') };
		const pause = context.yieldToEventLoop();
		if (pause) await pause;
	}
}

/**
 * Reads the rows of the items that go out with one credential.
 * @param context of the run
 * @param rules of the operation
 */
export async function readBatch(context: BatchRun, rules: RowRules): Promise<Batch> {
	const unknownFields = readUnknownFields((name, fallback) => context.parameter(name, 0, fallback));
	const batch: Batch = {
		run: context,
		rows: [],
		outcomes: [],
		writer: rowWriter(context.model, context.tenant, { unknownFields, keepsId: rules.mayUpdate, isNew: true }),
		keyNames: context.model.keys,
		keyless: [],
		missing: new Map(),
		duplicates: [],
		unnamed: { rows: 0, words: new Set() },
	};
	if (isMappedAutomatically(context)) takeInputItems(context, batch);
	else await readRows(context, batch);
	return batch;
}

/**
 * Finds out, before anything is sent, which rows of a batch cannot be.
 * @param batch after its rows were read
 * @param rules of the operation
 */
export async function checkBatch(batch: Batch, rules: RowRules): Promise<void> {
	const { run } = batch;
	if (run.refusal !== undefined) {
		const refused: RowOutcome = { outcome: 'failed', reason: wordsOf(run.refusal) };
		batch.outcomes = batch.outcomes.map((outcome) => outcome ?? { ...refused });
		return;
	}
	await checkRows(run, batch, rules);
	const { customFieldReason: customFieldReason } = run.tenant;
	if (customFieldReason !== undefined) {
		const effect = 'so that names of custom fields were taken for unknown ones';
		run.hint(`The custom fields could not be read, ${effect}: ${customFieldReason}`);
	}
	await findDuplicates(run, batch, rules);
}

/**
 * The text of a row as it is sent.
 * @param batch that the row belongs to
 * @param position of the row
 */
export function textOf({ rows, writer }: Batch, position: number): string {
	return JSON.stringify(writer.write(rows[position]?.given ?? {}).row);
}
