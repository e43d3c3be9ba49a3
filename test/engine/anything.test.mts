import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { INodeParameters, IPairedItemData } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

/** A short form runs with all tests; `npm run fuzz` asks for 10,000 of each. */
const wanted = Number(process.env.FUZZ_RUNS ?? 40);

/** To start n8n's engine takes longer than all else: so many are tried by one run, each with an item of its own. */
const together = 20;
const numRuns = Math.ceil(wanted / together);

/** Of answers to a batch one is tried in a run of the engine, so that `npm run fuzz` tries 1,000 for each operation. */
const numBatches = process.env.FUZZ_RUNS === undefined ? wanted : Math.ceil(wanted / 10);
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

/** As many as one run of the engine tries. */
function several<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> {
	return fc.array(value, { minLength: 1, maxLength: together, size: 'max' });
}

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
			{ numRuns: numBatches },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numBatches * 100,
);

it(
	'a list ends with items or an error in words, whatever Planhat answers',
	async () => {
		await fc.assert(
			fc.asyncProperty(several(answer), async (answers) => {
				planhat.server.reset();
				for (const each of answers) planhat.server.order({ answer: each });
				planhat.server.order({ answer: answers[0], times: 'always' });
				const { error, output, errors } = await planhat.run(
					{ resource: 'company', operation: 'getAll', returnAll: false, limit: 5 },
					{ items: itemsOf(answers.map((_each, at) => ({ at }))), onError: 'continueErrorOutput' },
				);
				expect(error).toBeUndefined();
				const origins = output.map(({ pairedItem }) => (pairedItem as IPairedItemData).item);
				for (const at of answers.keys())
					expect(origins.filter((origin) => origin === at).length).toBeLessThanOrEqual(5);
				for (const { json } of errors) expect(String(json.error).trim()).not.toBe('');
			}),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * together * 100,
);

it(
	'an ID leads to its record or to no request at all, whatever is given for one',
	async () => {
		const path = /^GET \/companies\/((ext|src)id-[^/?#]+|[0-9a-f]{24})$/;
		await fc.assert(
			fc.asyncProperty(several(cell), fc.constantFrom('id', 'externalId', 'sourceId', 'list'), async (values, mode) => {
				planhat.server.reset();
				await planhat.run(
					{ resource: 'company', operation: 'get', recordId: record(mode, '={{ $json.value }}') },
					{ items: itemsOf(values.map((value) => ({ value }))), onError: 'continueErrorOutput' },
				);
				expect(planhat.sent().filter((request) => !path.test(request))).toEqual([]);
			}),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * together * 100,
);

it(
	'a filter narrows the list or refuses, whatever is given for one',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				several(cell),
				fc.constantFrom('companyId', 'status', 'owner', 'updatedAfter'),
				async (values, name) => {
					planhat.server.reset();
					const filters = { [name]: '={{ $json.value }}' } as INodeParameters;
					const { error, errors } = await planhat.run(
						{ resource: 'company', operation: 'getAll', returnAll: true, filters },
						{ items: itemsOf(values.map((value) => ({ value }))), onError: 'continueErrorOutput' },
					);
					expect(error).toBeUndefined();
					for (const { json } of errors) expect(String(json.error).trim()).not.toBe('');
					const listed = planhat.server.requests.filter((request) => request.path === '/companies');
					// A time is not a filter of Planhat's: it is checked here.
					if (name !== 'updatedAfter') expect(listed.every(({ query }) => Object.keys(query).length > 1)).toBe(true);
				},
			),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * together * 100,
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
			fc.asyncProperty(several(fc.dictionary(field, cell, { maxKeys: 4 })), async (rows) => {
				planhat.server.reset();
				const items = itemsOf(rows.map((fields) => ({ name: 'Acme', ...fields })));
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
				expect(output.length + errors.length).toBe(rows.length);
				const posted = planhat.sent().filter((request) => request === 'POST /companies');
				expect(posted).toHaveLength(output.length);
			}),
			{ numRuns },
		);
		expect(unhandled).toEqual([]);
	},
	minute + numRuns * together * 100,
);
