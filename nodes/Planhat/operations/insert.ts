import type { IDataObject } from 'n8n-workflow';

import { postAll, preparePosts, type Posting } from '../batch/posts';
import { costFromNow } from '../batch/sendBatches';
import { stopAboveOption } from '../batch/stopAbove';
import { tenantTokenPlaceholder } from '../credential/settings';
import { reportRun } from '../report/reportRun';
import { toItems } from '../report/toItems';
import { rowsOf } from '../report/words';
import { pairedWithAll } from '../run/errorItems';
import type { BatchOperation } from '../run/operation';
import { companiesOption, insertOptions, readMetricTable } from './insertOptions';
import { insertRules } from './insertRules';

/** Adds the metric values of all input items, in as few requests as Planhat takes. */
export const insert: BatchOperation = {
	value: 'insert',
	name: 'Insert',
	action: () => 'Insert metric values',
	description: () =>
		'Add metric values over time (dimension data). Planhat confirms receipt before it validates values.',
	request: ({ path }) => ({ method: 'POST', url: `${path}/${tenantTokenPlaceholder}`, host: 'analytics' }),
	output: () => [
		{ name: 'processed', type: 'number' },
		{ name: 'errors', type: 'objects' },
		{ name: 'rows', type: 'number' },
		{ name: 'requests', type: 'number' },
	],
	takes: ['fields'],
	mapper: 'add',
	optionsForPeople: [...insertOptions, companiesOption, stopAboveOption],

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const { model } = first;
		const target = { verb: 'insert', record: model.plural, permission: model.name };
		const request = { ...insert.request(model), target };
		const reshape = await readMetricTable(first);
		const postings: Posting[] = [];
		for (const run of contexts)
			postings.push(await preparePosts(run, insertRules, () => ({ request, isAlone: false }), reshape));
		const cost = costFromNow(contexts);
		// Many thousands go together: those of which only a few were refused are not called doubtful one by one.
		const batches = await postAll(postings, cost, 'applied');
		const reported = await reportRun(first, batches, cost());
		const sum = (countOf: (batch: (typeof batches)[number]) => number) =>
			batches.reduce((total, batch) => total + countOf(batch), 0);
		const errors = batches.flatMap((batch) => batch.errors);
		const moreErrors = sum(({ errorsInAll }) => errorsInAll) - errors.length;
		const uncounted = sum((batch) => batch.uncounted);
		if (uncounted > 0) first.hint(`Planhat's answer does not say how many of ${rowsOf(uncounted)} it took.`, true);
		const json = {
			processed: sum(({ processed }) => processed),
			errors,
			...(moreErrors > 0 && { moreErrors }),
			rows: reported.rows.length,
			requests: reported.effort.requests,
		} as IDataObject;
		const pause = first.yieldToEventLoop();
		if (pause) await pause;
		return await toItems(reported, () => undefined, [{ json, pairedItem: pairedWithAll(first) }]);
	},
};
