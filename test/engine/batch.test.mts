import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { cases } from './cases.mts';
import type { RunOptions } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const automatically = { mappingMode: 'autoMapInputData', value: null };

const upsert = async (rows: IDataObject[], options: INodeParameters = {}, run: Partial<RunOptions> = {}) =>
	await planhat.run(
		{ resource: 'company', operation: 'upsert', fields: automatically, options },
		{ items: itemsOf(rows), ...run },
	);

const companies = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ externalId: `c${index}`, name: `Company ${index}` }));

/** What is said of a company without a key. */
const noKey = 'The row has no key. Each row needs External ID or Source ID; without one every run creates a new record';

const outcomes = (output: Array<{ json: IDataObject }>) => output.map(({ json }) => json.outcome);

function tally(values: unknown[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
	return counts;
}

describe('Create or Update', () => {
	it('gives each row its outcome, its id and its keys, linked to its item', async () => {
		planhat.server.insert('companies', [{ externalId: 'c1', name: 'Old' }]);
		await upsert(companies(3).slice(2));
		const { output } = await upsert(companies(3));
		expect(planhat.sent()).toEqual(['PUT /companies', 'PUT /companies']);
		expect(planhat.lastRequest().body).toEqual(companies(3));
		const idOf = (key: string) => planhat.server.records('companies').find(({ externalId }) => externalId === key)?._id;
		expect(output).toEqual([
			{ json: { outcome: 'created', _id: idOf('c0'), externalId: 'c0', name: 'Company 0' }, pairedItem: { item: 0 } },
			{ json: { outcome: 'updated', _id: idOf('c1'), externalId: 'c1', name: 'Company 1' }, pairedItem: { item: 1 } },
			{ json: { outcome: 'unchanged', externalId: 'c2', name: 'Company 2' }, pairedItem: { item: 2 } },
		]);
	});

	it('of the first version of the node names no row', async () => {
		const { output } = await upsert(companies(1), {}, { typeVersion: 1 });
		expect(Object.keys(output[0]?.json ?? {})).toEqual(['outcome', '_id', 'externalId']);
	});

	const withUpsert = cases.filter(({ resource }) => resource !== 'customField');

	it.each(withUpsert)('$resource is sent as Planhat wants it, in both ways to run', async (model) => {
		for (const way of ['customOperations', 'routing'] as const) {
			planhat.server.reset();
			const { output, error } = await planhat.run(
				{ resource: model.resource, operation: 'upsert', fields: automatically, options: { keylessRows: 'create' } },
				{
					way,
					items: itemsOf([{ ...model.given, toolCallId: 'call_1', sessionId: 's1', chatInput: 'Add them', __v: 3 }]),
				},
			);
			expect(error).toBeUndefined();
			expect(planhat.sent()).toEqual([`PUT ${model.path}`]);
			expect(planhat.lastRequest().body).toEqual([model.sent ?? model.given]);
			expect(output).toEqual([{ json: expect.objectContaining({ outcome: 'created' }), pairedItem: { item: 0 } }]);
		}
	});

	it('stops after the first request with a loss when On Error is Stop, and says what was applied', async () => {
		planhat.server.order({ method: 'PUT', after: 1, answer: { status: 400, body: 'No good' } });
		const { error, output } = await upsert(companies(25), { batchSize: 10 });
		expect(output).toEqual([]);
		expect(planhat.server.requests).toHaveLength(2);
		expect(error?.message).toBe(
			'10 of 25 rows were applied, 10 were refused, 5 were not sent: No good (10 rows, the first is row 11)',
		);
		expect(error?.context?.itemIndex).toBe(10);
	});

	it('sends nothing when a row is no good and On Error is Stop', async () => {
		const { error } = await upsert([...companies(2), { phase: 'Live' }]);
		expect(planhat.server.requests).toHaveLength(0);
		expect(error?.message).toBe(`No rows were sent. 1 of 3 rows are invalid: ${noKey} (row 3)`);
	});

	it.each([
		[
			'no column is what a company requires, whatever else is wrong with the rows',
			{ 'Company name': 'Acme', 'CRM ID': 'x', Owner: 'nobody@example.com' },
			"No rows were sent. No column matches 'name', which a company requires. Your columns: Company name (did you mean 'name'?), CRM ID, Owner",
		],
		[
			'no column is a key',
			{ name: 'Acme', 'CRM ID': 'x', Phase: 'Live' },
			'No rows were sent. No column matches a key. Each row needs External ID or Source ID; without one every run creates a new record. Your columns: name, CRM ID, Phase',
		],
	])('where %s, the error says so and how to map', async (_case, row, message) => {
		const { error } = await upsert([row, row]);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain('drag each column onto its field');
		expect(planhat.sent().filter((sent) => sent.startsWith('PUT'))).toEqual([]);
	});

	it('speaks of valid rows only where there are any', async () => {
		const { error } = await upsert([
			{ externalId: 'a', csmScore: 'x' },
			{ externalId: 'b', csmScore: 'y' },
		]);
		expect(error?.description).toContain('To get each row with its reason, set On Error');
		expect(error?.description).not.toContain('valid rows');
	});

	it('names the columns that fitted nothing in the error that stops the workflow', async () => {
		const { error } = await upsert([...companies(2), { phase: 'Live', colour: 'red' }]);
		expect(error?.description).toContain("To send the valid rows, set On Error of this node to 'Continue");
		expect(error?.description).toContain('1 column matches no company field, and Planhat ignores them: colour');
	});

	it.each(['string', 'object', 'error', 'nested'] as const)(
		'names the refused rows by their reasons (%s)',
		async (errorForm) => {
			planhat.server.setBehaviour({ errorForm });
			const rows = [...companies(3), { externalId: 'x' }, { externalId: 'y' }];
			const { output, errors } = await upsert(rows, {}, { onError: 'continueErrorOutput' });
			expect(outcomes(output)).toEqual(['created', 'created', 'created']);
			expect(errors.map(({ json, pairedItem }) => [json.externalId, pairedItem])).toEqual([
				['x', { item: 3 }],
				['y', { item: 4 }],
			]);
			for (const { json } of errors) expect(json.error).toContain('name');
		},
	);

	it('puts failed rows into the only output where there is no other, in their order', async () => {
		const { output } = await upsert([{ phase: 'Live' }, ...companies(2)], {}, { onError: 'continueRegularOutput' });
		expect(output.map(({ json, pairedItem }) => [json.outcome ?? json.error, pairedItem])).toEqual([
			[`The company was not applied: ${noKey}`, { item: 0 }],
			['created', { item: 1 }],
			['created', { item: 2 }],
		]);
	});

	it('puts no failed row first where n8n would run the node again for it', async () => {
		const options = { onError: 'continueRegularOutput', retryOnFail: true } as const;
		const { output } = await upsert([{ phase: 'Live' }, ...companies(2)], {}, options);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 0 }, { item: 2 }]);
	});

	it.each(['true', ' Yes', 1, '1'])('sends nothing as a dry run that is given as %j', async (dry) => {
		const { output } = await upsert([{ ...companies(1)[0], dry }], { dryRun: '={{ $json.dry }}' });
		expect(output[0]?.json).toMatchObject({ dryRun: true, rows: 1 });
		expect(planhat.server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it.each<[IDataObject[], string]>([
		[[{ dry: 'perhaps' }], "'Dry Run' takes true or false, not 'perhaps'"],
		[[{ dry: null }], "'Dry Run' is blank for this item"],
		[[{ dry: '' }], "'Dry Run' is blank for this item"],
		[[{ dry: false }, { dry: true }], "'Dry Run' is on for some items and off for others"],
		[[{ dry: 'no' }, {}], "'Dry Run' is blank for this item"],
	])('writes nothing where it cannot be told whether it may: %j', async (given, message) => {
		const rows = companies(2).map((row, index) => ({ ...row, ...given[index] }));
		const dryRun = '={{ $json.dry }}';
		const { error } = await upsert(rows.slice(0, given.length), { dryRun });
		expect(error?.message).toBe(message);
		const { errors } = await upsert(rows.slice(0, given.length), { dryRun }, { onError: 'continueErrorOutput' });
		expect(errors).toHaveLength(given.length);
		expect(planhat.server.requests).toHaveLength(0);
	});

	it.each(['false', 'no', 0])('writes where the dry run is %j', async (dry) => {
		const { output } = await upsert(companies(2), { dryRun: `={{ ${JSON.stringify(dry)} }}` });
		expect(outcomes(output)).toEqual(['created', 'created']);
	});

	it('sends rows with the same key one after the other, leaves out earlier ones, or fails them all', async () => {
		const rows = [
			{ externalId: 'a', name: '1', phase: 'Live' },
			{ externalId: 'b', name: '2' },
			{ externalId: 'a', name: '3' },
		];
		const inOrder = await upsert(rows);
		expect(outcomes(inOrder.output)).toEqual(['created', 'created', 'updated']);
		expect(planhat.server.requests.map(({ body }) => body)).toEqual([rows.slice(0, 2), rows.slice(2)]);

		planhat.server.reset();
		const { output, hints } = await upsert(rows, { duplicateKeys: 'sendLast' });
		expect(outcomes(output)).toEqual(['superseded', 'created', 'created']);
		expect(output[0]?.json.reason).toBe('Row 3 has the same key and was sent in its place');
		expect(planhat.server.records('companies').map(({ name }) => name)).toEqual(['2', '3']);
		expect(hints.map(({ message }) => message).join()).toContain(
			'were replaced by a later row with the same key (row 1)',
		);

		planhat.server.reset();
		const failing = await upsert(rows, { duplicateKeys: 'fail' }, { onError: 'continueErrorOutput' });
		expect(failing.errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(planhat.server.records('companies')).toHaveLength(1);
	});

	it('takes the same email in two companies for two people', async () => {
		const [one, other] = planhat.server.insert('companies', [{ name: 'A' }, { name: 'B' }]);
		const rows = [one, other].map((company) => ({ email: 'kim@example.com', companyId: String(company?._id) }));
		const { output } = await planhat.run(
			{ resource: 'enduser', operation: 'upsert', fields: automatically },
			{ items: itemsOf(rows) },
		);
		expect(outcomes(output)).toEqual(['created', 'created']);
		expect(planhat.server.records('endusers')).toHaveLength(2);
	});

	it('says once what Planhat does not know, and does with it what the user wants', async () => {
		const rows = [{ ...companies(1)[0], colour: 'red' }];
		const sent = async (unknownFields: string) => {
			planhat.server.reset();
			const result = await upsert(rows, { unknownFields }, { onError: 'continueRegularOutput' });
			return { ...result, body: planhat.server.requests.find(({ method }) => method === 'PUT')?.body };
		};
		const asTheyAre = await sent('send');
		expect(asTheyAre.body).toEqual(rows);
		expect(asTheyAre.hints.map(({ message }) => message)).toEqual([expect.stringContaining('colour')]);
		expect((await sent('custom')).body).toEqual([{ ...companies(1)[0], custom: { colour: 'red' } }]);
		expect((await sent('ignore')).body).toEqual(companies(1));
		const refused = await sent('refuse');
		expect(refused.body).toBeUndefined();
		expect(refused.output[0]?.json.error).toContain("Planhat knows no field 'colour' of a company");
	});

	it('gives a summary in place of an item for each row; failed rows still leave one by one', async () => {
		const rows = [...companies(3), { externalId: 'c0', name: 'Again' }, { phase: 'Live' }];
		const options = { report: 'summary', duplicateKeys: 'sendLast' };
		const { output, errors } = await upsert(rows, options, { onError: 'continueErrorOutput' });
		expect(output).toHaveLength(1);
		expect(output[0]?.json).toMatchObject({
			rows: 5,
			created: 3,
			updated: 0,
			unchanged: 0,
			superseded: 1,
			failed: 1,
			unknown: 0,
			requests: 1,
			reasons: [{ reason: noKey, rows: 1, which: 'row 5' }],
		});
		expect(output[0]?.json.createdIds).toHaveLength(3);
		expect(output[0]?.pairedItem).toHaveLength(5);
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 4 }]);
	});

	it('shows a plan and sends nothing on a dry run', async () => {
		const rows = [
			...companies(12),
			{ externalId: 'c0', name: 'Again' },
			{ name: 'No key' },
			{ phase: 'Live' },
			{ externalId: 'z' },
		];
		const { output, error } = await upsert(rows, { dryRun: true, batchSize: 5, keylessRows: 'create' });
		expect(error).toBeUndefined();
		expect(planhat.server.requests).toHaveLength(0);
		expect(output.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				dryRun: true,
				rows: 16,
				rowsToSend: 15,
				requests: 4,
				rounds: 2,
				superseded: 0,
				refused: 1,
				reasons: [{ reason: 'It lacks name', rows: 1, which: 'row 15' }],
				duplicateKeys: ['externalId c0'],
				keylessRows: [14],
				missingFields: { name: 2 },
			}),
		]);
	});

	it('takes rows from JSON, where a list is several rows', async () => {
		const json = '={{ $json.rows }}';
		const items = itemsOf([{ rows: companies(2) }, { rows: { externalId: 'c9', name: 'Nine' } }, { rows: 7 }]);
		const { output, errors } = await planhat.run(
			{ resource: 'company', operation: 'upsert', json },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(planhat.server.requests).toHaveLength(1);
		expect(output.map(({ json: row, pairedItem }) => [row.externalId, pairedItem])).toEqual([
			['c0', { item: 0 }],
			['c1', { item: 0 }],
			['c9', { item: 1 }],
		]);
		expect(errors[0]).toMatchObject({ pairedItem: { item: 2 }, json: { rows: 7 } });
	});

	const schema = ['externalId', 'name', 'csmScore', 'phase'].map((id) => ({
		id,
		displayName: id,
		type: id === 'csmScore' ? 'number' : 'string',
		required: false,
		defaultMatch: false,
		display: true,
	}));
	const byHand = {
		mappingMode: 'defineBelow',
		value: { externalId: '={{ $json.key }}', name: '={{ $json.title }}', csmScore: '={{ $json.score }}', phase: null },
		matchingColumns: ['externalId'],
		schema,
	};

	it('maps by hand, leaves out what was left empty, and fails only the row whose value n8n refuses', async () => {
		const items = itemsOf([
			{ key: 'a', title: 'A', score: '5' },
			{ key: 'b', title: 'B', score: 'many' },
			{ key: 'c', title: 'C' },
		]);
		const { output, errors } = await planhat.run(
			{ resource: 'company', operation: 'upsert', fields: byHand as never },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(planhat.lastRequest().body).toEqual([
			{ externalId: 'a', name: 'A', csmScore: 5 },
			{ externalId: 'c', name: 'C' },
		]);
		expect(outcomes(output)).toEqual(['created', 'created']);
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(errors[0]?.json.error).toContain('csmScore');
	});

	it('maps Create and Update by hand and automatically too', async () => {
		const items = itemsOf([{ key: 'a', title: 'A', score: 3 }]);
		const created = await planhat.run({ resource: 'company', operation: 'create', fields: byHand as never }, { items });
		expect(planhat.lastRequest().body).toEqual({ externalId: 'a', name: 'A', csmScore: 3 });
		await planhat.run(
			{
				resource: 'company',
				operation: 'update',
				recordId: record('id', created.output[0]?.json._id),
				fields: automatically,
			},
			{ items: itemsOf([{ phase: 'Live' }]) },
		);
		expect(planhat.lastRequest().body).toEqual({ phase: 'Live' });
	});
});

