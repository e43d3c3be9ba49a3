import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '../planhat-server/index.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const unknown = '5fffffffffffffffffffffff';

describe('the parameter Record', () => {
	it.each([
		['a blank id', record('id', ''), /'Record' is required/],
		['an id of blanks', record('id', '  \t'), /'Record' is required/],
		['nothing at all', record('externalId', null), /'Record' is required/],
		['a path in place of an id', record('id', '../companies'), /is not the ID of a company/],
		['an id that is too short', record('id', '5f00'), /is not the ID of a company/],
		['an id with more behind it', record('id', `${unknown}/x`), /is not the ID of a company/],
		['a prefix alone', record('id', 'extid- '), /is not the ID of a company/],
		['half a character', record('externalId', 'a\ud800b'), /invalid character/],
	])('refuses %s before any request', async (_name, recordId, message) => {
		for (const operation of ['get', 'update', 'delete']) {
			const parameters = {
				resource: 'company',
				operation,
				recordId: `={{ ${JSON.stringify(recordId)} }}`,
				json: { phase: 'x' },
			};
			const { error } = await planhat.run(parameters);
			expect(error?.message).toMatch(message);
		}
		expect(planhat.server.requests).toHaveLength(0);
	});

	it('takes an id from an expression, as text or in the locator', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A' }]);
		const items = itemsOf([{ id: company?._id }]);
		for (const recordId of [record('id', '={{ $json.id }}'), '={{ $json.id }}']) {
			const { output } = await planhat.run({ resource: 'company', operation: 'get', recordId }, { items });
			expect(output[0]?.json.name).toBe('A');
		}
	});

	it('takes the prefixes of Planhat’s own documents', async () => {
		planhat.server.insert('companies', [{ name: 'A', externalId: 'a b', sourceId: 's' }]);
		for (const value of ['extid-a b', 'srcid-s']) {
			const recordId = record('id', value);
			const { output } = await planhat.run({ resource: 'company', operation: 'get', recordId });
			expect(output[0]?.json.name).toBe('A');
		}
		expect(planhat.sent()).toEqual(['GET /companies/extid-a%20b', 'GET /companies/srcid-s']);
	});

	it('trims keys and keeps characters that mean something in an address', async () => {
		const externalId = '50% ? #1/ü 😀';
		planhat.server.insert('companies', [{ name: 'A', externalId }]);
		const recordId = record('externalId', ` ${externalId} `);
		const { output } = await planhat.run({ resource: 'company', operation: 'get', recordId });
		expect(output[0]?.json.externalId).toBe(externalId);
	});
});

describe.each(['enduser', 'user'])('%s by email', (resource) => {
	const path = `${resource}s`;
	const run = async (operation: string, email = 'Kim@Example.com') =>
		await planhat.run({ resource, operation, recordId: record('email', email), json: { firstName: 'K' } });

	it('reads, changes and deletes the only one', async () => {
		const [, person] = planhat.server.insert(path, [{ email: 'lee@example.com' }, { email: 'kim@example.com' }]);
		const emailFilter = `GET /${path}`;
		expect((await run('get', 'kim@example.com')).output[0]?.json._id).toBe(person?._id);
		expect((await run('update', 'kim@example.com')).output[0]?.json).toMatchObject({ firstName: 'K' });
		expect((await run('delete', 'kim@example.com')).output[0]?.json).toEqual({ deleted: true, _id: person?._id });
		expect(planhat.sent()).toEqual([
			emailFilter,
			`GET /${path}/${person?._id}`,
			emailFilter,
			`PUT /${path}/${person?._id}`,
			emailFilter,
			`DELETE /${path}/${person?._id}`,
		]);
	});

	it('does not trust a filter that Planhat may not honour', async () => {
		const body = [
			{ _id: unknown, email: 'lee@example.com' },
			{ _id: '5f0000000000000000000001', email: 'KIM@example.com' },
		];
		planhat.server.order({ path: `/${path}`, answer: { status: 200, body } });
		await run('delete');
		expect(planhat.sent()[1]).toBe(`DELETE /${path}/5f0000000000000000000001`);
	});

	it.each(['get', 'update', 'delete'])('refuses to %s when none has it', async (operation) => {
		expect((await run(operation)).error?.message).toMatch(/Planhat has no (end )?user with email 'Kim@Example.com'/);
		// As it is given, and in lower case.
		expect(planhat.sent()).toEqual([`GET /${path}`, `GET /${path}`]);
	});

	it.each(['get', 'update', 'delete'])('refuses to %s when more than one has it', async (operation) => {
		const body = [1, 2].map((index) => ({ _id: `5f000000000000000000000${index}`, email: 'kim@example.com' }));
		planhat.server.order({ path: `/${path}`, answer: { status: 200, body } });
		expect((await run(operation)).error?.message).toMatch(/Planhat has 2 (end )?users with email/);
		expect(planhat.server.requests).toHaveLength(1);
	});
});

