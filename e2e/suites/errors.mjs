import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { linksOf, runNode } from '../workflows.mjs';
import { world } from '../world.mjs';

const items = [1, 2, 3, 4, 5, 6].map((number) => ({ number, name: `Company ${number}`, externalId: `c-${number}` }));
const fields = '{ name: $json.name, externalId: $json.externalId }';
const creates = { resource: 'company', operation: 'create', json: `={{ ${fields} }}` };
const reason = 'phase is not allowed here';

/** What must not be sent, and what must not be lost. */
export function errors() {
	describe('On Error = Stop', () => {
		beforeEach(() => world.planhat.reset());

		test('after an item that Planhat refuses nothing leaves any more', async () => {
			refuse('Company 3');
			const { status, error } = await runNode(creates, { items });
			await requireSent(['Company 1', 'Company 2', 'Company 3']);
			assert.equal(status, 'error');
			assert.match(error.message, new RegExp(reason));
		});

		test('after an item whose expression throws nothing leaves any more', async () => {
			const json = `={{ $json.number === 3 ? $('No such node').first().json : ${fields} }}`;
			const { status, error } = await runNode({ ...creates, json }, { items });
			await requireSent(['Company 1', 'Company 2']);
			assert.equal(status, 'error');
			assert.match(error.message, /No such node|doesn't exist/);
		});
	});

	describe('an operation that n8n cannot find', () => {
		beforeEach(() => world.planhat.reset());

		const cases = {
			'an expression as operation': [{ operation: '={{ "create" }}' }, /cannot be expressions/],
			'an expression as resource': [{ resource: '={{ "company" }}' }, /cannot be expressions/],
			'an unknown operation': [{ operation: 'destroy' }, /no operation 'destroy' for 'company'/],
			'an operation that the resource lacks': [
				{ resource: 'asset', operation: 'getLeanList' },
				/no operation 'getLeanList'/,
			],
			'an unknown resource': [{ resource: 'spaceship' }, /There is no resource 'spaceship'/],
		};
		for (const [name, [changes, message]] of Object.entries(cases)) {
			test(`${name}: a clear error and no request`, async () => {
				const { status, error } = await runNode({ ...creates, ...changes }, { items });
				await requireSent([]);
				assert.equal(status, 'error');
				assert.match(error.message, message);
			});
		}
	});

	describe('On Error = Continue', () => {
		beforeEach(() => world.planhat.reset());

		test('each failing item becomes one error item with its data, linked to its input, and nothing is lost', async () => {
			refuse('Company 1');
			refuse('Company 3');
			const { status, output } = await runNode(creates, { items, onError: 'continueRegularOutput' });
			assert.equal(status, 'success');
			assert.deepEqual(linksOf(output).sort(), [0, 1, 2, 3, 4, 5]);
			requireFailed(output.filter(({ json }) => json.error !== undefined));
			requireStored(output.filter(({ json }) => json.error === undefined));
		});

		test('on the error output too', async () => {
			refuse('Company 1');
			refuse('Company 3');
			const { status, output, errorOutput } = await runNode(creates, { items, onError: 'continueErrorOutput' });
			assert.equal(status, 'success');
			requireFailed(errorOutput);
			requireStored(output);
		});

		test('an item whose expression throws is one of them', async () => {
			const json = `={{ [1, 3].includes($json.number) ? $('No such node').first().json : ${fields} }}`;
			const { status, output, errorOutput } = await runNode(
				{ ...creates, json },
				{ items, onError: 'continueErrorOutput' },
			);
			assert.equal(status, 'success');
			assert.deepEqual(linksOf(errorOutput), [0, 2]);
			assert.deepEqual(
				errorOutput.map(({ json: { name } }) => name),
				['Company 1', 'Company 3'],
			);
			requireStored(output);
		});
	});
}

function refuse(name) {
	world.planhat.order({
		method: 'POST',
		path: '/companies',
		body: (body) => body.name === name,
		answer: { status: 400, body: reason },
	});
}

/** Waits a little as well: n8n's own way of running a node would send more after the execution has ended. */
async function requireSent(names) {
	await wait(300);
	assert.deepEqual(
		world.planhat.requests.map(({ method, path, body }) => `${method} ${path} ${body?.name}`),
		names.map((name) => `POST /companies ${name}`),
	);
}

function requireFailed(failed) {
	assert.deepEqual(linksOf(failed), [0, 2]);
	for (const { json, pairedItem } of failed) {
		const [index] = linksOf([{ pairedItem }]);
		const { error, details, ...data } = json;
		assert.match(error, new RegExp(reason));
		assert.deepEqual(data, items[index]);
		assert.deepEqual(details, { outcome: 'failed', keys: { externalId: items[index].externalId } });
	}
}

function requireStored(succeeded) {
	assert.deepEqual(linksOf(succeeded), [1, 3, 4, 5]);
	assert.deepEqual(
		succeeded.map(({ json }) => json._id),
		world.planhat.records('companies').map(({ _id }) => _id),
	);
}