describe('an unknown outcome', () => {
	it('sends rows with keys again, once in the store, and says so', async () => {
		planhat.server.order({ method: 'PUT', cut: 'afterApplying' });
		const { output } = await upsert(companies(3));
		expect(planhat.server.requests).toHaveLength(2);
		expect(planhat.server.records('companies')).toHaveLength(3);
		expect(output.map(({ json }) => [json.outcome, json.resent])).toEqual([
			['unchanged', true],
			['unchanged', true],
			['unchanged', true],
		]);
	}, 10_000);

	it('never sends a row without a key again, and says that it may have been applied', async () => {
		planhat.server.order({ method: 'PUT', cut: 'afterApplying' });
		const rows = [{ name: 'No key' }, ...companies(2)];
		const { output, errors } = await upsert(rows, { keylessRows: 'create' }, { onError: 'continueErrorOutput' });
		expect(planhat.server.records('companies')).toHaveLength(3);
		expect(output.map(({ json }) => [json.externalId, json.resent])).toEqual([
			['c0', true],
			['c1', true],
		]);
		expect(errors).toHaveLength(1);
		expect(errors[0]?.json).toMatchObject({ name: 'No key', details: { outcome: 'unknown', keys: {} } });
		expect(errors[0]?.json.error).toContain('may have been applied');
	}, 10_000);

	it('finds the one row that Planhat cannot digest among 1,000', async () => {
		planhat.server.order({
			method: 'PUT',
			body: (body) => (body as IDataObject[]).some(({ externalId }) => externalId === 'c321'),
			answer: { status: 500, body: 'Failed to create company' },
			times: 'always',
		});
		const { output, errors } = await upsert(companies(1_000), {}, { onError: 'continueErrorOutput' });
		expect(tally(outcomes(output))).toEqual({ created: 999 });
		expect(errors.map(({ json }) => json.externalId)).toEqual(['c321']);
		expect(errors[0]?.json.error).toContain('Failed to create company');
		expect(planhat.server.requests.length).toBeLessThan(25);
	}, 60_000);

	it('gives up soon when everything is answered by 500', async () => {
		planhat.server.order({ method: 'PUT', answer: { status: 500, body: 'Down' }, times: 'always' });
		const { output, errors } = await upsert(companies(1_000), {}, { onError: 'continueErrorOutput' });
		expect(output).toEqual([]);
		expect(errors).toHaveLength(1_000);
		expect(planhat.server.requests.length).toBeLessThan(12);
	}, 60_000);

	it('an execution that is cancelled sends no further request', async () => {
		planhat.server.order({ latency: 80, times: 'always' });
		const onStart = (cancel: () => void) => {
			const timer = setInterval(() => {
				if (planhat.server.requests.length < 3) return;
				clearInterval(timer);
				cancel();
			}, 5);
		};
		const { error } = await upsert(companies(100), { batchSize: 5 }, { onStart });
		expect(error?.message).toMatch(
			/^The execution was canceled: \d+ of 100 rows were applied, (\d+ may have been applied, )?\d+ were not sent/,
		);
		const count = planhat.server.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(planhat.server.requests.length).toBe(count);
		expect(count).toBeLessThan(20);
	});
});

