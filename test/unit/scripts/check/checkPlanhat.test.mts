import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Assumption } from '../../../../scripts/check/assumptions.mts';
import { readProbes } from '../../../../scripts/check/readProbes.mts';
import { checkPlanhat, type Report, type Wanted } from '../../../../scripts/check/run.mts';
import { writeProbes } from '../../../../scripts/check/writeProbes.mts';
import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Behaviour, PlanhatServer, QuotaSettings } from '../../../planhat-server/index.mts';
import { fill, startFilled } from './doubleFilled.mts';

const assumptions = JSON.parse(readFileSync('test/facts/assumptions.json', 'utf8')) as Assumption[];
const limitedToken = 'a-token-that-may-not-write-assets';
const folder = mkdtempSync(join(tmpdir(), 'check-'));

let server: PlanhatServer;
let lines: string[];

beforeAll(async () => {
	server = await startFilled();
});

beforeEach(() => {
	server.reset();
	fill(server);
	server.addLimitedToken(limitedToken, { assets: { create: false, update: false } });
	lines = [];
	rmSync(join(folder, 'journal.jsonl'), { force: true });
});

afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true });
});

function wanted(more: Partial<Wanted> = {}): Wanted {
	return {
		apiToken: server.apiToken,
		tenantToken: server.tenantToken,
		limitedToken,
		baseUrl: server.baseUrl,
		analyticsUrl: server.analyticsUrl,
		mostCalls: 240,
		maxWait: 0,
		callsPerMinute: 0,
		write: true,
		journalFile: join(folder, 'journal.jsonl'),
		say: (line) => lines.push(line),
		...more,
	};
}

async function check(more: Partial<Wanted> = {}): Promise<Report> {
	return await checkPlanhat(assumptions, wanted(more));
}

function outcomes({ results }: Report): Record<string, string> {
	return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
}

const probed = assumptions.filter(({ probe }) => !probe.startsWith('none'));
const allHeld = Object.fromEntries(assumptions.map((each) => [each.id, probed.includes(each) ? 'held' : 'skipped']));
const paths = [
	...['companies', 'assets', 'endusers', 'conversations', 'users', 'tasks', 'customfields', 'timeentries'],
	...['dimensiondata', 'analytics', 'segment'],
];
const contents = () => paths.map((path) => server.records(path));

/** Every text and number that the double holds, deep; short ones say nothing. */
function valuesIn(value: unknown): string[] {
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn);
	return String(value).length > 7 ? [String(value)] : [];
}

describe('the check of a Planhat', () => {
	it('finds that all holds for the double, and leaves it as it was', async () => {
		const before = contents();
		const report = await check();
		expect(outcomes(report)).toEqual(allHeld);
		expect(report.left).toBeUndefined();
		expect(contents()).toEqual(before);
	}, 30_000);

	it('only reads by default, with at most 120 calls', async () => {
		const report = await check({ write: false, mostCalls: 120 });
		expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
		expect(server.requests).toHaveLength(report.calls);
		expect(report.calls).toBeLessThanOrEqual(120);
		expect(report.results.find(({ id }) => id === 'bulk-order')?.why).toBe('it needs --write');
	});

	it('ends at the most calls that it may make, with what it knows by then', async () => {
		const report = await check({ write: false, mostCalls: 5 });
		expect(server.requests).toHaveLength(5);
		expect(Object.values(outcomes(report))).toContain('not known');
	});

	it('reports no value that the double holds, nor its token and address', async () => {
		const held = valuesIn(contents());
		const text = JSON.stringify([await check(), lines]);
		expect(held.length).toBeGreaterThan(100);
		const words = new Set([...text.matchAll(/[\w@.:-]+/g)].map(([word]) => word));
		const isSaid = (value: string) => words.has(value) || (/\W/.test(value) && text.includes(value));
		// Names of models are types of conversations too.
		expect(held.filter((value) => isSaid(value) && modelOf(value) === undefined)).toEqual([]);
		for (const token of [server.apiToken, server.tenantToken, limitedToken]) expect(text).not.toContain(token);
		expect(text).not.toContain(new URL(server.baseUrl).host);
	}, 30_000);

	it('skips what the token may not read, and that is no failure', async () => {
		server.setRights({ conversations: { read: false } });
		expect(outcomes(await check({ write: false }))['filter-type']).toBe('skipped');
	});

	it('skips what needs tokens that are not given', async () => {
		const { results } = await check({ tenantToken: '', limitedToken: '' });
		const skipped = results
			.filter(({ id, outcome }) => outcome === 'skipped' && probed.some((each) => each.id === id))
			.map(({ id, why }) => `${id}: ${why}`);
		expect(skipped).toEqual([
			'bulk-forbidden: PLANHAT_LIMITED_TOKEN is not given',
			...['analytics-answer', 'wrong-tenant-token', 'metric-unknown-target'].map(
				(id) => `${id}: PLANHAT_TENANT_TOKEN is not given`,
			),
		]);
	}, 30_000);

	it('compares the fields that come with the registry', async () => {
		server.insert('companies', [{ name: 7, brandNew: true, 'Jane Doe <jane@example.com>': 1 }]);
		server.order({
			path: '/companies',
			times: 'always',
			answer: { status: 200, body: server.records('companies').slice(-3) },
		});
		const company = (await check({ write: false })).registry.find(({ resource }) => resource === 'company');
		expect(company).toMatchObject({ unknown: ['brandNew'], unnamed: 1, otherTypes: ['name'] });
	});
});

