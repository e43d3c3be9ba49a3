import type { INodeProperties } from 'n8n-workflow';

import { postAll, preparePosts, type Posting } from '../batch/posts';
import { costFromNow } from '../batch/sendBatches';
import { stopAboveOption } from '../batch/stopAbove';
import { tenantTokenPlaceholder } from '../credential/settings';
import { reportRun } from '../report/reportRun';
import { toItems, type GoodItem } from '../report/toItems';
import type { BatchOperation } from '../run/operation';
import type { PlanhatRequest } from '../transport/request';

const takenFirst = 'Planhat confirms receipt before it validates values.';

const endpoint: INodeProperties = {
	displayName: 'Endpoint',
	name: 'endpoint',
	type: 'options',
	default: 'auto',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: 'Send one activity to the live endpoint, several to the bulk endpoint',
		},
		{ name: 'Bulk', value: 'bulk', description: 'Send all activities in as few requests as possible' },
		{ name: 'Live', value: 'live', description: 'Send one request for each activity' },
	],
	description: 'How to send the activities to Planhat',
};

/** What the output shows of each activity. */
const shownFields = ['email', 'externalId', 'action'];

const acceptedItem: GoodItem = ({ rows }, at) => {
	const { item = 0, given = {} } = rows[at] ?? {};
	const known = shownFields.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]));
	return { json: { accepted: true, ...Object.fromEntries(known) }, pairedItem: { item } };
};

/** Tells Planhat what end users did: one activity to the live endpoint, more to the bulk endpoint. */
export const track: BatchOperation = {
	value: 'track',
	name: 'Track',
	action: () => 'Track user activities',
	description: () => `Send activities of end users in your product. ${takenFirst}`,
	request: ({ path }) => ({ method: 'POST', url: `${path}/${tenantTokenPlaceholder}`, host: 'analytics' }),
	output: ({ fields }) => [
		{ name: 'accepted', type: 'boolean' },
		...fields.filter(({ name }) => shownFields.includes(name)),
	],
	takes: ['fields'],
	mapper: 'add',
	options: [endpoint],
	optionsForPeople: [stopAboveOption],

	async runAll(contexts) {
		const [first] = contexts;
		if (first === undefined) return [];
		const { model } = first;
		const endpoint = first.parameter('options.endpoint', 0, 'auto');
		const target = { verb: 'track', record: model.plural, permission: model.name };
		const live: PlanhatRequest = { ...track.request(model), target };
		const bulk: PlanhatRequest = { ...live, url: `${model.path}/bulk/${tenantTokenPlaceholder}` };
		const requestFor = (rows: number) => {
			const isAlone = endpoint === 'live' || (endpoint !== 'bulk' && rows === 1);
			return { request: isAlone ? live : bulk, isAlone };
		};
		const postings: Posting[] = [];
		for (const run of contexts) postings.push(await preparePosts(run, {}, requestFor));
		const cost = costFromNow(contexts);
		const batches = await postAll(postings, cost, 'unknown');
		const reported = await reportRun(first, batches, cost());
		first.hint(takenFirst);
		return await toItems(reported, acceptedItem);
	},
};