describe('a record that does not exist', () => {
	it.each([404, 400, 'null'] as const)('is an error whatever Planhat answers (%s)', async (unknownRecord) => {
		planhat.server.setBehaviour({ unknownRecord });
		for (const recordId of [record('id', unknown), record('externalId', 'nobody')]) {
			// A delete is done whatever the answer says, unless it counts none.
			for (const operation of unknownRecord === 'null' ? ['get'] : ['get', 'delete']) {
				const { error, output } = await planhat.run({ resource: 'company', operation, recordId });
				expect(output).toEqual([]);
				expect(error?.message).toMatch(/company with (ID '5fffffffffffffffffffffff'|external ID 'nobody')/);
			}
		}
	});

	it('is not said to be deleted when Planhat counts none', async () => {
		planhat.server.order({ method: 'DELETE', answer: { status: 200, body: { n: 0, ok: 1, deletedCount: 0 } } });
		const { error } = await planhat.run({ resource: 'company', operation: 'delete', recordId: record('id', unknown) });
		expect(error?.message).toContain('nothing was deleted');
	});
});

describe('Delete', () => {
	it.each(['count', 'record', 'empty', 'text'] as const)(
		'says the same whatever Planhat answers (%s)',
		async (deleteAnswer) => {
			planhat.server.setBehaviour({ deleteAnswer });
			const [company] = planhat.server.insert('companies', [{ name: 'A' }]);
			const recordId = record('id', company?._id);
			const { output } = await planhat.run({ resource: 'company', operation: 'delete', recordId });
			expect(output[0]?.json).toEqual({ deleted: true, _id: company?._id });
		},
	);
});

describe('Update', () => {
	it('merges custom fields and leaves the others as they are', async () => {
		const [company] = planhat.server.insert('companies', [
			{ name: 'A', phase: 'Live', custom: { Plan: 'Basic', Seats: 5 } },
		]);
		const recordId = record('id', company?._id);
		const json = { custom: { Plan: 'Pro' } };
		const { output } = await planhat.run({ resource: 'company', operation: 'update', recordId, json });
		expect(planhat.lastRequest().body).toEqual(json);
		expect(output[0]?.json).toMatchObject({ name: 'A', phase: 'Live', custom: { Plan: 'Pro', Seats: 5 } });
	});

	it.each(['{}', { _id: unknown, updatedAt: '2026-01-01', __v: 1 }])(
		'refuses %j, which changes nothing',
		async (json) => {
			const { error } = await planhat.run({
				resource: 'company',
				operation: 'update',
				recordId: record('id', unknown),
				json,
			});
			expect(error?.message).toBe('There is nothing to send for the company');
			expect(planhat.server.requests).toHaveLength(0);
		},
	);

	it('leaves out null and blank texts, and clears fields by them with Empty Values', async () => {
		const [invoice] = planhat.server.insert('invoices', [{ status: 'paid' }]);
		const recordId = record('id', invoice?._id);
		const json = { paidDate: null, product: '', status: ' ', extId: '' };
		const parameters = { resource: 'invoice', operation: 'update', recordId, json };
		const { error } = await planhat.run(parameters);
		expect(error?.message).toBe('There is nothing to send for the invoice');
		expect(planhat.server.requests).toHaveLength(0);
		await planhat.run({ ...parameters, options: { emptyValues: 'clear' } });
		expect(planhat.lastRequest().body).toEqual({ paidDate: null, product: '', status: null });
	});

	it('names the columns that Planhat will not see, once for all items, and in the error of a run that stops', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A' }]);
		const parameters = {
			resource: 'company',
			operation: 'update',
			recordId: record('id', company?._id),
			fields: { mappingMode: 'autoMapInputData', value: null },
		};
		const rows = [{ Phase: 'Live', colour: 'red', mrr: 5 }, { colour: 'blue' }];
		const options = { items: itemsOf(rows), onError: 'continueErrorOutput' } as const;
		const { hints, errors } = await planhat.run(parameters, options);
		const told = hints.map(({ message }) => message);
		expect(told.filter((hint) => hint.includes('colour'))).toHaveLength(1);
		expect(told.filter((hint) => hint.includes('only Planhat sets them') && hint.includes('mrr'))).toHaveLength(1);
		expect(told.filter((hint) => hint.includes("'Phase' as 'phase'"))).toHaveLength(1);
		expect(errors[0]?.json.error).toContain('There is nothing to send for the company');
		const { error } = await planhat.run(parameters, { items: itemsOf(rows) });
		expect(error?.description).toContain('1 column matches no company field, and Planhat ignores them: colour');
	});

	it('gives a receipt when Planhat answers without the record', async () => {
		planhat.server.order({ method: 'PUT', answer: { status: 204 } });
		const parameters = {
			resource: 'company',
			operation: 'update',
			recordId: record('id', unknown),
			json: { phase: 'x' },
		};
		expect((await planhat.run(parameters)).output[0]?.json).toEqual({ success: true, _id: unknown });
	});
});

