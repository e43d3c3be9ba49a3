import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { runs } from '../runs.mts';
import { bench } from './planhat.mts';
import { expectPreviewed } from './previewed.mts';
import { casesOf, idsOfCompanies, fillWorld, planWorlds } from './planWorlds.mts';

const planhat = bench();

/** To start n8n's engine takes longer than all else: a run has so many rows. */
const mostRows = 6;
const numRuns = Math.ceil(runs(300) / 12);

describe.each(planWorlds)('A preview of random rows of the model $resource with several options', (world) => {
	it(
		'is what then happens',
		async () => {
			await fc.assert(
				fc.asyncProperty(casesOf(world, mostRows), async ({ records, rows, options }) => {
					fillWorld(planhat.server, world, records);
					const { resource, path } = world;
					await expectPreviewed(planhat, {
						resource,
						path,
						rows,
						options,
						companies: idsOfCompanies,
						hasHiddenKeys: true,
					});
				}),
				{ numRuns, maxSkipsPerRun: 1_000 },
			);
		},
		60_000 + numRuns * 2_000,
	);
});
