import assert from 'node:assert/strict';
import { recordLocator, resultOf, storeWorkflow } from '../../e2e/workflows.mjs';
import { closeWorld, openWorld, world } from '../../e2e/world.mjs';
import { inTurns } from '../lib/measure.mjs';
import { deliveries } from './deliveries.mjs';

const autoMap = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
const create = { resource: 'company', operation: 'create', specifyFields: 'map', fields: autoMap };
const get = { resource: 'company', operation: 'get', recordId: recordLocator('externalId', '={{ $json.externalId }}') };
const upsert = { resource: 'company', operation: 'upsert', specifyFields: 'map', fields: autoMap };

const columns = { name: '={{ $json.name }}', externalId: '={{ $json.externalId }}', phase: '={{ $json.name }}' };
const mappedByHand = {
	...upsert,
	fields: {
		...autoMap,
		mappingMode: 'defineBelow',
		value: columns,
		schema: Object.keys(columns).map((id) => ({
			...{ id, displayName: id, type: 'string', required: id === 'name', display: true },
			...{ defaultMatch: false, canBeUsedToMatch: false },
		})),
	},
};

function editFields() {
	const assignments = Object.entries(columns).map(([name, value]) => ({ id: name, name, value, type: 'string' }));
	return {
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'manual', assignments: { assignments }, options: {} },
	};
}

/** What people use who have no node for Planhat: n8n's own HTTP Request node, with the same credential and the items as they are. */
function httpRequest(parameters) {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'planhatApi',
			options: {},
			...parameters,
		},
	};
}

const postEach = () =>
	httpRequest({
		method: 'POST',
		url: `${world.planhat.baseUrl}/companies`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ $json }}',
	});

const getEach = () =>
	httpRequest({ url: `=${world.planhat.baseUrl}/companies/extid-{{ encodeURIComponent($json.externalId) }}` });

/** Chunks made by hand, as people write it who know of the bulk endpoint: it says nothing about single rows. */
function codeNode() {
	return {
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: {
			jsCode: `
const rows = $input.all().map(({ json }) => json);
const answers = [];
for (let start = 0; start < rows.length; start += 5000) {
	const answer = await this.helpers.httpRequest({
		method: 'PUT',
		url: '${world.planhat.baseUrl}/companies',
		headers: { Authorization: 'Bearer ${world.planhat.apiToken}' },
		body: rows.slice(start, start + 5000),
		json: true,
	});
	answers.push({ json: answer });
}
return answers;`,
		},
	};
}

function companies(count) {
	return Array.from({ length: count }, (_, index) => ({ name: `Company ${index}`, externalId: `c-${index}` }));
}

/** Milliseconds that n8n says the node took, after a look at what arrived. */
async function measure(parameters, { count, latency = 0, method, prepare, check, other, onError }) {
	world.planhat.reset();
	prepare?.();
	if (latency > 0) world.planhat.order({ method, latency, times: 'always' });
	const workflow = await storeWorkflow(parameters, { items: companies(count), other, onError });
	const execution = await world.n8n.runManually(workflow);
	const { status, error, output, milliseconds } = resultOf(execution);
	assert.equal(status, 'success', error?.message);
	check(output);
	return milliseconds;
}

/** One kind of work at one latency, by this node and by another one. */
async function compare(parameters, { rounds, other, ...scene }) {
	return await inTurns(
		rounds,
		async () => await measure(parameters, scene),
		async () => await measure(parameters, { ...scene, check: scene.checkOther ?? scene.check, other: other() }),
	);
}

const arrived = (count) => () => assert.equal(world.planhat.records('companies').length, count);

/** How much of each kind of work, and how often. */
const amounts = {
	whole: { rounds: 3, deliveryRounds: 5, creates: 1_000, gets: 300, rows: 12_000, mapped: 300, deliveries: 30 },
	quick: { rounds: 3, deliveryRounds: 3, creates: 300, gets: 100, rows: 4_000, mapped: 300, deliveries: 20 },
	warm: { rounds: 1, creates: 100, gets: 50 },
};

const number = (count) => count.toLocaleString('en');

/** Creates and gets, of which n8n's own node sends all at once, however long the answers take. */
async function itemByItem(id, { latency, rounds, creates, gets }) {
	const common = { latency, rounds };
	const taking = `answers take ${latency} ms`;
	const note = latency === 0 ? undefined : 'which keeps no quota';
	return [
		{
			id: `${id}creates`,
			work: `${number(creates)} creates, ${taking}`,
			...{ unit: 'ms', beside: 'HTTP Request node', note },
			...(await compare(create, {
				...common,
				count: creates,
				method: 'POST',
				other: postEach,
				check: arrived(creates),
				onError: 'continueRegularOutput',
			})),
		},
		{
			id: `${id}gets`,
			work: `${number(gets)} gets by external ID, ${taking}`,
			...{ unit: 'ms', beside: 'HTTP Request node', note },
			...(await compare(get, {
				...common,
				count: gets,
				method: 'GET',
				other: getEach,
				prepare: () => world.planhat.insert('companies', companies(gets)),
				check: (output) =>
					assert.deepEqual(
						output.map(({ json }) => json.externalId),
						companies(gets).map((one) => one.externalId),
					),
			})),
		},
	];
}

async function chunksByHand({ rounds, rows }) {
	return {
		...{ id: 'n8n/upsert', work: `Create or Update of ${number(rows)} rows`, unit: 'ms' },
		beside: 'Code node that makes the chunks by hand',
		...(await compare(upsert, {
			rounds,
			count: rows,
			other: codeNode,
			check: (output) => {
				assert.equal(output.length, rows);
				arrived(rows)();
			},
			checkOther: arrived(rows),
		})),
	};
}

async function mapperByHand({ rounds, mapped }) {
	return {
		...{
			id: 'n8n/mapper',
			work: `The same, ${number(mapped)} rows mapped by hand: three expressions each`,
			unit: 'ms',
		},
		beside: 'Edit Fields node with these expressions, which sends nothing',
		...(await compare(mappedByHand, {
			rounds,
			count: mapped,
			other: editFields,
			check: (output) => assert.equal(output.length, mapped),
		})),
	};
}

/**
 * What people would use instead, in the same n8n, and n8n's own Webhook node beside the trigger.
 *
 * @param {{ quick: boolean }} options
 * @returns {Promise<import('../lib/measure.mjs').Comparison[]>}
 */
export async function comparisonsInN8n({ quick }) {
	await openWorld();
	try {
		const amount = quick ? amounts.quick : amounts.whole;
		// Code that runs for the first time is compiled first.
		await itemByItem('', { ...amounts.warm, latency: 0 });
		const slow = [
			['n8n/50/', { latency: 50, rounds: 3, creates: 50, gets: 100 }],
			['n8n/500/', { latency: 500, rounds: 1, creates: 10, gets: 60 }],
		];
		const found = await itemByItem('n8n/', { ...amount, latency: 0 });
		for (const [id, scene] of quick ? [] : slow) found.push(...(await itemByItem(id, scene)));
		found.push(await chunksByHand(amount));
		found.push(await mapperByHand(amount));
		found.push(await deliveries(world.n8n, { rounds: amount.deliveryRounds, count: amount.deliveries }));
		return found;
	} finally {
		await closeWorld();
	}
}
