import { afterEach, describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { changePlanhat, type Way } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const ways: Way[] = ['customOperations', 'routing'];

const id = '5f0000000000000000000001';

const ticket = { sourceId: '1', email: 'kim@example.com', companyId: id, title: 'Broken' };

const writes: Record<string, INodeParameters> = {
	create: { resource: 'company', operation: 'create', json: { name: 'Acme' } },
	'create of a ticket': { resource: 'ticket', operation: 'create', json: ticket },
	update: { resource: 'company', operation: 'update', recordId: record('id', id), json: { phase: 'Live' } },
	delete: { resource: 'company', operation: 'delete', recordId: record('id', id) },
	upsert: { resource: 'company', operation: 'upsert', json: { name: 'Acme', externalId: 'acme' } },
	duplicate: { resource: 'timeEntry', operation: 'duplicate', recordId: record('id', id) },
	insert: { resource: 'metric', operation: 'insert', json: { dimensionId: 'logins', value: 1, externalId: 'acme' } },
	track: { resource: 'userActivity', operation: 'track', json: { email: 'ada@example.com', action: 'Login' } },
	segment: { resource: 'userActivity', operation: 'segment', userId: 'ada', event: 'Login' },
};

const deep = `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`;

const answers: Record<string, string> = {
	'an object': deep,
	'a list': `[${deep}]`,
	'the errors of a bulk answer': `{"created":0,"createdErrors":[${deep}],"insertsKeys":[${deep}]}`,
	'the errors of metrics': `{"processed":0,"errors":[${deep}]}`,
};

/** How a row is told as not applied, on either output; undefined where it went through. */
function failureOf({ error, errors, output }: Awaited<ReturnType<typeof planhat.run>>): string | undefined {
	expect(error).toBeUndefined();
	return JSON.stringify(errors[0]?.json.details ?? (output[0]?.json.outcome === 'unknown' ? 'unknown' : undefined));
}

describe('an answer that is nested 60,000 deep', () => {
	it.each(
		Object.keys(answers).flatMap((form) =>
			Object.keys(writes).flatMap((name) => ways.map((way) => [form, name, way] as const)),
		),
	)('fails no row that may have been applied: %s, %s (%s)', async (form, name, way) => {
		const headers = { 'content-type': 'application/json' };
		planhat.server.order({ answer: { status: 200, body: answers[form] ?? '', headers }, times: 'always' });
		const result = await planhat.run(writes[name] ?? {}, { way, onError: 'continueErrorOutput' });
		expect(planhat.server.requests.length).toBeGreaterThan(0);
		const said = form.startsWith('the errors');
		// Where the answer says that the row was refused, it was.
		if (!said) expect(failureOf(result) ?? '').not.toContain('failed');
		expect(result.errors.map(({ json }) => json.error).join()).not.toContain('call stack');
	});

	it.each(ways)('and refuses a request is told as a refusal (%s)', async (way) => {
		const headers = { 'content-type': 'application/json' };
		planhat.server.order({ answer: { status: 400, body: deep, headers }, times: 'always' });
		const { error } = await planhat.run(writes.create ?? {}, { way });
		expect(error?.message).toContain('Planhat did not create the company');
		expect(error?.message).not.toContain('call stack');
	});
});

describe('a body that cannot be sent', () => {
	const tooDeep: Record<string, INodeParameters> = {
		create: { ...writes.create, json: `{"name":"Acme","custom":${deep}}` },
		upsert: { ...writes.upsert, json: `{"name":"Acme","externalId":"acme","custom":${deep}}` },
		segment: { ...writes.segment, details: deep },
	};

	it.each(Object.keys(tooDeep).flatMap((name) => ways.map((way) => [name, way] as const)))(
		'has failed for sure: %s (%s)',
		async (name, way) => {
			const result = await planhat.run(tooDeep[name] ?? {}, { way, onError: 'continueErrorOutput' });
			expect(planhat.sent().filter((request) => !request.startsWith('GET'))).toEqual([]);
			expect(failureOf(result)).toContain('"outcome":"failed"');
			expect(result.errors[0]?.json.error).not.toContain('may have been applied');
		},
	);
});

describe('what goes wrong after a request has left', () => {
	afterEach(() => changePlanhat(() => {}));

	/** Lets every write be sent, and then throws. */
	function failAfterSending(): void {
		changePlanhat((type) => {
			for (const operations of Object.values(type.customOperations ?? {})) {
				for (const [name, run] of Object.entries(operations)) {
					operations[name] = async function (this: IExecuteFunctions) {
						const send = this.helpers.httpRequestWithAuthentication;
						const httpRequestWithAuthentication = async function (this: never, ...request: Parameters<typeof send>) {
							const answer: unknown = await send.call(this, ...request);
							if (request[1].method === 'GET') return answer;
							throw new Error('As n8n says it', { cause: new RangeError('Maximum call stack size exceeded') });
						};
						const helpers = { ...this.helpers, httpRequestWithAuthentication };
						return await run.call(Object.create(this, { helpers: { value: helpers } }) as IExecuteFunctions);
					};
				}
			}
		});
	}

	it.each(Object.keys(writes))('may have been applied: %s', async (name) => {
		planhat.server.insert('companies', [{ _id: id, name: 'Acme' }]);
		planhat.server.insert('timeentries', [{ _id: id, hours: 1 }]);
		failAfterSending();
		const parameters = { ...writes[name], options: { maxWait: 0 } };
		const { errors } = await planhat.run(parameters, { onError: 'continueErrorOutput', items: itemsOf([{ n: 1 }]) });
		expect(planhat.server.requests.length).toBeGreaterThan(0);
		expect(errors[0]?.json.details).toMatchObject({ outcome: 'unknown' });
		expect(errors[0]?.json.error).toContain('may have been applied');
		expect(errors[0]?.json.error).toContain('Maximum call stack size exceeded');
	});
});
