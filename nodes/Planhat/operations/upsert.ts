import { findLayers } from '../batch/duplicates';
import { batchOptions, limitsOf, readDuplicateRule } from '../batch/options';
import { matchOptions, readMatchRule } from '../batch/matchOptions';
import { readMatchedRows } from '../batch/matchRows';
import { mergeRows } from '../batch/mergeRows';
import { packChunks } from '../batch/pack';
import { keepWritten, readBack, verifyOption } from '../batch/readBack';
import { readsFirst } from '../batch/readsFirst';
import { costFromNow, type Prepared } from '../batch/sendBatches';
import { sendAll } from '../batch/sendChunks';
import { asksFirst, guardOptions, guardRows, readGuards, Touched } from '../batch/writeGuards';
import { writeRows } from '../batch/writeRows';
import { outcomeFields } from '../output/outputFields';
import { keylessRows } from '../report/keyless';
import { countMissing, dryRun } from '../report/plan';
import { previewItems, type PreviewedRows } from '../report/preview';
import { leftOutOf, reportRun } from '../report/reportRun';
import { toItems } from '../report/toItems';
import { summaryItem } from '../report/summary';
import { readBatchRules, requireSameOptions } from '../rows/batchRules';
import { planTogether } from '../columns/columns';
import { readListMode } from '../rows/listMode';
import { listModeOption } from '../rows/listModeOption';
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
		limits: limitsOf(first),
		match: readMatchRule(first),
		listMode: readListMode((name, fallback) => first.parameter(name, 0, fallback)),
	};
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
	optionsForPeople: [...matchOptions, ...guardOptions, verifyOption],

	isDryRun: (parameter) =>
		['dryRun', 'preview'].some((name) => parseSwitch(parameter(`options.${name}`, 0, false)) === true),

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const { isDryRun, rule, guards, verifies, limits, match, listMode } = await readChoices(first);
		const missing = new Map<string, number>();
		const planned: Array<Omit<Prepared, 'chunks' | 'order' | 'keys'> & Required<Pick<Prepared, 'order' | 'keys'>>> = [];
		for (const run of contexts) {
			const rules = await readBatchRules(run, 'either');
			const { given, columns } = await readMatchedRows(run, rules, match);
			const keys = new RowKeys(given.rows, columns);
			planned.push({ run, given, columns, keys, order: await findLayers(run, given, keys, rule) });
		}
		planTogether(planned.map(({ columns }) => columns));
		const touched = new Touched();
		const prepared: Prepared[] = [];
		const previews: PreviewedRows[] = [];
		for (const one of planned) {
			const { run, given, columns, order, keys } = one;
			const written = await mergeRows(run, writeRows(run, given, columns, order, keys), columns, listMode);
			const guarded =
				isDryRun || !asksFirst(guards) ? undefined : await guardRows(run, written, columns, guards, touched);
			const rows = guarded?.rows ?? (isDryRun ? countMissing(written, missing) : written);
			if (guarded !== undefined) previews.push({ ...one, planned: guarded.planned });
			const kept: Written[] = [];
			const sent = verifies ? keepWritten(rows, kept) : rows;
			prepared.push({ ...one, ...(verifies && { written: kept }), chunks: packChunks(run, sent, limits) });
		}
		if (isDryRun) return [await dryRun(first, prepared, missing, readsFirst(guards, verifies, first.model))];
		const isSummary = first.parameter('options.report', 0, 'perRow') === 'summary';
		if (guards.isPreview) return await previewItems(first, previews, isSummary);
		const tooMany = touched.refusal(first, guards);
		if (tooMany !== undefined) throw tooMany;
		const cost = costFromNow(contexts);
		const sent = await sendAll(prepared, limits, upsert.request(first.model), cost, !isSummary);
		const batches = verifies ? await readBack(sent) : sent;
		const reported = await reportRun(first, batches, cost());
		if (!isSummary) return await toItems(reported);
		return await toItems(reported, () => undefined, [
			summaryItem(reported, leftOutOf(batches), await keylessRows(reported)),
		]);
	},
};
