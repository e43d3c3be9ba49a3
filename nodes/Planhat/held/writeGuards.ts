import type { INodeProperties } from 'n8n-workflow';

import { readBound, stopAboveOption, type Bound } from '../batch/stopAbove';
import type { Columns } from '../columns/column';
import { outerName } from '../compared/keepExisting';
import type { ListMode } from '../compared/listModeOption';
import type { Model } from '../resources/types';
import { readBatchSwitch } from '../run/batchSwitch';
import type { BatchRun } from '../run/context';
import { fieldChoices } from '../run/fieldChoices';
import { namesOfColumns } from './knownRecords';
import type { WriteMode } from './plannedRows';

const writeModes: readonly WriteMode[] = ['createOrUpdate', 'updateOnly', 'createOnly'];

const keepName = 'Keep What Is There';

/** Options that decide which rows go out, by what Planhat holds. */
export const guardOptions: readonly INodeProperties[] = [
	{
		displayName: keepName,
		name: 'keepExisting',
		type: 'multiOptions',
		default: [],
		noDataExpression: true,
		typeOptions: fieldChoices,
		description: 'The fields to fill only where Planhat has no value. The records are read first.',
	},
	{
		displayName: 'Preview Changes',
		name: 'preview',
		type: 'boolean',
		default: false,
		description:
			'Whether to read the records and show for each row what would change, field by field, without sending anything',
	},
	{
		...stopAboveOption,
		description:
			'Max number of rows, or per cent of them, that may be created, changed or refused. Above that nothing is sent. The records are read first.',
	},
	{
		displayName: 'Write Mode',
		name: 'writeMode',
		type: 'options',
		default: 'createOrUpdate',
		options: [
			{ name: 'Create Only', value: 'createOnly', description: 'Skip rows whose record exists' },
			{ name: 'Create or Update', value: 'createOrUpdate', description: 'Send all rows' },
			{ name: 'Update Only', value: 'updateOnly', description: 'Skip rows that have no record in Planhat' },
		],
		description: 'Which rows to send. To find out, Planhat is asked for the records first.',
	},
];

/** What the user wants of all rows of a run before any of them is sent. */
export interface Guards {
	mode: WriteMode;
	isPreview: boolean;
	/** Fields that are filled only where Planhat has nothing. */
	kept: ReadonlySet<string>;
	stopAbove?: Bound;
}

function namesGiven(value: unknown): string[] {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/**
 * Reads what may be sent.
 * @throws NodeOperationError where Stop Above is no number and no per cent
 */
export async function readGuards(run: BatchRun): Promise<Guards> {
	const mode = writeModes.find((one) => one === run.parameter('options.writeMode', 0, 'createOrUpdate'));
	const stopAbove = readBound(run);
	const isPreview = await readBatchSwitch(run, 'preview', 'Preview Changes');
	const kept = new Set(namesGiven(run.parameter('options.keepExisting', 0, [])));
	return { mode: mode ?? 'createOrUpdate', isPreview, kept, ...(stopAbove && { stopAbove }) };
}

/** Whether Planhat has to be asked for the records before anything is sent. */
export function asksFirst({ mode, stopAbove, isPreview, kept }: Guards, { namedBy }: Pick<Model, 'namedBy'>): boolean {
	return namedBy !== undefined || isPreview || kept.size > 0 || mode !== 'createOrUpdate' || stopAbove !== undefined;
}

/** Whether the fields of records are compared with those of rows, beside the keys. */
export function compares(
	{ isPreview, stopAbove }: Pick<Guards, 'isPreview' | 'stopAbove'>,
	{ namedBy }: Pick<Model, 'namedBy'>,
): boolean {
	return isPreview || stopAbove !== undefined || namedBy !== undefined;
}

/** Whether it counts what Planhat makes of a new person without a company: with Create Only, a later row is left out by it. */
export function asksForDomains(guards: Guards, model: Pick<Model, 'namedBy'>): boolean {
	return compares(guards, model) || guards.mode === 'createOnly';
}

/** Whether any stage of a run looks for the records of its rows before they are sent. */
export function looksForRecords(guards: Guards, listMode: ListMode, model: Pick<Model, 'namedBy'>): boolean {
	return listMode !== 'replace' || asksFirst(guards, model);
}

/** The fields that the stages of a run look at beside the keys, before rows are sent. */
export function fieldsLookedAt(guards: Guards, listMode: ListMode, columns: Columns): ReadonlySet<string> {
	const kept = [...guards.kept].map(outerName);
	const isWhole = listMode !== 'replace' || compares(guards, columns.model);
	return new Set([...(isWhole ? namesOfColumns(columns) : []), ...kept]);
}
