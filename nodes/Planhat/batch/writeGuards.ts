import type { INodeProperties } from 'n8n-workflow';

import type { Columns } from '../columns/column';
import type { Written } from '../rows/row';
import type { BatchRun } from '../run/context';
import { inputError, type NodeError } from '../transport/errors';
import { isBlank } from '../values/checks';
import { shown } from '../values/json';
import { fetchExisting } from './existing';
import type { Settled } from './outcomes';
import { RowPlanner, type PlannedRow, type WriteMode } from './plannedRows';

const writeModes: readonly WriteMode[] = ['createOrUpdate', 'updateOnly', 'createOnly'];

const stopAboveName = 'Stop Above';

/** Options that decide which rows go out, by what Planhat holds. */
export const guardOptions: readonly INodeProperties[] = [
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

/**
 * Reads what may be sent.
 * @throws NodeOperationError where Stop Above is no number and no per cent
 */
export function readGuards(run: Pick<BatchRun, 'node' | 'parameter'>): Guards {
	const mode = writeModes.find((one) => one === run.parameter('options.writeMode', 0, 'createOrUpdate'));
	const stopAbove = readBound(run);
	return { mode: mode ?? 'createOrUpdate', ...(stopAbove && { stopAbove }) };
}

/** Whether Planhat has to be asked for the records before anything is sent. */
export function asksFirst({ mode, stopAbove }: Guards): boolean {
	return mode !== 'createOrUpdate' || stopAbove !== undefined;
}

/** How many rows of a run would do what. */
export class Touched {
	created = 0;

	changed = 0;

	refused = 0;

	rows = 0;

	add(row: PlannedRow | Settled): void {
		this.rows += 1;
		if ('why' in row && !('is' in row)) this.refused += 1;
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

/**
 * Asks Planhat for the records of rows, and leaves out the rows that are not to be sent.
 * @param touched counts what the rows would do
 * @returns each row once: as it is sent, or what became of it
 */
export async function guardRows(
	run: BatchRun,
	rows: Iterable<Written | Settled>,
	columns: Columns,
	{ mode, stopAbove }: Guards,
	touched: Touched,
): Promise<Array<Written | Settled>> {
	const all = await allOf(rows, run);
	const written = all.filter(isWritten);
	const compares = stopAbove !== undefined;
	const index = await fetchExisting(run, written, compares ? namesIn(written) : new Set());
	const planner = new RowPlanner(columns, index, mode, compares);
	const plan = (row: Written | Settled): PlannedRow | Settled => (isWritten(row) ? planner.plan(row) : row);
	const guarded: Array<Written | Settled> = [];
	for (const row of all) {
		const planned = plan(row);
		touched.add(planned);
		guarded.push('is' in planned && planned.is === 'skipped' ? skipped(planned) : row);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return guarded;
}

function skipped({ at, _id, why }: Extract<PlannedRow, { is: 'skipped' }>): Settled {
	return { at, outcome: { is: 'skipped', why, ...(_id !== undefined && { _id }) } };
}
