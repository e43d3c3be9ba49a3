import type { IDataObject } from 'n8n-workflow';

import { notAppliedItems } from '../batch/report';
import { postRows } from '../batch/sendPosts';
import { tenantTokenPlaceholder } from '../credential/settings';
import { pairedWithAll } from '../run/errorItems';
import type { BatchOperation } from '../run/operation';
import { countRows, requestsOf } from '../batch/batchCounts';
import { readBatches, sendBatches } from '../batch/batches';
import { hintAt, throwLosses } from '../batch/batchWords';
import { readTaken } from '../batch/taken';

function refuse({ dimensionId, value }: IDataObject): string | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value)) return `'value' takes a number, not '${String(value)}'`;
	if (/\s/.test(String(dimensionId))) return `'dimensionId' takes no spaces: '${String(dimensionId)}'`;
	return undefined;
}

/** Adds the metric values of all input items, in as few requests as Planhat takes. */
export const insert: BatchOperation = {
	value: 'insert',
	name: 'Insert',
	action: () => 'Insert metric values',
	description: () =>
		'Add values of metrics over time (dimension data). Planhat takes them before it processes them, so that some may still be dropped later.',
	request: ({ path }) => ({ method: 'POST', url: `${path}/${tenantTokenPlaceholder}`, host: 'analytics' }),
	output: () => [
		{ name: 'processed', type: 'number' },
		{ name: 'errors', type: 'objects' },
		{ name: 'rows', type: 'number' },
		{ name: 'requests', type: 'number' },
	],
	takes: ['fields'],
	mapper: 'add',

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const { model } = first;
		const batches = await readBatches(contexts, { mayUpdate: false, refuse });
		const target = { verb: 'insert', record: model.plural, permission: model.name };
		const request = { ...insert.request(model), target };
		const before = requestsOf(batches);
		let processed = 0;
		const errors: unknown[] = [];
		await sendBatches(batches, async (batch) => {
			await postRows(batch, request, true, (body, rows) => {
				const taken = readTaken(body, rows, batch.run.transport);
				processed += taken.processed;
				for (const error of taken.errors) errors.push(error);
				// Many thousands go together: those of which only a few were refused are not called doubtful one by one.
				return rows > 1 && taken.unnamed > 0 ? { ...taken, outcome: { outcome: 'created' } } : taken;
			});
		});
		hintAt(batches);
		if (first.stops) throwLosses(batches);
		const rows = countRows(batches);
		const json = { processed, errors, rows, requests: requestsOf(batches) - before } as IDataObject;
		return [{ json, pairedItem: pairedWithAll(first) }, ...(await notAppliedItems(batches))];
	},
};
