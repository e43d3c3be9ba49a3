import { isLoss } from '../answers/outcome';
import { batchOptions, limitsOf, readDuplicateRule } from '../batch/options';
import { matchOptions, readMatchRule } from '../held/matchOptions';
import { readMatchedRows } from '../held/matchRows';
import { mergeRows } from '../held/mergeRows';
import { findLeft, mayBeInScope } from '../held/leftSource';
import { closePrevious, countClosings, tellClosings } from '../held/periods/closePrevious';
import { packChunks } from '../batch/pack';
import { periodOptions, readPeriodRules } from '../held/periods/periodOptions';
import { withPeriodKeys, type Periods } from '../held/periods/periods';
import { keepWritten, readBack, verifyOption } from '../held/readBack';
import { announce, readsOf } from '../held/announceReads';
import { pagesOfAll, readsText } from '../held/readsFirst';
import { readConditions, reportMissingOption } from '../held/reportMissing';
import { costFromNow, type Batch, type Prepared } from '../batch/sendBatches';
import { sendAll } from '../batch/sendChunks';
import { findRounds } from '../held/rounds';
import { sendRecords } from '../held/sendRecords';
import { guardRows, isWritten } from '../held/guardRows';
import { keepWants, type Wants } from '../held/knownRecords';
import { Touched } from '../held/touched';
import { asksFirst, fieldsLookedAt, guardOptions, looksForRecords, readGuards } from '../held/writeGuards';
import { writeRows } from '../batch/writeRows';
import { outcomeFields } from '../output/outputFields';
import { keylessRows } from '../report/keyless';
import { leftCount, leftItems } from '../report/leftItems';
import { countMissing, dryRun } from '../report/plan';
import { previewItems, type PreviewedRows } from '../report/preview';
import { leftOutOf, reportRun } from '../report/reportRun';
import { toItems } from '../report/toItems';
import { summaryItem } from '../report/summary';
import { readBatchRules, requireSameOptions } from '../rows/batchRules';
import type { Columns } from '../columns/column';
import { planTogether } from '../columns/columns';
import type { Model } from '../resources/types';
import { readListMode } from '../compared/listMode';
import { listModeOption } from '../compared/listModeOption';
import type { Written } from '../rows/row';
import { RowKeys } from '../rows/rowKeys';
import { readBatchSwitch } from '../run/batchSwitch';
import type { BatchRun } from '../run/context';
import type { BatchOperation } from '../run/operation';
import { parseSwitch } from '../values/switches';

/** The options whose values count for the rows of all credentials together. */
const sharedOptions = [...batchOptions, ...guardOptions, ...matchOptions, listModeOption].filter(
	({ type }) => type !== 'boolean',
);

/** How rows find their records. */
async function readMatching(first: BatchRun) {
	const match = readMatchRule(first);
	return { match, periodRules: await readPeriodRules(first, match) };
}

/**
 * Reads what the user wants of all rows.
 * @throws NodeOperationError where an option cannot be used, or differs among the items
 */
async function readChoices(first: BatchRun) {
	const isDryRun = await readBatchSwitch(first, 'dryRun', 'Dry Run');
	await requireSameOptions(first, sharedOptions);
	return {
		isDryRun,
		rule: readDuplicateRule(first),
		guards: await readGuards(first),
		verifies: await readBatchSwitch(first, verifyOption.name, verifyOption.displayName),
		limits: { ...limitsOf(first), ...(first.model.namedBy !== undefined && { rows: 1 }) },
		...(await readMatching(first)),
		conditions: await readConditions(first),
		listMode: readListMode((name, fallback) => first.parameter(name, 0, fallback)),
	};
}

/** The rows that go out with one credential, before they are written. */
interface PlannedRun extends Omit<Prepared, 'chunks' | 'order' | 'keys'>, Required<Pick<Prepared, 'keys'>> {
	/** Whether their keys are those of periods. */
	isByPeriod: boolean;
}

/** What the stages of a run look at of the records that Planhat holds. */
function wantsOf({ guards, listMode, conditions }: Awaited<ReturnType<typeof readChoices>>, model: Model): Wants {
	return {
		...(looksForRecords(guards, listMode, model) && {
			names: (columns: Columns) => fieldsLookedAt(guards, listMode, columns),
		}),
		...(conditions && { isWhole: mayBeInScope(model, conditions) }),
	};
}

function hasApplied({ outcomes }: Pick<Batch, 'outcomes'>): boolean {
	return outcomes.some((outcome) => !isLoss(outcome));
}

