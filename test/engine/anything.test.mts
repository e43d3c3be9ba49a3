import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

/** A short form runs with all tests; `npm run fuzz` asks for 10,000 of each. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 40);
const minute = 60_000;

const planhat = bench();

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

/** Those after which nobody waits, so that ten thousand runs end. */
const status = fc.constantFrom(200, 200, 200, 201, 204, 206, 400, 401, 403, 404, 409, 422, 451);

const keys = ['a', 'b', 'c', 'd'];
const count = fc.oneof(fc.integer({ min: -1, max: 5 }), fc.constantFrom('2', null, 1.5));
const said = fc.oneof(
	fc.string(),
	fc.constantFrom(...keys.map((key) => `externalId ${key} is wrong`), 'duplicate key'),
	fc.record({ externalId: fc.constantFrom(...keys), message: fc.string() }, { requiredKeys: [] }),
);
const written = fc.record(
	{ _id: fc.constantFrom('5f0000000000000000000001', 'x'), externalId: fc.constantFrom(...keys) },
	{ requiredKeys: [] },
);
const bulkAnswer = fc.record(
	{
		created: count,
		updated: count,
		nonupdates: count,
		processed: count,
		createdErrors: fc.array(said),
		updatedErrors: fc.array(said),
		permissionErrors: fc.array(said),
		insertsKeys: fc.array(written),
		updatesKeys: fc.array(written),
		upsertedIds: fc.array(fc.constantFrom('5f0000000000000000000001', 'x')),
		errors: fc.array(said),
	},
	{ requiredKeys: [] },
);
const body = fc.oneof(
	{ weight: 3, arbitrary: bulkAnswer.map((answer) => JSON.stringify(answer)) },
	{ weight: 2, arbitrary: fc.json() },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
const type = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/html', 'text/plain', '');
const answer = fc.record({ status, body, headers: type.map((kind) => ({ 'content-type': kind })) });

/** What a person, an expression or a spreadsheet may put into a cell. */
const cell = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc.constantFrom(
		'',
		' ',
		'N/A',
		'1,5',
		'31.01.2026',
		'2026-02-30',
		'[object Object]',
		'__proto__',
		'../users',
		'?limit=1',
	),
	fc.double(),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
	fc.array(fc.string(), { maxLength: 3 }),
	fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 3 }),
);

const batches: Record<string, INodeParameters> = {
	upsert: { resource: 'company', operation: 'upsert' },
	insert: { resource: 'metric', operation: 'insert' },
	track: { resource: 'userActivity', operation: 'track' },
};

it.each(Object.entries(batches))(
	'%s ends with one outcome for each row, whatever Planhat answers',
	async (_name, parameters) => {
		const row = {
			name: 'Acme',
			dimensionId: 'logins',
			value: 1,
			companyExternalId: 'a',
			email: 'kim@example.com',
			action: 'x',
		};
		await fc.assert(
			fc.asyncProperty(
				fc.array(answer, { minLength: 1, maxLength: 3 }),
				fc.integer({ min: 1, max: 4 }),
				async (answers, rows) => {
					planhat.server.reset();
					for (const [index, each] of answers.entries())
						planhat.server.order({ answer: each, times: index === answers.length - 1 ? 'always' : 1 });
					const items = itemsOf(keys.slice(0, rows).map((externalId) => ({ ...row, externalId })));
					const { error, output, errors } = await planhat.run(
						{ ...parameters, specifyFields: 'map', fields: { mappingMode: 'autoMapInputData', value: null } },
						{ items, onError: 'continueErrorOutput' },
					);
					expect(error).toBeUndefined();
					const told = [...output, ...errors].flatMap(({ pairedItem }) => pairedItem);
					// Metric values have a summary beside those that failed.
					if (parameters.operation !== 'insert') expect(told).toHaveLength(rows);
					expect(new Set(told.map((each) => (typeof each === 'object' ? each.item : each))).size).toBe(rows);
				},
			),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * 100,
);

it(
	'a list ends with items or an error in words, whatever Planhat answers',
	async () => {
		await fc.assert(
			fc.asyncProperty(answer, async (each) => {
				planhat.server.reset();
				planhat.server.order({ answer: each, times: 'always' });
				const { error, output } = await planhat.run({
					resource: 'company',
					operation: 'getAll',
					returnAll: false,
					limit: 5,
				});
				if (error === undefined) expect(output.length).toBeLessThanOrEqual(5);
				else expect(error.message.trim()).not.toBe('');
			}),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * 100,
);

it(
	'an ID leads to its record or to no request at all, whatever is given for one',
	async () => {
		const path = /^GET \/companies\/((ext|src)id-[^/?#]+|[0-9a-f]{24})$/;
		await fc.assert(
			fc.asyncProperty(cell, fc.constantFrom('id', 'externalId', 'sourceId', 'list'), async (value, mode) => {
				planhat.server.reset();
				await planhat.run(
					{ resource: 'company', operation: 'get', recordId: record(mode, '={{ $json.value }}') },
					{ items: itemsOf([{ value }]) },
				);
				expect(planhat.sent().filter((request) => !path.test(request))).toEqual([]);
			}),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * 100,
);

it(
	'a filter narrows the list or refuses, whatever is given for one',
	async () => {
		await fc.assert(
			fc.asyncProperty(cell, fc.constantFrom('companyId', 'status', 'owner', 'updatedAfter'), async (value, name) => {
				planhat.server.reset();
				const filters = { [name]: value } as INodeParameters;
				const { error } = await planhat.run({ resource: 'company', operation: 'getAll', returnAll: true, filters });
				const listed = planhat.server.requests.filter((request) => request.path === '/companies');
				if (error !== undefined) expect(error.message.trim()).not.toBe('');
				// A time is not a filter of Planhat's: it is checked here.
				else if (name !== 'updatedAfter') expect(listed.every(({ query }) => Object.keys(query).length > 1)).toBe(true);
			}),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * 100,
);

it(
	'a field is sent or its row is refused, whatever is given for its value',
	async () => {
		const field = fc.constantFrom(
			'name',
			'phase',
			'mrr',
			'owner',
			'tags',
			'renewalDate',
			'externalId',
			'status',
			'custom',
			'nobody',
		);
		await fc.assert(
			fc.asyncProperty(fc.dictionary(field, cell, { maxKeys: 4 }), async (fields) => {
				planhat.server.reset();
				const items = itemsOf([{ name: 'Acme', ...fields }]);
				const { error, output, errors } = await planhat.run(
					{
						resource: 'company',
						operation: 'create',
						specifyFields: 'map',
						fields: { mappingMode: 'autoMapInputData', value: null },
					},
					{ items, onError: 'continueErrorOutput' },
				);
				expect(error).toBeUndefined();
				expect(output.length + errors.length).toBe(1);
				const posted = planhat.sent().filter((request) => request === 'POST /companies');
				expect(posted).toHaveLength(output.length);
			}),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * 100,
);
