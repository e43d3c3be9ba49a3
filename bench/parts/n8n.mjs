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

/**
 * What people would use instead, in the same n8n, and n8n's own Webhook node beside the trigger.
 *
 * @param {{ quick: boolean }} options
 * @returns {Promise<import('../lib/measure.mjs').Comparison[]>}
 */
export async function comparisonsInN8n({ quick }) {
	await openWorld();
	try {
		const found = [];
		const rounds = (count) => (quick ? 1 : count);
		await compare(create, { rounds: 1, count: 100, method: 'POST', other: postEach, check: arrived(100) });

		for (const [latency, times] of quick
			? [[0, 1]]
			: Object.entries({ 0: 5, 50: 3, 500: 1 }).map((pair) => pair.map(Number))) {
			const creates = {
				// Writes go out one after the other.
				count: latency < 500 ? 1_000 : 100,
				latency,
				method: 'POST',
				other: postEach,
				check: arrived(latency < 500 ? 1_000 : 100),
				onError: 'continueRegularOutput',
			};
			found.push({
				work: `${latency < 500 ? '1,000' : '100'} creates, answers take ${latency} ms`,
				unit: 'ms',
				beside: 'HTTP Request node',
				...(await compare(create, { ...creates, rounds: rounds(times) })),
				bar: latency === 0 ? { most: 1.2 } : undefined,
				note: latency === 0 ? undefined : beyondQuota,
			});
			const gets = {
				count: 300,
				latency,
				method: 'GET',
				other: getEach,
				prepare: () => world.planhat.insert('companies', companies(300)),
				check: (output) =>
					assert.deepEqual(
						output.map(({ json }) => json.externalId),
						companies(300).map((one) => one.externalId),
					),
			};
			found.push({
				work: `300 gets by external ID, answers take ${latency} ms`,
				unit: 'ms',
				beside: 'HTTP Request node',
				...(await compare(get, { ...gets, rounds: rounds(times) })),
				bar: latency === 0 ? { most: 1.5 } : undefined,
				note: latency === 0 ? undefined : beyondQuota,
			});
		}
		found.push({
			work: 'Create or Update of 12,000 rows',
			unit: 'ms',
			beside: 'Code node that makes the chunks by hand',
			...(await compare(upsert, {
				rounds: rounds(5),
				count: 12_000,
				other: codeNode,
				check: (output) => {
					assert.equal(output.length, 12_000);
					arrived(12_000)();
				},
				checkOther: arrived(12_000),
			})),
			bar: { most: 1 },
		});
		found.push({
			work: 'Create or Update of 2,000 rows mapped by hand, three expressions each',
			unit: 'ms',
			beside: 'Edit Fields node with the same expressions, which sends nothing',
			...(await compare(mappedByHand, {
				rounds: rounds(3),
				count: 2_000,
				other: editFields,
				check: (output) => assert.equal(output.length, 2_000),
			})),
			bar: { most: 1.5 },
		});
		found.push(await deliveries(world.n8n, { rounds: rounds(5), count: quick ? 40 : 60 }));
		return found;
	} finally {
		await closeWorld();
	}
}

const beyondQuota = 'HTTP Request sends all at once, far beyond the quota; at most 10 are in flight here';
