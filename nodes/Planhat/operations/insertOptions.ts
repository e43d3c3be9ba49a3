import type { INodeProperties } from 'n8n-workflow';

import type { CompanyBy } from '../readers/referenceRules';
import { listed } from '../report/words';
import { requireSameOptions } from '../rows/batchRules';
import { withCleanNames } from '../rows/cleanNames';
import { companyBy } from '../rows/referenceOptions';
import type { Given } from '../rows/row';
import type { BatchRun } from '../run/context';
import { readBatchSwitch } from '../run/batchSwitch';
import { fromWideTable, readWideTable } from './metricTable';
import { withCheckedTargets, withExternalIds } from './metricTargets';

/** How tables hold metrics. */
export const insertOptions: readonly INodeProperties[] = [
	{
		displayName: 'Check Targets',
		name: 'checkTargets',
		type: 'boolean',
		default: false,
		description:
			'Whether to fail rows whose record Planhat does not have, with one list per record type. Otherwise Planhat drops them silently.',
	},
	{
		displayName: 'Clean Names',
		name: 'cleanNames',
		type: 'boolean',
		default: false,
		description: 'Whether to replace spaces and special characters in names of metrics with _',
	},
	{
		displayName: 'Rows Hold',
		name: 'rowsHold',
		type: 'options',
		default: 'oneValue',
		options: [
			{ name: 'One Value', value: 'oneValue' },
			{ name: 'Several Metrics', value: 'severalMetrics', description: 'One column for each metric' },
		],
		description: 'How the rows of your data hold metrics',
	},
	{
		displayName: 'Metric Columns',
		name: 'metricColumns',
		type: 'string',
		default: '',
		placeholder: 'e.g. Logins, Exports',
		description:
			"With several metrics: the columns, separated by commas. Empty takes all but target, date and 'model'.",
	},
	{
		displayName: 'Date Column',
		name: 'dateColumn',
		type: 'string',
		default: 'date',
		description: 'With several metrics: the column with the date',
	},
	{
		displayName: 'Target Column',
		name: 'targetColumn',
		type: 'string',
		default: 'externalId',
		description: 'With several metrics: the column that says whose values they are',
	},
];

/** Planhat takes the external IDs of companies alone. */
export const companiesOption: INodeProperties = { ...companyBy, default: 'externalId' };

/**
 * Reads how the rows of a run hold metrics.
 * @returns what makes rows of them that hold one value each, for a known record
 * @throws NodeOperationError where an option cannot take what it is given
 */
export async function readMetricTable(first: BatchRun): Promise<(run: BatchRun, given: Given) => Promise<Given>> {
	await requireSameOptions(first, [...insertOptions.filter(({ type }) => type !== 'boolean'), companyBy]);
	const table = readWideTable(first);
	const cleans = await readBatchSwitch(first, 'cleanNames', 'Clean Names');
	const checks = await readBatchSwitch(first, 'checkTargets', 'Check Targets');
	const by = first.parameter('options.companyBy', 0, 'externalId') as CompanyBy;
	return async (run, given) => {
		if (run.refusal !== undefined) return given;
		let rows = given;
		if (table !== undefined) rows = await fromWideTable(run, given, table);
		if (cleans) {
			const cleaned = await withCleanNames(rows, () => run.yieldToEventLoop());
			rows = cleaned.given;
			const shown = [...cleaned.changed].map(([name, clean]) => `'${name}' as '${clean}'`);
			if (shown.length > 0) run.hint(`Names of metrics were cleaned: ${listed(shown)}.`);
		}
		rows = await withExternalIds(run, rows, by);
		return checks ? await withCheckedTargets(run, rows) : rows;
	};
}