describe('Create', () => {
	it.each([
		['no JSON', '{name: A}', /not a JSON object/],
		['a list', '[{"name": "A"}, {"name": "B"}]', /not a JSON object/],
		['a text', '"A"', /not a JSON object/],
		['nothing', '', /not a JSON object/],
		['a record without a required field', '{"phase": "Live"}', /The company lacks name/],
	])('refuses %s before any request', async (_name, json, message) => {
		const { error } = await planhat.run({ resource: 'company', operation: 'create', json });
		expect(error?.message).toMatch(message);
		expect(planhat.server.requests).toHaveLength(0);
	});

	it('names everything that is missing', async () => {
		const { error } = await planhat.run({
			resource: 'license',
			operation: 'create',
			json: '{"fromDate": "2026-01-01"}',
		});
		expect(error?.message).toBe('The license lacks companyId, _currency, value or mrr');
	});

	it('refuses a date that is none, and names the field', async () => {
		const json = { cId: unknown, currency: 'USD', dueDate: '31/12/2026' };
		const { error } = await planhat.run({ resource: 'invoice', operation: 'create', json });
		expect(error?.message).toBe(
			"'dueDate' takes a day such as 2026-03-31, not '31/12/2026'. Send '31/12/2026' as 2026-12-31. This reads it: {{ DateTime.fromFormat($json.dueDate, 'dd/MM/yyyy').toISODate() }}",
		);
		expect(planhat.server.requests).toHaveLength(0);
	});

	it('takes dates of the workflow as they come out of expressions', async () => {
		const json =
			'={{ { cId: "5f0000000000000000000001", currency: "USD", dueDate: DateTime.fromISO("2021-08-23T12:00:00Z") } }}';
		await planhat.run({ resource: 'invoice', operation: 'create', json });
		expect(planhat.lastRequest().body).toMatchObject({ dueDate: 18_862 });
	});

	it('takes the company by its external id', async () => {
		const [company] = planhat.server.insert('companies', [{ name: 'A', externalId: 'a' }]);
		const json = { companyId: 'extid-a', email: 'kim@example.com' };
		const { output } = await planhat.run({ resource: 'enduser', operation: 'create', json });
		expect(output[0]?.json.companyId).toBe(company?._id);
	});

	it('gives a receipt when Planhat answers without the record', async () => {
		planhat.server.order({ method: 'POST', answer: { status: 201, body: '' } });
		const { output } = await planhat.run({ resource: 'company', operation: 'create', json: { name: 'A' } });
		expect(output[0]?.json).toEqual({ success: true });
	});
});