describe('Metric: Insert', () => {
	const insert = async (rows: IDataObject[], run: Partial<RunOptions> = {}) =>
		await planhat.run(
			{ resource: 'metric', operation: 'insert', fields: automatically },
			{ items: itemsOf(rows), ...run },
		);
	const values = [
		{ dimensionId: 'logins', value: 3, externalId: 'a', model: 'Company', date: '2026-03-31' },
		{ dimensionId: 'logins', value: '4', externalId: 'b' },
	];

	it('posts all values at once, with the tenant token in the path and no other', async () => {
		for (const way of ['customOperations', 'routing'] as const) {
			planhat.server.reset();
			const { output, error } = await insert(values.slice(0, way === 'routing' ? 1 : 2), { way });
			expect(error).toBeUndefined();
			const request = planhat.lastRequest();
			expect([request.host, request.method, request.path]).toEqual([
				'analytics',
				'POST',
				`/dimensiondata/${planhat.server.tenantToken}`,
			]);
			expect(request.headers.authorization).toBeUndefined();
			expect((request.body as unknown[])[0]).toEqual({ ...values[0], date: '2026-03-31T00:00:00.000Z' });
			expect(output[0]?.json).toMatchObject({ processed: way === 'routing' ? 1 : 2, errors: [], requests: 1 });
		}
	});

	it('sends numbers that came as text as numbers', async () => {
		await insert(values);
		expect((planhat.lastRequest().body as IDataObject[])[1]?.value).toBe(4);
	});

	it.each([
		[{ ...values[0], value: 'many' }, "'value' takes a number"],
		[{ ...values[0], dimensionId: 'my logins' }, 'takes a name without spaces'],
		[{ value: 1, externalId: 'a' }, 'lacks dimensionId'],
		[{ ...values[0], date: 'soon' }, "'date' takes a date"],
	])('refuses %j before anything is sent', async (row, reason) => {
		const { error } = await insert([...values, row]);
		expect(error?.message).toContain(reason);
		expect(planhat.server.requests).toHaveLength(0);
		const { output, errors } = await insert([...values, row], { onError: 'continueErrorOutput' });
		expect(output[0]?.json).toMatchObject({ processed: 2, rows: 3 });
		expect(errors).toHaveLength(1);
	});

	it('says which token is missing', async () => {
		const { error } = await insert(values, { credentials: { ...planhat.credentials, tenantToken: '' } });
		expect(error?.message).toContain('no tenant token');
	});

	it('needs no API token', async () => {
		const { error } = await insert(values, { credentials: { ...planhat.credentials, apiToken: '' } });
		expect(error).toBeUndefined();
	});

	it('never posts again after an unknown outcome', async () => {
		planhat.server.order({ host: 'analytics', cut: 'afterApplying' });
		const { errors } = await insert(values, { onError: 'continueErrorOutput' });
		expect(planhat.server.requests).toHaveLength(1);
		expect(errors).toHaveLength(2);
		for (const { json } of errors) expect(json.details).toMatchObject({ outcome: 'unknown' });
	});

	const refusing = (processed: unknown, errors: unknown[]) =>
		planhat.server.order({ host: 'analytics', answer: { status: 200, body: { processed, errors } as never } });

	it.each(['customOperations', 'routing'] as const)(
		'stops with the counts when Planhat took none of the values, and fails each (%s)',
		async (way) => {
			const rows = way === 'routing' ? values.slice(0, 1) : values;
			const count = rows.length;
			refusing(0, ['No such company', { message: 'No such company' }]);
			const { error, output } = await insert(rows, { way });
			expect(output).toEqual([]);
			expect(error?.message).toBe(
				count === 1
					? 'The metric value was not applied: No such company'
					: '0 of 2 rows were applied, 2 were refused: No such company (rows 1 and 2)',
			);
			refusing(0, ['No such company', { message: 'No such company' }]);
			const going = await insert(rows, { way, onError: 'continueErrorOutput' });
			expect(going.output[0]?.json).toMatchObject({ processed: 0, rows: count });
			expect(going.errors.map(({ json }) => json.details)).toEqual(rows.map(() => ({ outcome: 'failed', keys: {} })));
		},
	);

	it('stops with the counts when Planhat took some of the values; where items go on, the summary says so', async () => {
		refusing(1, ['No such company']);
		const { error } = await insert(values);
		expect(error?.message).toBe('1 of 2 rows were applied, 1 was refused: No such company (1 row)');
		expect(error?.description).toContain('Send only the rows that were not applied: what is sent twice counts twice.');
		refusing(1, ['No such company']);
		const { output, errors, hints } = await insert(values, { onError: 'continueErrorOutput' });
		expect(output[0]?.json).toEqual({ processed: 1, errors: ['No such company'], rows: 2, requests: 1 });
		expect(errors).toEqual([]);
		expect(hints[0]?.message).toContain('Planhat said, without naming a row: No such company');
	});

	it('shows no token when something goes wrong', async () => {
		planhat.server.order({ host: 'analytics', answer: { status: 500, body: `No ${planhat.server.tenantToken}` } });
		const { error } = await insert(values);
		expect(JSON.stringify(error) + String(error?.stack)).not.toContain(planhat.server.tenantToken);
	});
});

