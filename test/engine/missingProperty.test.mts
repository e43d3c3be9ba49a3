import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { models as known } from '../../dist/nodes/Planhat/resources/index.js';
import { runs } from '../runs.mts';
import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

/** Records that one run of n8n's engine looks through: to start it takes longer than all else. */
const together = 25;
const numRuns = Math.ceil(runs(300) / together);

/** What a record may have in a key; 7 as a number beside 7 as a text. */
const keyValues = ['a', 'A', '7', 7, 'b c', '7.0', undefined] as const;

interface Held {
	key: (typeof keyValues)[number];
	source: (typeof keyValues)[number];
	email: string | undefined;
	company: number | undefined;
	isArchived: boolean;
	isCustomer: boolean;
}

const value = fc.constantFrom(...keyValues);
const held: fc.Arbitrary<Held> = fc.record({
	key: value,
	source: value,
	email: fc.constantFrom('ann@x.com', 'Ann@X.com', 'bo@x.com', undefined),
	company: fc.constantFrom(0, 1, undefined),
	isArchived: fc.boolean(),
	isCustomer: fc.boolean(),
});
const row = fc.record({
	by: fc.subarray(['externalId', 'sourceId', 'email'], { minLength: 1, maxLength: 2 }),
	key: fc.constantFrom('a', 'A', '7', 7, 'b c', 'z'),
	source: fc.constantFrom('a', '7', 7, 'z'),
	email: fc.constantFrom('ann@x.com', 'ANN@x.com', 'zoe@x.com'),
	company: fc.constantFrom('_id', 'extid', 'none'),
	of: fc.constantFrom(0, 1),
});

type Given = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

const models = [
	{ resource: 'company', path: 'companies', keys: ['sourceId', 'externalId'], field: 'phase', withinCompany: false },
	{
		resource: 'enduser',
		path: 'endusers',
		keys: ['sourceId', 'externalId', 'email'],
		field: 'position',
		withinCompany: true,
	},
	{ resource: 'asset', path: 'assets', keys: ['sourceId', 'externalId'], field: 'name', withinCompany: true },
] as const;

describe.each(models)(
	'Records of type $resource that the input does not name',
	({ resource, path, keys, field, withinCompany }) => {
		/** A source ID counts in all companies. */
		const within: readonly string[] = known.find((model) => model.resource === resource)?.keysWithinCompany ?? [];

		const keysOf = (one: { key: unknown; source: unknown; email: unknown }): IDataObject =>
			Object.fromEntries(
				keys.flatMap((name) => {
					const given = name === 'email' ? one.email : name === 'sourceId' ? one.source : one.key;
					return given === undefined ? [] : [[name, given]];
				}),
			) as IDataObject;

		const same = (name: string, one: unknown, other: unknown) =>
			name === 'email' ? String(one).toLowerCase() === String(other).toLowerCase() : String(one) === String(other);

		it(
			'are reported, all of them and no other',
			async () => {
				await fc.assert(
					fc.asyncProperty(
						fc.array(held, { maxLength: together, size: 'max' }),
						fc.array(row, { minLength: 1, maxLength: 4 }),
						async (records: Held[], rows: Given[]) => {
							planhat.server.reset();
							const companies = planhat.server.insert(
								'companies',
								resource === 'company' ? [] : [0, 1].map((at) => ({ externalId: `c-${at}`, name: `C ${at}` })),
							);
							const inserted = planhat.server.insert(
								path,
								records.map((one) => ({
									...keysOf(one),
									...(withinCompany && one.company !== undefined && { companyId: companies[one.company]?._id }),
									...(resource === 'enduser' && { archived: one.isArchived }),
									[field]: one.isCustomer ? 'Customer' : 'Lead',
								})) as never,
							);
							const given = rows.map((one) => {
								const named = Object.entries(keysOf(one)).filter(([name]) => one.by.includes(name));
								// Every row has a key of the model.
								const by = named.length === 0 ? Object.entries(keysOf(one)).slice(0, 1) : named;
								const company =
									one.company === 'none' || !withinCompany
										? {}
										: { companyId: one.company === '_id' ? companies[one.of]?._id : `extid-c-${one.of}` };
								return {
									fields: Object.fromEntries(by) as IDataObject,
									row: { ...Object.fromEntries(by), ...company, name: 'N' } as IDataObject,
									company: one.company === 'none' || !withinCompany ? undefined : companies[one.of]?._id,
								};
							});
							const used = new Set(given.flatMap(({ fields }) => Object.keys(fields)));
							const expected = inserted.filter((record, at) => {
								const one = records[at];
								if (one === undefined || !one.isCustomer || (resource === 'enduser' && one.isArchived)) return false;
								if (![...used].some((name) => record[name] !== undefined && record[name] !== null)) return false;
								return !given.some(({ fields, company }) => {
									const isThere =
										company === undefined || record.companyId === undefined || record.companyId === company;
									return Object.entries(fields).some(
										([name, sent]) =>
											record[name] !== undefined &&
											(isThere || !within.includes(name)) &&
											same(name, record[name], sent),
									);
								});
							});
							const reportMissing = { conditions: [{ field, value: 'customer' }] };
							const { output, error } = await planhat.run(
								{
									resource,
									operation: 'upsert',
									options: { reportMissing, preview: true },
									fields: { mappingMode: 'autoMapInputData', value: null },
								},
								{ items: itemsOf(given.map((one) => one.row)), onError: 'continueErrorOutput' },
							);
							expect(error).toBeUndefined();
							const isAnyGood = output.some(
								({ json }) => !['refused', 'ignored', 'notInInput'].includes(String(json.preview)),
							);
							const reported = output.filter(({ json }) => json.preview === 'notInInput').map(({ json }) => json._id);
							expect(reported.sort()).toEqual(isAnyGood ? expected.map(({ _id }) => _id).sort() : []);
						},
					),
					{ numRuns },
				);
			},
			60_000 + numRuns * 2_000,
		);
	},
);
