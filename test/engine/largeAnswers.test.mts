import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { mapperColumnsOf } from './editor.mts';
import { searchInEditor } from './harness.mts';
import { testInN8n } from './otherDoors.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench({ forEachTest: true });

const megabytes = 300;

/** A list that is 300 MB of blanks. What is packed in parts is unpacked to one. */
const packed = Buffer.concat([
	gzipSync('['),
	...Array<Buffer>(megabytes).fill(gzipSync(Buffer.alloc(1_000_000, ' '))),
	gzipSync(']'),
]);

it('An answer for these tests has about 300 kB', () => {
	expect(packed.length).toBeLessThan(400_000);
});

function answering(status: number): void {
	const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
	planhat.server.order({ times: 'always', answer: { status, headers, body: packed } });
}

/** The most memory that was taken meanwhile, beyond what was before. Megabytes. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
	const before = process.memoryUsage.rss();
	let most = before;
	const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
	try {
		await work();
	} finally {
		clearInterval(timer);
	}
	return (most - before) / 1_000_000;
}

const _id = '5f0000000000000000000001';

const get: INodeParameters = { resource: 'company', operation: 'get', recordId: record('id', _id) };

const create: INodeParameters = { resource: 'company', operation: 'create', json: { name: 'Acme' } };

const insert: INodeParameters = {
	resource: 'metric',
	operation: 'insert',
	json: { dimensionId: 'logins', value: 1, externalId: 'acme' },
};

const large = 'the answer is larger than 64 MB';

// Each of these answers is unpacked to the limit, which takes its time: so there is one test for each way through the node.
describe('an answer of 300 kB that unpacks to 300 MB', () => {
	it('ends a read at once, takes no memory for what is not read, and says what to do', async () => {
		answering(200);
		const list = { resource: 'company', operation: 'getAll', returnAll: true };
		let result: Awaited<ReturnType<typeof planhat.run>> | undefined;
		const taken = await memoryOf(async () => (result = await planhat.run(list)));
		expect(result?.output).toEqual([]);
		expect(result?.error?.message).toContain(large);
		expect(result?.error?.description).toBe(
			"Return fewer records or fields at a time. If these are few already, check 'Region' or 'Base URL' in the Planhat credential: it may not lead to Planhat's API.",
		);
		expect(planhat.server.requests).toHaveLength(1);
		expect(taken).toBeLessThan(250);
	});

	it.each([
		['Create', create],
		['Insert', insert],
	])('leaves open whether a write was applied, which is not sent again: %s', async (_name, parameters) => {
		answering(200);
		const { errors } = await planhat.run(parameters, { onError: 'continueErrorOutput' });
		expect(errors).toHaveLength(1);
		expect(JSON.stringify(errors[0]?.json)).toContain(large);
		expect(errors[0]?.json.details).toMatchObject({ outcome: 'unknown' });
		expect(planhat.server.requests).toHaveLength(1);
	});

	it('is asked for again in smaller requests where rows have keys, and then not any more', async () => {
		answering(200);
		const parameters = {
			resource: 'company',
			operation: 'upsert',
			fields: { mappingMode: 'autoMapInputData', value: null },
		};
		const items = itemsOf([{ externalId: 'a' }, { externalId: 'b' }]);
		const { errors } = await planhat.run(parameters, { items, onError: 'continueErrorOutput' });
		expect(errors.map(({ json }) => (json.details as IDataObject).outcome)).toEqual(['unknown', 'unknown']);
		expect(planhat.server.requests).toHaveLength(3);
	});

	it('beside a refusal is the refusal', async () => {
		answering(400);
		const { error } = await planhat.run(create);
		expect(error).toMatchObject({ httpCode: '400', message: `Planhat did not create the company: ${large}` });
	});

	it('is given up by the lists of the editor and the test of the credential', async () => {
		answering(200);
		expect(await testInN8n(planhat.credentials)).toEqual({
			status: 'Error',
			message: `Region or Base URL does not point to Planhat's API: it sent too much: ${large}`,
		});
		await expect(searchInEditor({ parameters: get, credentials: planhat.credentials })).rejects.toThrow(large);
		await expect(mapperColumnsOf(create, planhat.credentials)).rejects.toThrow(large);
	});
});