describe('User Activity', () => {
	const track = async (rows: IDataObject[], options: INodeParameters = {}) =>
		await planhat.run(
			{ resource: 'userActivity', operation: 'track', fields: automatically, options },
			{ items: itemsOf(rows) },
		);
	const activities = [
		{ email: 'kim@example.com', action: 'Login', info: { page: 1 } },
		{ externalId: 'u2', action: 'Logout', date: '2026-03-31T10:00:00+02:00' },
	];

	it('goes to the live endpoint when it is one, and to the bulk endpoint when there are more', async () => {
		const token = planhat.server.tenantToken;
		const one = await track(activities.slice(0, 1));
		expect(planhat.lastRequest()).toMatchObject({ path: `/analytics/${token}`, body: activities[0] });
		expect(one.output).toEqual([
			{ json: { accepted: true, email: 'kim@example.com', action: 'Login' }, pairedItem: { item: 0 } },
		]);
		const more = await track(activities);
		expect(planhat.lastRequest().path).toBe(`/analytics/bulk/${token}`);
		expect(planhat.lastRequest().body).toEqual([activities[0], { ...activities[1], date: '2026-03-31T08:00:00.000Z' }]);
		expect(more.output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(more.hints.map(({ message }) => message).join()).toContain('before it validates');
	});

	it('goes where the user wants', async () => {
		await track(activities, { endpoint: 'live' });
		await track(activities.slice(0, 1), { endpoint: 'bulk' });
		const token = planhat.server.tenantToken;
		expect(planhat.sent()).toEqual([
			`POST /analytics/${token}`,
			`POST /analytics/${token}`,
			`POST /analytics/bulk/${token}`,
		]);
	});

	it.each([
		['live', 'customOperations'],
		['live', 'routing'],
		['bulk', 'customOperations'],
		['bulk', 'routing'],
	] as const)(
		'is not taken where Planhat says so, and the node stops with the counts (%s, %s)',
		async (endpoint, way) => {
			const parameters = {
				resource: 'userActivity',
				operation: 'track',
				fields: automatically,
				options: { endpoint },
			};
			const items = itemsOf(activities.slice(0, 1));
			planhat.server.order({ host: 'analytics', answer: { status: 200, body: { processed: 0, errors: ['No'] } } });
			const { error } = await planhat.run(parameters, { items, way });
			expect(error?.message).toBe('The user activity was not applied: No');
			planhat.server.order({ host: 'analytics', answer: { status: 200, body: { processed: 0, errors: ['No'] } } });
			const { output, errors } = await planhat.run(parameters, { items, way, onError: 'continueErrorOutput' });
			expect(output).toEqual([]);
			expect(errors[0]?.json.details).toEqual({ outcome: 'failed', keys: {} });
		},
	);

	it('may have been taken where Planhat does not say which it refused', async () => {
		planhat.server.order({ host: 'analytics', answer: { status: 200, body: { processed: 1, errors: ['No'] } } });
		const { error } = await track(activities);
		expect(error?.message).toContain('0 of 2 rows were applied, 2 may have been applied');
		expect(error?.message).toContain('No');
	});

	it.each(['customOperations', 'routing'] as const)(
		'of Segment fails where Planhat did not take it (%s)',
		async (way) => {
			const parameters = { resource: 'userActivity', operation: 'segment', userId: 'u1', event: 'Opened' };
			planhat.server.order({ host: 'analytics', answer: { status: 200, body: { processed: 0, errors: ['No'] } } });
			const { error } = await planhat.run(parameters, { way });
			expect(error?.message).toBe('Planhat did not send the Segment event: No');
			planhat.server.order({ host: 'analytics', answer: { status: 200, body: { error: 'No such tenant' } } });
			const { errors } = await planhat.run(parameters, { way, onError: 'continueErrorOutput' });
			expect(errors[0]?.json.details).toEqual({ outcome: 'unknown', keys: { userId: 'u1' } });
		},
	);

	it('refuses an activity of nobody', async () => {
		const { error } = await track([{ action: 'Login' }]);
		expect(error?.message).toContain('lacks email or externalId');
		expect(planhat.server.requests).toHaveLength(0);
	});

	it.each(['customOperations', 'routing'] as const)(
		'sends Segment events with the tenant token as Basic (%s)',
		async (way) => {
			const basic = `Basic ${Buffer.from(`${planhat.server.tenantToken}:`).toString('base64')}`;
			const parameters = { resource: 'userActivity', operation: 'segment', userId: 'u1' };
			const details = '{"email": "kim@example.com"}';
			const { output } = await planhat.run({ ...parameters, segmentType: 'identify', details }, { way });
			expect(planhat.lastRequest()).toMatchObject({
				path: '/dock/segment',
				body: { type: 'identify', userId: 'u1', traits: { email: 'kim@example.com' } },
			});
			expect(planhat.lastRequest().headers.authorization).toBe(basic);
			expect(output[0]?.json).toEqual({ accepted: true, type: 'identify', userId: 'u1' });
			await planhat.run({ ...parameters, event: 'Opened', details: { plan: 'Pro' } }, { way });
			expect(planhat.lastRequest().body).toEqual({
				type: 'track',
				userId: 'u1',
				event: 'Opened',
				properties: { plan: 'Pro' },
			});
			const blank = await planhat.run({ ...parameters, userId: '={{ " " }}', event: 'Opened' }, { way });
			expect(blank.error?.message).toContain("'User ID' is empty");
		},
	);
});

describe('Time Entry: Duplicate', () => {
	it.each(['customOperations', 'routing'] as const)(
		'copies those of all input items by one request (%s)',
		async (way) => {
			const entries = planhat.server.insert('timeentries', [
				{ hours: 1, date: '2026-01-01' },
				{ hours: 2, date: '2026-01-01' },
			]);
			const used = way === 'routing' ? entries.slice(0, 1) : entries;
			const { output, error } = await planhat.run(
				{ resource: 'timeEntry', operation: 'duplicate', recordId: record('id', '={{ $json.id }}') },
				{ way, items: itemsOf(used.map(({ _id }) => ({ id: _id }))) },
			);
			expect(error).toBeUndefined();
			expect(planhat.sent()).toEqual(['POST /timeentries/duplicate']);
			expect(planhat.lastRequest().body).toEqual({ ids: used.map(({ _id }) => _id) });
			expect(output.length).toBeGreaterThan(0);
			expect(planhat.server.records('timeentries')).toHaveLength(2 + used.length);
		},
	);

	it('takes links, as Record does everywhere', async () => {
		const entries = planhat.server.insert('timeentries', [{ hours: 1 }, { hours: 2 }]);
		const links = entries.map(
			({ _id }, index) => `https://ws.planhat.com/t/x?${index ? 'profile' : 'preview'}=TimeEntry.${_id}`,
		);
		const { error } = await planhat.run(
			{ resource: 'timeEntry', operation: 'duplicate', recordId: record('id', '={{ $json.link }}') },
			{ items: itemsOf(links.map((link) => ({ link }))) },
		);
		expect(error).toBeUndefined();
		expect(planhat.lastRequest().body).toEqual({ ids: entries.map(({ _id }) => _id) });
	});

	it('refuses the link of another record, and copies the rest', async () => {
		const [entry] = planhat.server.insert('timeentries', [{ hours: 1 }]);
		const links = [`https://ws.planhat.com/t/x?profile=Company.${entry?._id}`, String(entry?._id), ''];
		const { output } = await planhat.run(
			{ resource: 'timeEntry', operation: 'duplicate', recordId: record('id', '={{ $json.link }}') },
			{ items: itemsOf(links.map((link) => ({ link }))), onError: 'continueRegularOutput' },
		);
		expect(planhat.lastRequest().body).toEqual({ ids: [entry?._id] });
		expect(output.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[expect.stringContaining('leads to a Company, not to a time entry'), { item: 0 }],
			[undefined, [{ item: 1 }]],
			[expect.stringContaining("'Record' is required"), { item: 2 }],
		]);
	});

	it('tells each item its own reason where Planhat refuses to copy', async () => {
		const [entry] = planhat.server.insert('timeentries', [{ hours: 1 }]);
		planhat.server.order({ method: 'POST', answer: { status: 400, body: 'locked' } });
		const { output } = await planhat.run(
			{ resource: 'timeEntry', operation: 'duplicate', recordId: record('id', '={{ $json.id }}') },
			{ items: itemsOf([{ id: 'x' }, { id: entry?._id }] as IDataObject[]), onError: 'continueRegularOutput' },
		);
		expect(output.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[expect.stringContaining('is not the ID of a time entry'), { item: 0 }],
			[expect.stringContaining('Planhat did not duplicate the time entries: locked'), { item: 1 }],
		]);
	});

	const copyTwo = async (answer: (ids: string[]) => unknown, onError?: 'continueRegularOutput') => {
		const entries = planhat.server.insert('timeentries', [{ hours: 1 }, { hours: 2 }]);
		const ids = entries.map(({ _id }) => String(_id));
		planhat.server.order({ method: 'POST', answer: { status: 200, body: answer(ids) as never } });
		return await planhat.run(
			{ resource: 'timeEntry', operation: 'duplicate', recordId: record('id', '={{ $json.id }}') },
			{ items: itemsOf(ids.map((id) => ({ id }))), onError },
		);
	};

	it('tells each item that it may have been copied where there are fewer copies', async () => {
		for (const [copies, words] of [
			[
				[{ _id: 'c1', hours: 1 }],
				'Planhat made 1 copy of 2 time entries. It does not say which were copied. The copies: c1.',
			],
			[[], 'Planhat made 0 copies of 2 time entries'],
		] as const) {
			const { output } = await copyTwo(() => copies, 'continueRegularOutput');
			expect(output.map(({ json, pairedItem }) => [json.error, json.details, pairedItem])).toEqual(
				[0, 1].map((item) => [
					expect.stringContaining(words),
					expect.objectContaining({ outcome: 'unknown' }),
					{ item },
				]),
			);
		}
		const { error, output } = await copyTwo(() => [{ _id: 'c1' }]);
		expect([error?.message, output]).toEqual(['Planhat made 1 copy of 2 time entries', []]);
		expect(error?.description).toContain('The copies: c1.');
	});

	it('gives each item its copy where the copies name what they were made of', async () => {
		const { output } = await copyTwo(([, second]) => [{ _id: 'c2', copyOf: second }], 'continueRegularOutput');
		expect(output.map(({ json, pairedItem }) => [json.error, json.copyOf, pairedItem])).toEqual([
			[expect.stringContaining('Planhat made 1 copy of 2 time entries. The copies: c2.'), undefined, { item: 0 }],
			[undefined, expect.any(String), { item: 1 }],
		]);
	});

	it('refuses what is no id before any request', async () => {
		const { error } = await planhat.run({
			resource: 'timeEntry',
			operation: 'duplicate',
			recordId: record('id', '={{ "x" }}'),
		});
		expect(error?.message).toContain('is not the ID');
		expect(planhat.server.requests).toHaveLength(0);
	});
});

