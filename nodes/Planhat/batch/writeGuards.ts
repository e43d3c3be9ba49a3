import type { INodeProperties } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import { holdsKeysAlone, outerName, withoutHeld } from '../rows/keepExisting';
import type { Model } from '../resources/types';
import type { Reason, Written } from '../rows/row';
import { readBatchSwitch } from '../run/batchSwitch';
import type { BatchRun } from '../run/context';
import { inputError, type NodeError } from '../transport/errors';
import { isBlank } from '../values/checks';
import { shown } from '../values/json';
import { fetchDomains, fetchExisting } from './existing';
import type { Settled } from './outcomes';
import { needsCompany, RowPlanner, type PlannedRow, type WriteMode } from './plannedRows';
import { companyNamed } from './recordIndex';

const writeModes: readonly WriteMode[] = ['createOrUpdate', 'updateOnly', 'createOnly'];

const stopAboveName = 'Stop Above';

const keepName = 'Keep What Is There';

const keptChoices = { loadOptionsMethod: 'getOutputFields', loadOptionsDependsOn: ['resource'] };

/** Options that decide which rows go out, by what Planhat holds. */
export const guardOptions: readonly INodeProperties[] = [
	{
		displayName: keepName,
		name: 'keepExisting',
		type: 'multiOptions',
		default: [],
		noDataExpression: true,
		typeOptions: keptChoices,
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
		displayName: stopAboveName,
		name: 'stopAbove',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100 or 10%',
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

/** How many rows, or what part of all, may be touched. */
interface Bound {
	rows?: number;
	perCent?: number;
}

/** What the user wants of all rows of a run before any of them is sent. */
export interface Guards {
	mode: WriteMode;
	isPreview: boolean;
	/** Fields that are filled only where Planhat has nothing. */
	kept: ReadonlySet<string>;
	stopAbove?: Bound;
}

function readBound(run: Pick<BatchRun, 'node' | 'parameter'>): Bound | undefined {
	const value = run.parameter('options.stopAbove', 0, '');
	if (isBlank(value)) return undefined;
	const [, number, sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(String(value)) ?? [];
	if (number !== undefined && sign === '%') return { perCent: Number(number) };
	if (number !== undefined && Number.isInteger(Number(number))) return { rows: Number(number) };
	throw inputError(
		run.node,
		`'${stopAboveName}' takes a number of rows such as 100, or per cent such as 10%, not '${shown(value)}'`,
		'Correct the option, or remove it.',
	);
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
export function asksFirst({ mode, stopAbove, isPreview, kept }: Guards): boolean {
	return isPreview || kept.size > 0 || mode !== 'createOrUpdate' || stopAbove !== undefined;
}

/** How many rows of a run would do what. */
export class Touched {
	created = 0;

	changed = 0;

	refused = 0;

	rows = 0;

	add(row: PlannedRow | Settled): void {
		this.rows += 1;
		if (!('is' in row) ? 'why' in row : row.is === 'refused' || row.is === 'ignored') this.refused += 1;
		else if ('is' in row && row.is === 'create') this.created += 1;
		else if ('is' in row && row.is === 'update') this.changed += 1;
	}

	/** @returns why nothing may be sent; undefined where it may */
	refusal({ node }: Pick<BatchRun, 'node'>, { stopAbove }: Guards): NodeError | undefined {
		const { created, changed, refused, rows } = this;
		const touched = created + changed + refused;
		const { rows: most = Infinity, perCent } = stopAbove ?? {};
		if (touched <= most && (perCent === undefined || touched * 100 <= perCent * rows)) return undefined;
		const bound = perCent === undefined ? String(most) : `${perCent}%`;
		return inputError(
			node,
			`Nothing was sent. ${touched} of ${rows} rows are more than '${stopAboveName}' allows (${bound}): ${created} would be created, ${changed} changed, ${refused} are refused`,
			`Check the input. To send the rows, raise the option '${stopAboveName}', or remove it.`,
		);
	}
}

/** The rows of a run after Planhat was asked for their records. */
export interface GuardedRows {
	/** Each row once: as it is sent, or what became of it. */
	rows: Array<Written | Settled>;
	/** What each row would do, where that is to be shown. */
	planned: Array<PlannedRow | Settled>;
}

/** The fields whose values are compared. */
function namesIn(rows: ReadonlyArray<Pick<Written, 'fields'>>): ReadonlySet<string> {
	const names = new Set<string>();
	for (const { fields } of rows) for (const name of Object.keys(fields)) names.add(name);
	return names;
}

/** All rows of a run, as they are written. */
async function allOf(rows: Iterable<Written | Settled>, run: BatchRun): Promise<Array<Written | Settled>> {
	const all: Array<Written | Settled> = [];
	for (const row of rows) {
		all.push(row);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return all;
}

function isWritten(row: Written | Settled): row is Written {
	return 'fields' in row;
}

/** Rows that no credential may send: nothing is asked for them. */
function refusedRows(rows: Array<Written | Settled>, { message: said }: NodeError): GuardedRows {
	const why: Reason = { code: 'stopped', said };
	return { rows, planned: rows.map((row) => (isWritten(row) ? { at: row.at, why } : row)) };
}

/**
 * Asks Planhat for the records of rows, and leaves out the rows that are not to be sent.
 * @param touched counts what the rows would do
 */
export async function guardRows(
	run: BatchRun,
	rows: Iterable<Written | Settled>,
	columns: Columns,
	{ mode, stopAbove, isPreview, kept }: Guards,
	touched: Touched,
): Promise<GuardedRows> {
	const all = await allOf(rows, run);
	const { refusal } = run;
	if (refusal !== undefined) return refusedRows(all, refusal);
	const written = all.filter(isWritten);
	const compares = isPreview || stopAbove !== undefined;
	const read = new Set([...kept].map(outerName));
	const index = await fetchExisting(run, written, compares ? new Set([...namesIn(written), ...read]) : read);
	const isOpen = ({ fields }: Written) =>
		companyNamed(run.model, fields) === undefined && index.match(fields) === undefined;
	const hasOpen = compares && needsCompany(run.model) && written.some(isOpen);
	const domains = hasOpen ? await fetchDomains(run) : undefined;
	const planner = new RowPlanner(columns, index, mode, compares, domains);
	const left = (row: Written): Written => {
		const { record } = (kept.size > 0 && index.match(row.fields)) || {};
		return record === undefined ? row : { ...row, fields: withoutHeld(row.fields, record, kept, run.model) };
	};
	const plan = (row: Written | Settled): PlannedRow | Settled => (isWritten(row) ? planner.plan(row) : row);
	const guarded: GuardedRows = { rows: [], planned: [] };
	for (const each of all) {
		const row = isWritten(each) ? left(each) : each;
		const planned = plan(row);
		touched.add(planned);
		if (isPreview) guarded.planned.push(planned);
		guarded.rows.push(settledBy(planned, row, run.model));
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return guarded;
}

/** A row that is not to be sent is settled: its mode leaves it out, or its record has all of it. */
function settledBy(planned: PlannedRow | Settled, row: Written | Settled, model: Model): Written | Settled {
	if (!('is' in planned) || !isWritten(row)) return row;
	const { at, is } = planned;
	const _id = '_id' in planned && planned._id !== undefined ? { _id: planned._id } : {};
	if (is === 'skipped') return { at, outcome: { is, why: planned.why, ..._id } };
	const isFound = is === 'update' || is === 'unchanged';
	return isFound && holdsKeysAlone(row.fields, model) ? { at, outcome: { is: 'unchanged', ..._id } } : row;
}
