import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { clock } from '../../dist/nodes/Planhat/quota/clock.js';
import type { RecordedRequest } from '../planhat-server/index.mts';
import type { RunOptions } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';
import { withScaledClock } from './scaledClock.mts';

const planhat = bench({ forEachTest: true });

/** How long a request may take here, in milliseconds of ours: more than a busy machine takes for an answer. */
const timeout = 300;

const count = 30;

const company = (index: number) => (0x5f00_0000 + index).toString(16).padEnd(24, '0');

const recordId = record('id', '={{ $json._id }}');

const automatic = { mappingMode: 'autoMapInputData', value: null };

type Kind = [string, INodeParameters, NonNullable<RunOptions['onError']>];

const kinds: Kind[] = [
	['Get', { operation: 'get', recordId }, 'stopWorkflow'],
	['Get, where errors go on', { operation: 'get', recordId }, 'continueErrorOutput'],
	['Get Many', { operation: 'getAll', limit: 1 }, 'stopWorkflow'],
	['Update', { operation: 'update', recordId, json: { phase: 'Live' } }, 'stopWorkflow'],
	['Update, where errors go on', { operation: 'update', recordId, json: { phase: 'Live' } }, 'continueErrorOutput'],
	['Delete', { operation: 'delete', recordId }, 'stopWorkflow'],
	[
		'Create or Update',
		{ operation: 'upsert', fields: automatic, options: { batchSize: 3, report: 'perRow' } },
		'stopWorkflow',
	],
];

const companies = Array.from({ length: count }, (_, index) => ({
	_id: company(index),
	name: `Company ${index}`,
	externalId: `e${index}`,
}));

const items = itemsOf(companies);

function store() {
	planhat.server.insert('companies', companies);
}

/** After some requests the host answers nothing any more for a while, in milliseconds of ours. */
function fallSilent(milliseconds: number) {
	const silence = planhat.server.order({ neverEnds: 'beforeHeaders', times: 'always', after: 4 });
	// From the first request that it strikes: the machine may take its time until then.
	const watch = setInterval(() => {
		if (silence.served === 0) return;
		clearInterval(watch);
		setTimeout(() => silence.cancel(), milliseconds + timeout);
	}, 5);
}

/** How many requests were under way when each of them came. The server sees a little late that the node has given one up. */
function together(requests: readonly RecordedRequest[]): number[] {
	const until = ({ answeredAt }: RecordedRequest) => (answeredAt ?? Infinity) - timeout / 3;
	return requests.map(
		(one) =>
			requests.filter((other) => other === one || (other.arrivedAt <= one.arrivedAt && until(other) > one.arrivedAt))
				.length,
	);
}

describe('a host that falls silent for 25 seconds in the middle of a run', () => {
	const minute = withScaledClock(60);

	it.each(kinds)(
		'costs nothing, and one request at a time finds out whether it is back: %s',
		async (_name, parameters, onError) => {
			store();
			fallSilent((25 / 60) * minute);
			const { output, errors, error } = await planhat.run(
				{ resource: 'company', ...parameters, requestOptions: { timeout } },
				{ items, onError },
			);
			expect([error, errors]).toEqual([undefined, []]);
			expect(output).toHaveLength(count);
			expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => ({ item })));
			const silent = planhat.server.requests.filter(({ status }) => status === null);
			expect(silent.length).toBeGreaterThanOrEqual(1);
			const first = silent[0]?.arrivedAt ?? NaN;
			// What left before the first was given up, was so a timeout later at the latest.
			const probes = silent.filter(({ arrivedAt }) => arrivedAt > first + 2 * timeout);
			expect(Math.max(1, ...together(probes))).toBe(1);
			const written = planhat.server.records('companies');
			if (parameters.operation === 'update') expect(written.every(({ phase }) => phase === 'Live')).toBe(true);
			expect(written).toHaveLength(parameters.operation === 'delete' ? 0 : count);
		},
	);

	it.each([['continueRegularOutput'], ['stopWorkflow']] as const)(
		'is waited for by creates, each of which arrives once (On Error = %s)',
		async (onError) => {
			planhat.server.order({ latency: (25 / 60) * minute, after: 4 });
			const create = { resource: 'company', operation: 'create', json: '={{ { name: $json.name } }}' };
			const { output, error } = await planhat.run(create, { items, onError });
			expect(error).toBeUndefined();
			expect(output.map(({ json }) => json.name)).toEqual(items.map(({ json }) => json.name));
			expect(planhat.server.records('companies')).toHaveLength(count);
			expect(planhat.server.requests).toHaveLength(count);
		},
	);
});

