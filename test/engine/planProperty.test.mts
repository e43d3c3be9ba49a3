import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { runs } from '../runs.mts';
import { bench } from './planhat.mts';
import { expectPreviewed } from './previewed.mts';

const planhat = bench();

/** To start n8n's engine takes longer than all else: a run has so many rows. */
const mostRows = 12;
const numRuns = Math.ceil(runs(300) / mostRows);

const key = fc.constantFrom('a', 'b', 'c', 'd');
const names = ['Acme', 'Beta', 'Core'];
const values: fc.Arbitrary<IDataObject> = fc.record(
	{
		name: fc.constantFrom(...names),
		phase: fc.constantFrom('Lead', 'Live', ''),
		// The order of tags is no change to a preview, and one to the double.
		tags: fc.constantFrom('x', 'x; y', ['z'], ''),
		csmScore: fc.constantFrom(1, '2', 'many'),
		domains: fc.constantFrom('a.com', ['a.com', 'b.com']),
	},
	{ requiredKeys: [] },
) as fc.Arbitrary<IDataObject>;
const keys: fc.Arbitrary<IDataObject> = fc.record({ externalId: key, sourceId: key }, { requiredKeys: [] });
const row = fc.tuple(keys, values).map(([one, other]) => ({ ...one, ...other }));
const held = fc.tuple(
	keys,
	fc.record(
		{
			name: fc.constantFrom(...names),
			phase: fc.constantFrom('Lead', 'Live'),
			tags: fc.constantFrom(['x'], ['x', 'y'], []),
			csmScore: fc.constantFrom(1, 2),
		},
		// Nothing and an empty list mean the same to a preview, and are two things to the double.
		{ requiredKeys: ['name', 'phase', 'tags', 'csmScore'] },
	),
);
const options = fc.record(
	{
		matchOn: fc.constantFrom('name', 'phase'),
		manyMatches: fc.constantFrom('fail', 'first'),
		listMode: fc.constantFrom('replace', 'add', 'remove'),
		keepExisting: fc.subarray(['phase', 'tags', 'csmScore', 'name']),
		writeMode: fc.constantFrom('createOrUpdate', 'updateOnly', 'createOnly'),
		keylessRows: fc.constantFrom('fail', 'create'),
		duplicateKeys: fc.constantFrom('sendInOrder', 'sendLast', 'fail'),
	},
	{ requiredKeys: [] },
);

describe('A preview of random rows with all options together', () => {
	it(
		'is what then happens',
		async () => {
			await fc.assert(
				fc.asyncProperty(
					fc.uniqueArray(held, { maxLength: 4, selector: ([one]) => JSON.stringify(one) }),
					fc.array(row, { minLength: 1, maxLength: mostRows }),
					options,
					async (records, rows, chosen) => {
						planhat.server.reset();
						const taken = new Set<unknown>();
						for (const [own, fields] of records) {
							// No two companies share a key.
							const mine = Object.fromEntries(
								Object.entries(own).filter(([name, value]) => !taken.has(`${name} ${String(value)}`)),
							);
							for (const [name, value] of Object.entries(mine)) taken.add(`${name} ${String(value)}`);
							// What Planhat adds itself is there already.
							const slug = String(fields.name).toLowerCase();
							planhat.server.insert('companies', [{ domains: [], ...mine, ...fields, slug }] as never);
						}
						await expectPreviewed(planhat, { resource: 'company', path: 'companies', rows, options: chosen });
					},
				),
				{ numRuns },
			);
		},
		60_000 + numRuns * 2_000,
	);
});
