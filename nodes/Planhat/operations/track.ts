import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Batch } from '../batch/outcomes';
import { rowItems } from '../batch/report';
import { postRows, type ReadAnswer } from '../batch/sendPosts';
import { tenantTokenPlaceholder } from '../credential/settings';
import type { BatchOperation } from '../run/operation';
import type { PlanhatRequest } from '../transport/request';
import { readBatches, sendBatches } from '../batch/batches';
import { hintAt, throwLosses } from '../batch/batchWords';
import { readTaken } from '../batch/taken';

const takenFirst =
	'Planhat answers that it has taken the activities before it processes them, and does not say later which it dropped.';

const endpoint: INodeProperties = {
	displayName: 'Endpoint',
	name: 'endpoint',
	type: 'options',
	default: 'auto',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: 'One activity goes to the live endpoint, more go to the bulk endpoint',
		},
		{ name: 'Bulk', value: 'bulk', description: 'All activities in as few requests as possible' },
		{ name: 'Live', value: 'live', description: 'One request for each activity' },
	],
	description: 'Where the activities go',
};

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
	request: ({ path }) => ({ method: 'POST', url: `${path}/${tenantTokenPlaceholder}`, host: 'analytics' }),
	output: ({ fields }) => [
		{ name: 'accepted', type: 'boolean' },
		...fields.filter(({ name }) => shownFields.includes(name)),
	],
	takes: ['fields'],
	mapper: 'add',
	options: [endpoint],

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const { model } = first;
		const batches = await readBatches(contexts, { mayUpdate: false });
		const endpoint = first.parameter('options.endpoint', 0, 'auto');
		const target = { verb: 'track', record: model.plural, permission: model.name };
		const live: PlanhatRequest = { ...track.request(model), target };
		const bulk: PlanhatRequest = { ...live, url: `${model.path}/bulk/${tenantTokenPlaceholder}` };
		await sendBatches(batches, async (batch) => {
			const isLive = endpoint === 'live' || (endpoint !== 'bulk' && batch.rows.length === 1);
			const read: ReadAnswer = (body, rows) => readTaken(body, rows, batch.run.transport);
			await postRows(batch, isLive ? live : bulk, !isLive, read);
		});
		hintAt(batches);
		if (first.stops) throwLosses(batches);
		first.hint(takenFirst);
		return await rowItems(batches, acceptedItem);
	},
};