describe('copies of time entries, while a host is silent for 25 seconds', () => {
	const minute = withScaledClock(60);

	const entries = Array.from({ length: count }, (_, index) => ({ _id: company(index) }));

	const copyAll = async (onError: NonNullable<RunOptions['onError']>) => {
		planhat.server.insert('timeentries', entries);
		const parameters = { resource: 'timeEntry', operation: 'duplicate', recordId };
		return await planhat.run({ ...parameters, requestOptions: { timeout } }, { items: itemsOf(entries), onError });
	};

	const asked = () => planhat.server.requests.filter(({ path }) => path === '/timeentries/duplicate');

	it('are asked for once, when it answers again, where others have seen that it does not', async () => {
		store();
		fallSilent((25 / 60) * minute);
		const others = planhat.run(
			{ resource: 'company', operation: 'get', recordId, requestOptions: { timeout } },
			{ items },
		);
		while (!planhat.server.requests.some(({ path }) => path === '/')) await new Promise((done) => setTimeout(done, 5));
		const { output, error } = await copyAll('stopWorkflow');
		expect([error, (await others).error]).toEqual([undefined, undefined]);
		expect(output).toHaveLength(count);
		expect(asked()).toHaveLength(1);
		expect(planhat.server.records('timeentries')).toHaveLength(2 * count);
	});

	it('are called doubtful and not asked for again, where their answer was lost', async () => {
		planhat.server.order({ neverEnds: 'beforeHeaders', times: 1 });
		const { errors } = await copyAll('continueErrorOutput');
		const outcomes = errors.map(({ json }) => (json.details as { outcome: string }).outcome);
		expect(outcomes).toEqual(entries.map(() => 'unknown'));
		expect(asked()).toHaveLength(1);
		expect(planhat.server.records('timeentries')).toHaveLength(2 * count);
	});
});

/** What must not be sent twice, with where the double keeps it and what names a row there. */
const posts: Array<[string, INodeParameters, string, string]> = [
	['Create', { resource: 'company', operation: 'create', json: '={{ { name: $json.name } }}' }, 'companies', 'name'],
	[
		'Track',
		{ resource: 'userActivity', operation: 'track', json: '={{ $json }}', options: { endpoint: 'live' } },
		...(['analytics', 'action'] as const),
	],
	[
		'Send Segment Event',
		{ resource: 'userActivity', operation: 'segment', userId: '={{ $json.externalId }}', event: '={{ $json.event }}' },
		...(['segment', 'event'] as const),
	],
	['Metric Insert', { resource: 'metric', operation: 'insert', json: '={{ $json }}' }, 'dimensiondata', 'value'],
];

describe('what must not go twice, while a host is silent for 25 seconds', () => {
	const minute = withScaledClock(60);

	const rows = itemsOf(
		Array.from({ length: count }, (_, index) => ({
			...{ name: `Company ${index}`, externalId: `e${index}` },
			...{ email: 'ada@example.com', action: `e${index}`, event: `e${index}`, dimensionId: 'logins', value: index },
		})),
	);

	it.each(posts)('arrives once, or is called doubtful where its answer was lost: %s', async (_name, own, path, key) => {
		if (own.operation === 'insert') store();
		fallSilent((25 / 60) * minute);
		const batching = { batch: { batchSize: 3, batchInterval: 1 } };
		const requestOptions = own.operation === 'insert' ? { timeout, batching } : { timeout };
		const { output, errors, error } = await planhat.run(
			{ ...own, requestOptions },
			{ items: rows, onError: 'continueErrorOutput' },
		);
		expect(error).toBeUndefined();
		const stored = planhat.server.records(path).map((one) => one[key]);
		expect(new Set(stored).size).toBe(stored.length);
		// A busy machine may let more answers come too late than those of the silence.
		const outcomes = errors.map(({ json }) => (json.details as { outcome: string }).outcome);
		expect(outcomes).toEqual(errors.map(() => 'unknown'));
		const doubtful = new Set(errors.map(({ json }) => json[key]));
		const surely = rows.map(({ json }) => json[key]).filter((name) => !doubtful.has(name));
		expect(stored).toEqual(expect.arrayContaining(surely));
		expect(output.length).toBe(own.operation === 'insert' ? 1 : surely.length);
		const probes = planhat.server.requests.filter((one) => one.path === '/' && one.status === null);
		expect(probes.length).toBeGreaterThanOrEqual(1);
		expect(Math.max(...together(probes))).toBe(1);
	});
});

