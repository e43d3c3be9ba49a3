import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { watchResponsiveness } from '../../scripts/lib/responsiveness.mjs';
import { linksOf, resultOf, storeWorkflow } from '../workflows.mjs';
import { until, world } from '../world.mjs';

const longestBlock = 100;
const mostTries = 3;
const pauseMilliseconds = 15_000;
const create = { resource: 'company', operation: 'create' };

/** As the editor stores what a person maps by hand, column by column. */
const mappedByHand = {
	mappingMode: 'defineBelow',
	value: { name: '={{ $json.name }}', externalId: '={{ $json.externalId }}', phase: '={{ $json.phase }}' },
	matchingColumns: [],
	schema: ['name', 'externalId', 'phase'].map((id) => ({
		id,
		displayName: id,
		type: 'string',
		required: id === 'name',
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
	})),
};

const ways = [
	['1,000 creates from text without expressions', 1_000, { ...create, json: '{ "name": "Acme" }' }],
	['1,000 creates from a JSON object', 1_000, { ...create, json: '={{ $json }}' }],
	[
		'2,000 creates mapped by hand, with three expressions per item',
		2_000,
		{ ...create, specifyFields: 'map', fields: mappedByHand },
	],
];

function itemsOf(count) {
	return Array.from({ length: count }, (_, index) => ({
		name: `Company ${index}`,
		externalId: `c-${index}`,
		phase: 'Live',
	}));
}

/** Many items in one node: inside Planhat's limits, and n8n stays usable meanwhile. */
export function thousand() {
	describe('thousands of creates by one node', () => {
		beforeEach(() => world.planhat.reset());
		before(async () => {
			// Code that runs for the first time is compiled first; that is not what is measured here.
			for (const [, , parameters] of ways) await measure(1_000, parameters);
		});

		for (const [name, count, parameters] of ways) {
			test(`${name}: at most 10 in flight, and n8n never silent for more than ${longestBlock} ms`, async (context) => {
				const best = await bestOf(count, parameters, context);
				assert.ok(best <= longestBlock, `n8n answered nobody for ${Math.round(best)} ms`);
			});
		}
	});
}

/**
 * Whatever else the machine does can only make a wait longer: the shortest of several tries is nearest to the truth. What
 * disturbed one try is given time to pass before the next. While the machine gives the watcher or n8n no processor, n8n
 * cannot be blamed for its silence: that time is taken off. On a machine with nothing else to do it is next to nothing.
 */
async function bestOf(count, parameters, context) {
	let best = Infinity;
	for (let tried = 0; tried < mostTries && best > longestBlock; tried += 1) {
		if (tried > 0) await wait(pauseMilliseconds);
		world.planhat.reset();
		// An answer at once would hide requests that are under way at the same time.
		world.planhat.order({ method: 'POST', latency: 5, times: 'always' });
		const { watched, milliseconds, queued, execution } = await measure(count, parameters);
		context.diagnostic(
			`longest silence ${Math.round(watched.longestMilliseconds)} ms (watcher itself ${Math.round(watched.observerLongestMilliseconds)} ms, ` +
				`median answer ${watched.medianMilliseconds.toFixed(1)} ms, ${watched.answers} answers; n8n waited ${queued} ms for a processor), ` +
				`${world.planhat.mostInFlight} in flight, ${(milliseconds / count).toFixed(1)} ms per item`,
		);
		requireAll(execution, count);
		assert.equal(watched.failures, 0);
		const machine = Math.max(watched.observerLongestMilliseconds, Number(queued) || 0);
		best = Math.min(best, watched.longestMilliseconds - machine);
	}
	return best;
}

function requireAll(execution, count) {
	const { status, error, output } = resultOf(execution);
	assert.equal(status, 'success', error?.message);
	assert.equal(output.length, count);
	assert.deepEqual(linksOf(output), [...Array(count).keys()]);
	assert.equal(world.planhat.requests.length, count);
	assert.ok(world.planhat.mostInFlight <= 10, `${world.planhat.mostInFlight} requests in flight`);
	const stored = world.planhat.records('companies').map(({ _id }) => _id);
	assert.deepEqual(new Set(output.map(({ json }) => json._id)), new Set(stored));
}

async function measure(count, parameters) {
	const { n8n } = world;
	const workflow = await storeWorkflow(parameters, { items: itemsOf(count) });
	const watch = await watchResponsiveness(n8n.address);
	const queuedBefore = await queuedMilliseconds();
	let watched;
	let id;
	const started = performance.now();
	try {
		id = await n8n.startManually(workflow);
		// The list of executions comes without their data, so that asking for the end is hardly work for n8n.
		const hasEnded = async () => (await n8n.executions(workflow.id)).some((one) => one.id === id && one.stoppedAt);
		await until(hasEnded, 'The end of the execution', 200);
	} finally {
		watched = await watch.stop();
	}
	const milliseconds = performance.now() - started;
	const queued = Math.round((await queuedMilliseconds()) - queuedBefore);
	return { watched, milliseconds, queued, execution: await n8n.waitForExecution(id) };
}

/** How long n8n's main thread was ready to work and had no processor: it tells a busy machine from a busy n8n. Linux only. */
async function queuedMilliseconds() {
	const { pid } = world.n8n;
	const text = await readFile(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').catch(() => '');
	return Number(text.split(' ')[1] ?? NaN) / 1e6;
}
