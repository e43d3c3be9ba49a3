import type { INodeProperties } from 'n8n-workflow';

import type { BatchRun } from '../run/context';
import { isBlank } from '../values/checks';

/** How rows find their records, where not by the keys that Planhat matches by. */
export interface MatchRule {
	/** Name of the field; of a custom one also with `custom.` before it. */
	field: string;
	/** What happens to a row that several records have the value of. */
	several: 'fail' | 'first';
}

/** The options about rows that find their records by any field. */
export const matchOptions: readonly INodeProperties[] = [
	{
		displayName: 'Match On',
		name: 'matchOn',
		type: 'string',
		default: '',
		placeholder: 'e.g. custom.CRM ID',
		description: 'Field to find records by where rows have no key that Planhat knows. Reads one more list per run.',
	},
	{
		displayName: 'Several Matches',
		name: 'manyMatches',
		type: 'options',
		default: 'fail',
		options: [
			{ name: 'Fail the Row', value: 'fail' },
			{ name: 'Use the First', value: 'first', description: 'The record that was created first' },
		],
		description: "What to do when several records have the value of 'Match On'",
	},
];

/** Reads by which field rows find their records; undefined where it is by their keys. */
export function readMatchRule(run: Pick<BatchRun, 'parameter'>): MatchRule | undefined {
	const field = run.parameter('options.matchOn', 0, '');
	if (typeof field !== 'string' || isBlank(field)) return undefined;
	const several = run.parameter('options.manyMatches', 0, 'fail');
	return { field: field.trim(), several: several === 'first' ? 'first' : 'fail' };
}
