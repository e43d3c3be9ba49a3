import type { INode, INodeProperties } from 'n8n-workflow';

import type { BatchRun } from '../run/context';
import { inputError, type NodeError } from '../transport/errors';
import { isBlank } from '../values/checks';
import { shown } from '../values/json';

/** The option that has nothing sent where the input looks broken, for rows that make a record each: all would be created. */
export const stopAboveOption: INodeProperties = {
	displayName: 'Stop Above',
	name: 'stopAbove',
	type: 'string',
	default: '',
	placeholder: 'e.g. 100 or 10%',
	description: 'Max number of rows, or per cent of them, that may be refused. Above that nothing is sent.',
};

const { displayName } = stopAboveOption;

/** How many rows, or what part of all, may be touched. */
export interface Bound {
	rows?: number;
	perCent?: number;
}

/**
 * Reads how many rows may be touched.
 * @returns undefined where all may
 * @throws NodeOperationError for what is no number and no per cent
 */
export function readBound(run: Pick<BatchRun, 'node' | 'parameter'>): Bound | undefined {
	const value = run.parameter('options.stopAbove', 0, '');
	if (isBlank(value)) return undefined;
	const [, number, sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(String(value)) ?? [];
	if (number !== undefined && sign === '%') return { perCent: Number(number) };
	if (number !== undefined && Number.isInteger(Number(number))) return { rows: Number(number) };
	throw inputError(
		run.node,
		`'${displayName}' takes a number of rows such as 100, or per cent such as 10%, not '${shown(value)}'`,
		'Correct the option, or remove it.',
	);
}

/**
 * Why nothing may be sent.
 * @param counts.said what would become of the rows, in numbers
 * @returns undefined where it may
 */
export function tooMany(
	node: INode,
	{ rows: most = Infinity, perCent }: Bound,
	counts: { touched: number; rows: number; said: string },
): NodeError | undefined {
	const { touched, rows, said } = counts;
	if (touched <= most && (perCent === undefined || touched * 100 <= perCent * rows)) return undefined;
	const bound = perCent === undefined ? String(most) : `${perCent}%`;
	return inputError(
		node,
		`Nothing was sent. ${touched} of ${rows} rows are more than '${displayName}' allows (${bound}): ${said}`,
		`Check the input. To send the rows, raise the option '${displayName}', or remove it.`,
	);
}
