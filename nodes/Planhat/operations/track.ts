import type { INodeExecutionData } from 'n8n-workflow';

import type { PlanhatRequest } from '../transport/request';
import { tenantTokenPlaceholder } from '../transport/settings';
import { hintAt, rowItems, throwLosses } from './batchReport';
import { readBatch, settlePending, type Batch } from './batchRows';
import { postRows } from './postRows';
import type { BatchOperation } from './types';

const takenFirst =
	'Planhat answers that it has taken the activities before it processes them, and does not say later which it dropped.';

/** What the output shows of each activity. */
const shownFields = ['email', 'externalId', 'action'];

function acceptedItem({ rows }: Batch, position: number): INodeExecutionData {
	const { item = 0, given = {} } = rows[position] ?? {};
	const known = shownFields.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]));
	return { json: { accepted: true, ...Object.fromEntries(known) }, pairedItem: { item } };
}

/** Tells Planhat what end users did: one activity to the live endpoint, more to the bulk endpoint. */
export const track: BatchOperation = {
	value: 'track',
	name: 'Track',
	action: () => 'Track user activities',
	description: () => `Send what end users did in your product. ${takenFirst}`,
	request: ({ path }) => ({ method: 'POST', url: `${path}/${tenantTokenPlaceholder}` }),
	output: ({ fields }) => [
		{ name: 'accepted', type: 'boolean' },
		...fields.filter(({ name }) => shownFields.includes(name)),
	],
	properties: () => [],

	async runAll(context) {
		const { model } = context;
		const batch = await readBatch(context, { mayUpdate: false });
		const isSound = batch.outcomes.every((outcome) => outcome === undefined);
		const endpoint = context.parameter('options.endpoint', 0, 'auto');
		const isLive = endpoint === 'live' || (endpoint !== 'bulk' && batch.rows.length === 1);
		const target = { verb: 'track', record: model.plural, permission: model.name };
		const { method, url } = track.request(model);
		const bulkUrl = `${model.path}/bulk/${tenantTokenPlaceholder}`;
		const request: PlanhatRequest = { method, url: isLive ? url : bulkUrl, host: 'analytics', target };
		if (isSound || !context.stops) await postRows(context, batch, request, !isLive, () => {});
		settlePending(batch);
		hintAt(context, batch);
		if (context.stops) throwLosses(context, batch);
		context.hint(takenFirst);
		return await rowItems(context, batch, acceptedItem);
	},
};
