import type { Columns } from '../columns/column';
import { companyOf } from '../rows/keys';
import type { Given } from '../rows/row';
import type { RowKeys } from '../rows/rowKeys';
import type { BatchRun } from '../run/context';
import { companyFieldOf } from '../batch/recordIndex';
import { knownRecords } from './knownRecords';
import { readsBack, readsFirst, readsText, type ReadingRows, type Reads } from './readsFirst';
import type { Condition } from './reportMissing';
import type { Guards } from './writeGuards';

/** The rows that go out with one credential, before any of their records is read. */
interface UnreadRows {
	run: BatchRun;
	given: Given;
	columns: Columns;
	keys: RowKeys;
}

async function lookAt(
	{ run, given, columns, keys }: UnreadRows,
	conditions: readonly Condition[],
): Promise<ReadingRows> {
	const counts = new Map<string, number>();
	const company = companyFieldOf(run.model);
	let namesCompanies = conditions.some(({ field, value }) => field === company && /^(ext|src)id-/.test(value));
	let lacksCompany = false;
	for (const [at, row] of given.rows.entries()) {
		keys.tell(at, (name) => counts.set(name, (counts.get(name) ?? 0) + 1));
		const named = company === undefined ? undefined : companyOf(row.given, columns);
		namesCompanies ||= named !== undefined && named.form !== '_id';
		lacksCompany ||= named === undefined;
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	const isNarrowed = conditions.some(({ field }) => field === (company ?? '_id') || field === '_id');
	return { keys: counts, namesCompanies, lacksCompany, isNarrowed, isKnown: (await knownRecords(run)) !== undefined };
}

/** How many requests it takes at most to find the records of rows before anything is sent, and to read them back. */
export async function readsOf(
	rows: UnreadRows,
	guards: Guards,
	conditions: readonly Condition[] | undefined,
): Promise<{ first: Reads; back: Reads }> {
	const { model } = rows.run;
	const reading = await lookAt(rows, conditions ?? []);
	return {
		first: readsFirst(guards, model, reading, conditions !== undefined),
		back: readsBack(guards, model, reading),
	};
}

/** Says how many requests it takes to read the records, before they are read. */
export function announce({ tell, model }: Pick<BatchRun, 'tell' | 'model'>, reads: Reads): void {
	const text = readsText(reads);
	if (text !== undefined) tell(`Create or Update reads the ${model.plural} first: ${text}.`);
}
