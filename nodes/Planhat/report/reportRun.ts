import type { Outcome } from '../answers/outcome';
import type { Batch, Cost } from '../batch/sendBatches';
import { columnHints, leftOut, type LeftOut } from '../columns/columnHints';
import type { Columns } from '../columns/column';
import { rawWay } from '../rows/mappedByHand';
import { columnsText, hasKeyColumn, unmatchedText } from '../rows/requiredFields';
import type { BatchRun } from '../run/context';
import { joinedHints, type RunHints } from '../run/runHint';
import { blankFieldHints } from './blankFields';
import { batchHints } from './hints';
import { overwrittenHint } from './overwritten';
import { reportedRows, type ReportedRows } from './reported';
import { stopError } from './stopError';
import { verifyHints } from './verified';
import { noKeyColumnText } from './words';

type WithColumns = ReadonlyArray<{ columns: Columns }>;

/** What is said about the columns of all credentials. */
function columnHintsOf(batches: WithColumns): RunHints {
	return joinedHints(batches.map(({ columns }) => columnHints(columns)));
}

/** Shows what is to be said about the columns of all credentials; each thing is shown once. */
export function showColumnHints(run: Pick<BatchRun, 'hint'>, batches: WithColumns): void {
	const { lost, told } = columnHintsOf(batches);
	for (const hint of lost) run.hint(hint, true);
	for (const hint of told) run.hint(hint);
}

/** The columns of all credentials that went nowhere. */
export function leftOutOf(batches: WithColumns): LeftOut {
	const all = batches.map(({ columns }) => leftOut(columns));
	const unique = (name: keyof LeftOut) => [...new Set(all.flatMap((one) => one[name]))];
	return { unknown: unique('unknown'), readOnly: unique('readOnly') };
}

function isKeylessSent({ given, columns: { model, rules } }: Pick<Batch, 'given' | 'columns'>): boolean {
	return (
		given.fresh === undefined &&
		model.keys.length > 0 &&
		rules.writes === 'either' &&
		rules.options.keylessRows === 'create'
	);
}

/** Only where the input items are the rows has the user columns. Rows that are refused for other reasons say so themselves. */
function unmatchedIn({ node, model }: BatchRun, reported: ReportedRows, [first]: readonly Batch[]): string | undefined {
	if (rawWay(node) !== 'automatic' || first === undefined) return undefined;
	const codeOf = (outcome: Outcome) => ('why' in outcome ? outcome.why.code : undefined);
	const isLacking = reported.outcomes.every((outcome, at) => {
		const code = codeOf(outcome);
		return code === 'missingFields' || code === 'noKey' || (code === 'badValues' && reported.keysAt(at).length === 0);
	});
	if (!isLacking) return undefined;
	const hasNoKeys = reported.outcomes.every((outcome) => codeOf(outcome) === 'noKey') && !hasKeyColumn(first.columns);
	return unmatchedText(first.columns) ?? (hasNoKeys ? noKeyColumnText(model, columnsText(first.columns)) : undefined);
}

/**
 * Puts together what became of all rows of a run, and shows what concerns the run and no single row.
 * @throws NodeApiError or NodeOperationError where the run was canceled, and where On Error is Stop and a row was not applied
 */
export async function reportRun(run: BatchRun, batches: readonly Batch[], cost: Cost): Promise<ReportedRows> {
	const breathe = async () => {
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	};
	await breathe();
	const reported = reportedRows(run, batches, cost);
	const { lost, told } = columnHintsOf(batches);
	const error =
		run.stops || reported.isCancelled
			? stopError(reported, [...new Set([...lost, ...told])], unmatchedIn(run, reported, batches))
			: undefined;
	if (error !== undefined) throw error;
	await breathe();
	for (const hint of await batchHints(reported, batches.some(isKeylessSent))) run.hint(hint, true);
	for (const hint of await blankFieldHints(reported, batches)) run.hint(hint, true);
	const overwritten = await overwrittenHint(run, batches);
	if (overwritten !== undefined) run.hint(overwritten, true);
	for (const hint of verifyHints(reported)) run.hint(hint, true);
	showColumnHints(run, batches);
	return reported;
}