it.each([502, 504])('a bulk request with a row without a key is sent once when the answer is %s', async (status) => {
	planhat.server.order({ method: 'PUT', answer: { status, headers: { 'Retry-After': '0' } }, times: 'always' });
	const keylessRows = 'create';
	const { errors } = await upsert([{ name: 'No key' }], { keylessRows }, { onError: 'continueErrorOutput' });
	expect(planhat.server.requests).toHaveLength(1);
	expect(errors[0]?.json.details).toMatchObject({ outcome: 'unknown' });
});

it('A blank key is left out, since it would match others that are blank', async () => {
	const rows = [
		{ externalId: '', sourceId: 's1', name: 'A' },
		{ externalId: ' ', sourceId: null, name: 'B' },
	];
	const { output, hints } = await upsert(rows, { keylessRows: 'create' });
	expect(hints.map(({ message }) => message).join()).toContain('1 row without a key became a new record');
	expect(planhat.lastRequest().body).toEqual([{ sourceId: 's1', name: 'A' }, { name: 'B' }]);
	expect(outcomes(output)).toEqual(['created', 'created']);
});

it('A key is sent without the blanks around it, so that what is taken for the same key is the same key', async () => {
	const rows = [
		{ externalId: 'a ', name: '1' },
		{ externalId: ' a', name: '2' },
	];
	const { output } = await upsert(rows, { duplicateKeys: 'sendLast' });
	expect(planhat.lastRequest().body).toEqual([{ externalId: 'a', name: '2' }]);
	expect(outcomes(output)).toEqual(['superseded', 'created']);
	expect(planhat.server.requests).toHaveLength(1);
});

