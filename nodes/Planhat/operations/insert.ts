import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../transport/answers';
import { tenantTokenPlaceholder } from '../transport/settings';
import { hintAt, lossItems, pairedWithAll, throwLosses } from './batchReport';
import { readBatch, settlePending } from './batchRows';
import { postRows } from './postRows';
import type { BatchContext, BatchOperation } from './types';

function refuse({ dimensionId, value }: IDataObject): string | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value)) return `'value' takes a number, not '${String(value)}'`;
	if (/\s/.test(String(dimensionId))) return `'dimensionId' takes no spaces: '${String(dimensionId)}'`;
	return undefined;
}

/** What the answers say, added up: how many values were taken, and Planhat's entries for those that were not. */
interface Tally {
	processed: number;
	errors: unknown[];
}

function add(tally: Tally, body: unknown): void {
	const { processed, errors } = isRecord(body) ? body : {};
	tally.processed += Number(processed) || 0;
	if (Array.isArray(errors)) for (const error of errors as unknown[]) tally.errors.push(error);
}

/** Adds the metric values of all input items, in as few requests as Planhat takes. */
export const insert: BatchOperation = {
	value: 'insert',
	name: 'Insert',
	action: () => 'Insert metric values',
	description: () =>
		'Add values of metrics over time (dimension data). Planhat takes them before it processes them, so that some may still be dropped later.',
	request: ({ path }) => ({ method: 'POST', url: `${path}/${tenantTokenPlaceholder}` }),
	output: () => [
		{ name: 'processed', type: 'number' },
		{ name: 'errors', type: 'objects' },
		{ name: 'rows', type: 'number' },
		{ name: 'requests', type: 'number' },
	],
	properties: () => [],

	async runAll(context: BatchContext): Promise<INodeExecutionData[]> {
		const { model, transport } = context;
		const batch = await readBatch(context, { mayUpdate: false, refuse });
		const tally: Tally = { processed: 0, errors: [] };
		const isSound = batch.outcomes.every((outcome) => outcome === undefined);
		const target = { verb: 'insert', record: model.plural, permission: model.name };
		const request = { ...insert.request(model), host: 'analytics', target } as const;
		const before = transport.effort.requests;
		if (isSound || !context.stops) await postRows(context, batch, request, true, (body) => add(tally, body));
		else settlePending(batch);
		hintAt(context, batch);
		if (context.stops) throwLosses(context, batch);
		const requests = transport.effort.requests - before;
		const json = { processed: tally.processed, errors: tally.errors, rows: batch.rows.length, requests } as IDataObject;
		return [{ json, pairedItem: pairedWithAll(context) }, ...(await lossItems(context, batch))];
	},
};