describe.each(probed.map(({ id, turned }) => [id, turned] as const))(
	'of a double without %s, the check',
	(id, turned) => {
		it('says "differs" for that alone', async () => {
			const { quota, ...behaviour } = turned as Partial<Behaviour> & { quota?: Partial<QuotaSettings> };
			server.setBehaviour(behaviour);
			if (quota !== undefined) server.setQuota(quota);
			const before = contents();
			const report = await check();
			expect(outcomes(report)).toEqual({ ...allHeld, [id]: 'differs' });
			server.setBehaviour({ ownerForm: 'id' });
			expect(contents()).toEqual(before);
		}, 30_000);
	},
);

describe('a server that answers like Planhat in part only', () => {
	it.each([
		['HTML with 200', { answer: { status: 200, body: '<html>Please log in</html>' } }],
		['HTML with 502', { answer: { status: 502, body: '<html>Bad gateway</html>' } }],
		['an object in place of a list', { notAnArray: { data: [] } }],
		['JSON errors', { answer: { status: 400, body: { errors: [{ detail: 'no' }] } } }],
	])('leads to a table where it answers %s', async (_name, fault) => {
		server.order({ path: /./, times: 'always', ...fault });
		const report = await check({ write: false });
		expect(report.results).toHaveLength(assumptions.length);
		expect(Object.values(outcomes(report))).not.toContain('held');
	});

	it('leads to a table where it answers nothing', async () => {
		// One of its own: what does not answer is left alone for a moment, whoever asks next.
		const silent = await startFilled();
		try {
			silent.order({ path: /./, times: 'always', cut: 'beforeApplying' });
			const report = await check({ write: false, baseUrl: silent.baseUrl, analyticsUrl: silent.analyticsUrl });
			expect(report.results).toHaveLength(assumptions.length);
			expect(Object.values(outcomes(report))).not.toContain('held');
			expect(silent.requests).not.toHaveLength(0);
		} finally {
			await silent.close();
		}
	});

	it('leads to a table where it takes none of what is written, and has nothing of ours then', async () => {
		const before = contents();
		for (const method of ['POST', 'PUT']) {
			server.order({
				method,
				path: /(?<!companies)$/,
				times: 'always',
				answer: { status: 400, body: '<html>No</html>' },
			});
		}
		const report = await check();
		expect(report.results).toHaveLength(assumptions.length);
		expect(report.left).toBeUndefined();
		expect(contents()).toEqual(before);
	}, 30_000);

	it('is not written to where nobody could tell our records from others', async () => {
		server.order({ path: '/leancompanies', times: 'always', answer: { status: 403, body: 'no' } });
		await expect(check()).rejects.toThrow('nobody could tell our records from others');
		expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
	});
});

describe('the probes', () => {
	it('are one for each assumption that has one, and no others', () => {
		expect(readProbes.map(({ id }) => id)).toEqual(
			assumptions.flatMap(({ id, probe }) => (probe === 'read' ? [id] : [])),
		);
		expect(writeProbes.map(({ id }) => id)).toEqual(
			assumptions.flatMap(({ id, probe }) => (probe === 'write' ? [id] : [])),
		);
	});
});