/** Creates or changes the records of all input items, in as few requests as Planhat takes. */
export const upsert: BatchOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: ({ singular }) => `Create or update ${singular}`,
	description: ({ singular }) => `Create a new ${singular} or update an existing one (upsert)`,
	request: ({ path }) => ({ method: 'PUT', url: path }),
	output: outcomeFields,
	takes: ['fields'],
	mapper: 'upsert',
	options: batchOptions,
	optionsForPeople: [...matchOptions, ...periodOptions, ...guardOptions, reportMissingOption, verifyOption],

	isDryRun: (parameter) =>
		['dryRun', 'preview'].some((name) => parseSwitch(parameter(`options.${name}`, 0, false)) === true),

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const choices = await readChoices(first);
		const { isDryRun, rule, guards, verifies, limits, match, periodRules, conditions, listMode } = choices;
		const periods = new Map<BatchRun, Periods>();
		const { period } = first.model;
		const missing = new Map<string, number>();
		const planned: PlannedRun[] = [];
		for (const run of contexts) {
			const rules = await readBatchRules(run, 'either');
			if (!isDryRun) keepWants(run, wantsOf(choices, run.model));
			if (match !== undefined || periodRules.isKeyed) announce(run, pagesOfAll(run.model));
			const matched = await readMatchedRows(run, rules, match);
			const isKeyed = periodRules.isKeyed && period !== undefined && run.refusal === undefined;
			const keyed = isKeyed ? await withPeriodKeys(run, matched, rules, period) : undefined;
			const { given, columns } = keyed ?? matched;
			if (keyed !== undefined && periodRules.closes) periods.set(run, keyed.periods);
			const keys = new RowKeys(given.rows, columns);
			planned.push({ run, given, columns, keys, isByPeriod: keyed !== undefined });
		}
		planTogether(planned.map(({ columns }) => columns));
		const cost = costFromNow(contexts);
		const reads = new Set<string>();
		for (const one of planned) {
			const { first: before, back } = await readsOf(one, guards, conditions);
			if (!isDryRun) announce(one.run, before);
			const text = readsText(before);
			if (text !== undefined) reads.add(text);
			if (verifies && !guards.isPreview) reads.add(`to verify, ${String(readsText(back))}`);
		}
		const looks = looksForRecords(guards, listMode, first.model);
		const left = isDryRun || conditions === undefined ? undefined : await findLeft(planned, conditions, looks);
		const asks = asksFirst(guards, first.model);
		const readsAlways = asksFirst({ ...guards, isPreview: false }, first.model);
		const touched = new Touched();
		const prepared: Prepared[] = [];
		const previews: PreviewedRows[] = [];
		for (const one of planned) {
			const { run, given, columns, keys } = one;
			const names = fieldsLookedAt(guards, listMode, columns);
			// A preview shows the rounds of the run that it is of.
			const { order, findHeld } = await findRounds(one, rule, isDryRun || !readsAlways ? undefined : names);
			const plain = writeRows(run, given, columns, order, keys);
			const written = await mergeRows(run, plain, columns, listMode, names, asks);
			const guarded = isDryRun || !asks ? undefined : await guardRows(run, written, columns, guards, names, touched);
			const rows = guarded?.rows ?? (isDryRun ? countMissing(written, missing) : written);
			if (guarded !== undefined) previews.push({ ...one, planned: guarded.planned });
			const kept: Written[] = guards.isPreview && guarded !== undefined ? guarded.rows.filter(isWritten) : [];
			touched.closed += countClosings(run, guarded?.rows.filter(isWritten) ?? [], periods.get(run));
			const keeps = verifies || periods.has(run);
			const sent = keeps ? keepWritten(rows, kept) : rows;
			prepared.push({
				...one,
				order,
				...(findHeld && { findHeld }),
				...(keeps && { written: kept }),
				chunks: packChunks(run, sent, limits, given.rows.length),
			});
		}
		if (isDryRun) {
			const plan = await dryRun(first, prepared, missing, reads.size === 0 ? undefined : [...reads].join('; '));
			tellClosings(prepared, periods);
			return [plan];
		}
		if (guards.isPreview) tellClosings(prepared, periods);
		const isSummary = first.parameter('options.report', 0, 'perRow') === 'summary';
		const tooMany = guards.isPreview ? undefined : touched.refusal(first, guards);
		if (tooMany !== undefined) throw tooMany;
		if (guards.isPreview) return await previewItems(first, previews, { isSummary, left, requests: cost().requests });
		const sendCost = costFromNow(contexts);
		const send = async (some: readonly Prepared[]) =>
			first.model.namedBy === undefined
				? await sendAll(some, limits, upsert.request(first.model), sendCost, !isSummary)
				: await sendRecords(some, limits, sendCost);
		const sent = await send(prepared);
		const batches = await closePrevious(verifies ? await readBack(sent) : sent, periods, limits, send);
		const reported = await reportRun(first, batches, sendCost());
		const missed = leftItems(first, left, 'outcome', batches.every(hasApplied));
		if (!isSummary) return [...(await toItems(reported)), ...missed];
		const summary = summaryItem(reported, leftOutOf(batches), await keylessRows(reported));
		Object.assign(summary.json, leftCount(missed, left));
		return [...(await toItems(reported, () => undefined, [summary])), ...missed];
	},
};