describe('notes and tickets, which share an endpoint with other conversations', () => {
	it.each([
		['note', 'email'],
		['ticket', 'note'],
	])('a %s is not read when the record is of type %s', async (resource, type) => {
		const [conversation] = planhat.server.insert('conversations', [{ type }]);
		const { error } = await planhat.run({ resource, operation: 'get', recordId: record('id', conversation?._id) });
		expect(error?.message).toContain(`is a conversation of type '${type}', not a ${resource}`);
	});

	it('a ticket is not changed when the record is something else', async () => {
		const [conversation] = planhat.server.insert('conversations', [{ type: 'note' }]);
		const recordId = record('id', conversation?._id);
		const { error } = await planhat.run({ resource: 'ticket', operation: 'update', recordId, json: { status: 'x' } });
		expect(error?.message).toContain('not a ticket');
		expect(planhat.sent()).toEqual([`GET /conversations/${conversation?._id}`]);
	});

	it('a ticket that does not exist is not created by an update', async () => {
		const json = { email: 'kim@example.com', companyId: unknown };
		await planhat.run({ resource: 'ticket', operation: 'update', recordId: record('sourceId', 'new'), json });
		expect(planhat.server.records('conversations')).toEqual([]);
	});

	it('an answer without an ID is never followed by a request to …/undefined', async () => {
		for (const [resource, operation] of [
			['company', 'delete'],
			['ticket', 'update'],
		] as const) {
			planhat.server.order({ method: 'GET', answer: { status: 200, body: { message: 'no such record' } } });
			const mode = resource === 'company' ? 'externalId' : 'sourceId';
			const json = { status: 'x' };
			const { error } = await planhat.run({ resource, operation, recordId: record(mode, 'acme'), json });
			expect(error?.message).toMatch(/^Planhat answered with something other than the .* 'acme': no such record$/);
			expect(planhat.server.requests.map(({ method }) => method)).toEqual(['GET']);
			planhat.server.reset();
		}
	});

	it.each(['={{ ["a", "b"] }}', '={{ ({ a: 1 }) }}', '={{ true }}', '={{ NaN }}', '={{ $json.no }}'])(
		'a record that is no single ID is refused before any request: %s',
		async (value) => {
			for (const mode of ['id', 'externalId']) {
				const { error } = await planhat.run({ resource: 'company', operation: 'get', recordId: record(mode, value) });
				expect(error?.message).toMatch(/^'Record' (takes one ID as text|is required)/);
			}
			expect(planhat.server.requests).toHaveLength(0);
		},
	);

	it.each(['preview', 'profile'])('a record is named by a link of the form ?%s=Company.<id>', async (form) => {
		const [company] = planhat.server.insert('companies', [{ name: 'Acme' }]);
		const value = `https://ws.planhat.com/x/home?${form}=Company.${company?._id}`;
		const { output } = await planhat.run({ resource: 'company', operation: 'get', recordId: record('id', value) });
		expect(output[0]?.json.name).toBe('Acme');
	});

	it('a note stays a note', async () => {
		const json = { companyId: unknown, type: 'call' };
		const { error } = await planhat.run({ resource: 'note', operation: 'create', json });
		expect(error?.message).toBe("'type' of a note is always 'note', not 'call'");
		expect(planhat.server.requests).toHaveLength(0);
	});

	it.each(['string', 'object', 'nested'] as const)(
		'a refused ticket comes with Planhat’s words (%s)',
		async (errorForm) => {
			planhat.server.setBehaviour({ errorForm });
			planhat.server.order({
				method: 'PUT',
				path: '/tickets',
				answer: {
					status: 206,
					body: {
						created: 0,
						createdErrors: [errorForm === 'string' ? 'no such company' : { message: 'no such company' }],
					},
				},
			});
			const json = { sourceId: '1', email: 'kim@example.com', companyId: unknown };
			const { error } = await planhat.run({ resource: 'ticket', operation: 'create', json });
			expect(error?.message).toBe('Planhat did not create the ticket: no such company');
		},
	);

	it('a ticket that Planhat does not name is unknown, not created', async () => {
		planhat.server.order({
			method: 'PUT',
			path: '/tickets',
			answer: { status: 200, body: { created: 0, updated: 0 } },
		});
		const json = { sourceId: '1', email: 'kim@example.com', companyId: unknown };
		const { output } = await planhat.run({ resource: 'ticket', operation: 'create', json });
		expect(output[0]?.json).toMatchObject({ outcome: 'unknown', sourceId: '1' });
	});
});

describe('An Update by external ID', () => {
	const update = async (json: Record<string, string>, answer: JsonObject) => {
		planhat.server.order({ method: 'PUT', answer: { status: 200, body: answer } });
		const recordId = record('externalId', 'acme');
		return await planhat.run({ resource: 'company', operation: 'update', recordId, json });
	};

	it('is an error when the answer is another record', async () => {
		const { error } = await update({ name: 'A' }, { _id: unknown, externalId: 'other', name: 'A' });
		expect(error?.message).toContain('Planhat answered with another record');
		expect(error?.context?.details).toMatchObject({ outcome: 'unknown', keys: { externalId: 'acme' } });
	});

	it('may change the external ID itself', async () => {
		const { error, output } = await update({ externalId: 'new' }, { _id: unknown, externalId: 'new' });
		expect(error).toBeUndefined();
		expect(output[0]?.json).toMatchObject({ externalId: 'new' });
	});
});
