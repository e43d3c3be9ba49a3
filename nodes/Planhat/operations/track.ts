import type { INodeExecutionData } from 'n8n-workflow';

import { tenantTokenPlaceholder } from '../transport/settings';
import { hintAt, lossItems, throwLosses } from './batchReport';
import { pendingRows, readBatch, settlePending, textOf, type Batch } from './batchRows';
import { errorsNotFirst } from './errorItems';
import { postRows } from './postRows';
import type { BatchContext, BatchOperation } from './types';

const takenFirst =
	'Planhat answers that it has taken the activities before it processes them, and does not say later which it dropped.';

function acceptedItems(batch: Batch): INodeExecutionData[] {
	return batch.rows.flatMap(({ item, given }, position) => {
		if (batch.outcomes[position]?.outcome !== 'created') return [];
		const { email, externalId, action } = given;
		const known = Object.entries({ email, externalId, action }).filter(([, value]) => value !== undefined);
		return [{ json: { accepted: true, ...Object.fromEntries(known) }, pairedItem: { item } }];
	});
}

async function sendLive(context: BatchContext, batch: Batch, url: string): Promise<void> {
	const target = { verb: 'track', record: context.model.singular, permission: context.model.name };
	for (const row of pendingRows(batch)) {
		context.signal?.throwIfAborted();
		const body = Buffer.from(textOf(batch, row));
		const answer = await context.transport.exchange({ method: 'POST', url, body, host: 'analytics', target });
		if (!('failure' in answer)) batch.outcomes[row] = { outcome: 'created' };
		else {
			const { failure, error } = answer;
			const unsure = failure.mayBeApplied ? '. The row may have been applied' : '';
			const reason = `${failure.words || error.message}${unsure}`;
			batch.outcomes[row] = { outcome: unsure ? 'unknown' : 'failed', reason };
			if (context.stops) return;
		}
	}
}

/** Tells Planhat what end users did: one activity to the live endpoint, more to the bulk endpoint. */
export const track: BatchOperation = {
	value: 'track',
	name: 'Track',
	action: () => 'Track user activities',
	description: () => `Send what end users did in your product. ${takenFirst}`,
	request: ({ path }) => ({ method: 'POST', url: `${path}/${tenantTokenPlaceholder}` }),
	properties: () => [],

	async runAll(context) {
		const { model, transport } = context;
		const batch = await readBatch(context, { mayUpdate: false });
		const isSound = batch.outcomes.every((outcome) => outcome === undefined);
		const endpoint = context.parameter('options.endpoint', 0, 'auto');
		const isLive = endpoint === 'live' || (endpoint !== 'bulk' && batch.rows.length === 1);
		if (isSound || !context.stops) {
			const target = { verb: 'track', record: model.plural, permission: model.name };
			const url = `${model.path}/bulk/${tenantTokenPlaceholder}`;
			if (isLive) await sendLive(context, batch, track.request(model).url);
			else await postRows(context, batch, { method: 'POST', url, host: 'analytics', target }, () => {});
		}
		settlePending(batch);
		hintAt(context, batch, { requests: 0, waited: transport.effort.waited, unmatchedErrors: [] });
		if (context.stops) throwLosses(context, batch);
		context.hint(takenFirst);
		return errorsNotFirst([...acceptedItems(batch), ...(await lossItems(context, batch))]);
	},
};