describe('a host that stays silent', () => {
	const minute = withScaledClock(60);
	const maxWait = 120;
	const many = itemsOf(
		Array.from({ length: 1_000 }, (_, index) => ({ _id: company(index), name: `Company ${index}` })),
	);
	const seconds = (time: number) => (time / minute) * 60;

	/** From the first request to the last; what comes after does not wait. */
	const lasted = () =>
		(planhat.server.requests.at(-1)?.arrivedAt ?? NaN) - (planhat.server.requests[0]?.arrivedAt ?? NaN);

	it.each<Kind>([
		['Get', { operation: 'get', recordId }, 'stopWorkflow'],
		['Update', { operation: 'update', recordId, json: { phase: 'Live' } }, 'stopWorkflow'],
		['Create', { operation: 'create', json: '={{ { name: $json.name } }}' }, 'stopWorkflow'],
	])(
		'ends a run of 1,000 items within Longest Wait and a minute, and says what was not sent: %s',
		async (_name, parameters) => {
			planhat.server.order({ neverEnds: 'beforeHeaders', times: 'always', after: 1 });
			planhat.server.insert('companies', [{ _id: company(0), name: 'Company 0' }]);
			const { output, error } = await planhat.run(
				{ resource: 'company', ...parameters, requestOptions: { timeout }, options: { maxWait } },
				{ items: many, onError: 'continueRegularOutput' },
			);
			expect(error).toBeUndefined();
			expect(output).toHaveLength(1_000);
			expect(seconds(lasted())).toBeLessThan(maxWait + 60);
			expect(output[0]?.json).not.toHaveProperty('error');
			const outcomes = output.slice(1).map(({ json }) => (json.details as { outcome: string }).outcome);
			expect(outcomes.filter((outcome) => outcome === 'notSent').length).toBeGreaterThanOrEqual(985);
			expect(output.at(-1)?.json.error).toMatch(/There has been no answer for \d+ seconds, so this was not sent/);
			expect(planhat.server.requests.length).toBeLessThan(60);
		},
		30_000,
	);

	it('ends a run that stops on errors at its first item, after the whole of Longest Wait', async () => {
		planhat.server.order({ neverEnds: 'beforeHeaders', times: 'always', after: 1 });
		planhat.server.insert('companies', [{ _id: company(0), name: 'Company 0' }]);
		const { error } = await planhat.run(
			{ resource: 'company', operation: 'get', recordId, requestOptions: { timeout }, options: { maxWait } },
			{ items: many },
		);
		expect(error?.context?.itemIndex).toBe(1);
		expect(seconds(lasted())).toBeGreaterThan(maxWait * 0.6);
		expect(seconds(lasted())).toBeLessThan(maxWait + 60);
	}, 30_000);
});

describe('a port that refuses', () => {
	withScaledClock(60);
	const maxWait = 90;

	it.each<Kind>([
		['Get', { operation: 'get', recordId }, 'continueRegularOutput'],
		['Create', { operation: 'create', json: '={{ { name: $json.name } }}' }, 'continueRegularOutput'],
		['Create, where errors stop the run', { operation: 'create', json: '={{ { name: $json.name } }}' }, 'stopWorkflow'],
	])('is waited for once, however many items there are: %s', async (name, parameters, onError) => {
		const credentials = { ...planhat.credentials, baseUrl: `http://127.0.0.1:1/${name.replace(/\W/g, '')}` };
		const since = clock.now();
		const { output, error } = await planhat.run(
			{ resource: 'company', ...parameters, options: { maxWait } },
			{ items: items.slice(0, 3), onError, credentials },
		);
		const waited = (clock.now() - since) / 1_000;
		expect(waited).toBeGreaterThan(maxWait * 0.6);
		expect(waited).toBeLessThan(maxWait * 2);
		if (onError === 'stopWorkflow') expect(error?.context?.itemIndex).toBe(0);
		// What was under way when the port was found to refuse has failed by itself.
		else
			expect(output.map(({ json }) => (json.details as { outcome: string }).outcome)).toEqual(
				Array(3).fill(expect.stringMatching(/^(failed|notSent)$/)),
			);
	});
});
