import type { Columns } from '../columns/column';
import { learnReferences, planColumns } from '../columns/columns';
import type { ColumnRun, GivenRow } from '../columns/plannedColumns';
import type { Rules } from '../columns/rules';
import { companyOf } from './keys';

/**
 * Finds out what each column of the rows means, and which records their values name, in as few requests as that takes.
 * @param run of the rows; what it has learnt before is kept
 * @throws the signal's reason when the execution is cancelled meanwhile
 */
export async function planRows(run: ColumnRun, rows: readonly GivenRow[], rules: Rules): Promise<Columns> {
	const columns = await planColumns(run, rows, rules);
	await learnReferences(run, columns, rows, ({ given }) => companyOf(given, columns));
	return columns;
}