describe('Rows Without a Key', () => {
	const rows = [{ externalId: 'a', name: 'A' }, { name: 'No key' }, { sourceId: ' ', name: 'Blank key' }];
	const sheet = (parameters: INodeParameters) => ({
		resource: 'company',
		operation: 'upsert',
		fields: automatically,
		...parameters,
	});
	const run = async (parameters: INodeParameters) =>
		await planhat.run(sheet(parameters), { items: itemsOf(rows), onError: 'continueRegularOutput' });
	const stored = () => planhat.server.records('companies').map(({ name }) => name);

	it('refuses them by itself: two runs of a sheet leave no company twice, and a hint counts them', async () => {
		for (let runs = 0; runs < 2; runs += 1) {
			const { hints } = await run({});
			expect(hints.map(({ message }) => message)).toEqual([
				'2 rows have no key. Each row needs External ID or Source ID; without one every run creates a new record.',
			]);
		}
		expect(stored()).toEqual(['A']);
	});

	it('below the fields decides, and in Options where a workflow from before holds it there', async () => {
		await run({ keylessRows: 'create' });
		expect(stored()).toEqual(['A', 'No key', 'Blank key']);
		planhat.server.reset();
		await run({ keylessRows: 'fail', options: { keylessRows: 'create' } });
		expect(stored()).toEqual(['A', 'No key', 'Blank key']);
		planhat.server.reset();
		await run({ keylessRows: 'create', options: { keylessRows: 'fail' } });
		expect(stored()).toEqual(['A']);
	});

	it('are counted by a dry run and by the summary', async () => {
		const dry = await run({ options: { dryRun: true } });
		expect(dry.output[0]?.json).toMatchObject({ rows: 3, refused: 2, keylessRows: [2, 3] });
		expect(dry.hints[0]?.message).toMatch(/^2 rows have no key\. /);
		const summed = await run({ keylessRows: 'create', options: { report: 'summary' } });
		expect(summed.output[0]?.json).toMatchObject({ rows: 3, created: 3, keylessRows: [2, 3] });
		expect(summed.hints[0]?.message).toMatch(/^2 rows without a key became new records, as in every run\. /);
	});
});

it('A time entry without an ID is a new one, since nobody can give it a key, and one hint says so', async () => {
	const rows = [1, 2].map((hours) => ({ companyId: '61006bc89a3e0b702ed8ea49', date: '2026-03-31', hours }));
	const parameters = { resource: 'timeEntry', operation: 'upsert', fields: automatically };
	const { output, hints } = await planhat.run(parameters, { items: itemsOf(rows) });
	expect(outcomes(output)).toEqual(['created', 'created']);
	expect(hints.map(({ message }) => message)).toEqual([
		"Create or Update made 2 new time entries; it makes new ones at every run. To update them instead, set the option 'Match On' to a field that tells them apart.",
	]);
});
