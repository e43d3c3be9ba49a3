import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { world } from '../world.mjs';
import { closeShop, openShop } from './examples/shop.mjs';
import { checkPage } from './jobs/page.mjs';
import { recordJobs } from './jobs/records.mjs';
import { startedJobs } from './jobs/starts.mjs';
import { tableJobs } from './jobs/tables.mjs';

const all = [...tableJobs, ...recordJobs, ...startedJobs];

/** What people do often with Planhat, each imported, run, and looked for in the double. */
export function jobsOfPeople() {
	describe('The jobs of people', () => {
		before(async () => await openShop());
		after(closeShop);
		beforeEach(() => world.planhat.reset());

		const done = [];
		for (const job of all) {
			test(job.name, async () => {
				await job.run();
				done.push(job);
			});
		}

		test('stand in docs/jobs.md, with the nodes that they take', () => {
			assert.deepEqual(done, all, 'Each must have gone well.');
			checkPage(all);
		});
	});
}
