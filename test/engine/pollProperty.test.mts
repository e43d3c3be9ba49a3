import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../planhat-server/faults.mts';
import { runs } from '../runs.mts';
import { bench } from './planhat.mts';
import { PollingWorkflow } from './pollHarness.mts';

const planhat = bench();

jest.setTimeout(3_600_000);

const faults: Fault[] = [
	{ answer: { status: 403, body: 'No' } },
	{ answer: { status: 500, body: '<html>Down</html>' } },
	{ answer: { status: 200, body: '<html>Sign in</html>' } },
	{ notAnArray: { message: 'Busy' } },
	{ latency: 120 },
];

interface Step {
	/** Which records are saved before the poll, and while its pages are read. */
	saves: number[];
	during: number[];
	/** Milliseconds by which some of them show late. */
	late: number;
	fault?: Fault;
	/** So many requests pass before it strikes. */
	after: number;
	budget: number;
	twice: boolean;
}

const records = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
const steps = fc.array(
	fc.record<Step>({
		saves: records,
		during: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
		late: fc.integer({ min: 0, max: 2_000 }),
		fault: fc.option(fc.constantFrom(...faults), { nil: undefined }),
		after: fc.integer({ min: 0, max: 2 }),
		budget: fc.constantFrom(250, 48_000),
		twice: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 4 },
);

/** A tenant whose records are saved, each time as another version. */
function openTenant() {
	const apiToken = randomUUID();
	const tenant = planhat.server.addTenant({ apiToken, tenantToken: randomUUID() });
	const current = new Map<number, string>();
	let version = 0;
	const save = (at: number, late = 0) => {
		version += 1;
		const name = `${at} as ${version}`;
		current.set(at, name);
		const saved = new Date(Date.now() - late);
		const _id = (0x650000000000 + at).toString(16).padStart(24, '0');
		tenant.insert('companies', [{ _id, name, updatedAt: saved.toISOString() }]);
	};
	return { credentials: { ...planhat.credentials, apiToken }, current, save };
}

type Tenant = ReturnType<typeof openTenant>;

async function take(workflow: PollingWorkflow, { save }: Tenant, step: Step): Promise<IDataObject[][]> {
	for (const [index, at] of step.saves.entries()) save(at, index % 2 === 0 ? 0 : step.late);
	const waiting = [...step.during];
	const onRequest = () => {
		const at = waiting.pop();
		if (at !== undefined) save(at);
		return false;
	};
	const orders = [planhat.server.order({ times: 'always', body: onRequest, latency: 0 })];
	if (step.fault) orders.push(planhat.server.order({ method: 'GET', after: step.after, ...step.fault }));
	try {
		const { budget } = step;
		return step.twice && step.fault === undefined ? await workflow.pollTwice(1) : [await workflow.poll({ budget })];
	} catch {
		return [];
	} finally {
		for (const order of orders) order.cancel();
	}
}

async function follow(all: Step[], maxItems: number, pageCap: number) {
	planhat.server.setBehaviour({ pageCap });
	const tenant = openTenant();
	for (let at = 0; at < 5; at += 1) tenant.save(at, 30_000);
	const before = new Set(tenant.current.values());
	const parameters = { resource: 'company', event: 'createdOrUpdated', simplify: false, options: { maxItems } };
	const workflow = new PollingWorkflow(tenant.credentials, parameters);
	await workflow.poll();
	const polls: IDataObject[][] = [];
	for (const step of all) polls.push(...(await take(workflow, tenant, step)));
	for (let empty = 0; empty < 2 && polls.length < 200;) {
		const items = await workflow.poll();
		empty = items.length === 0 ? empty + 1 : 0;
		polls.push(items);
	}
	return { polls, missing: [...tenant.current.values()].filter((name) => !before.has(name)) };
}

describe('A polling trigger in n8n', () => {
	it('hands each change over, in order and once, whatever happens before and while it polls', async () => {
		await fc.assert(
			fc.asyncProperty(steps, fc.constantFrom(3, 5_000), fc.constantFrom(10, 100), async (all, most, cap) => {
				const { polls, missing } = await follow(all, most, cap);
				const names = polls.flat().map(({ name }) => name);
				expect(new Set(names).size).toBe(names.length);
				expect(missing.filter((name) => !names.includes(name))).toEqual([]);
				for (const items of polls) {
					const times = items.map(({ updatedAt }) => String(updatedAt));
					expect(times).toEqual([...times].sort());
				}
			}),
			// Each takes several polls with their waits.
			{ numRuns: Math.min(runs(12), 500) },
		);
	});
});
