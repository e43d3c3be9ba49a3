import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { world } from '../../world.mjs';
import { imported, run } from './shop.mjs';

const names = ['Acme', 'Birch', 'Cedar', 'Delta', 'Elm', 'Fir', 'Grove', 'Hazel', 'Iris', 'Juniper'];

/** What Planhat holds before the first night: all customers but one, one by another name, and two that are gone. */
function insertCompanies(planhat) {
	const known = names.slice(0, 9).map((name, at) => ({ externalId: `guarded-${at + 1}`, name, phase: 'Customer' }));
	known[0] = { ...known[0], name: 'Acme Ltd' };
	planhat.insert('companies', [
		...known,
		{ externalId: 'guarded-old', name: 'Old', phase: 'Customer', city: 'Oslo' },
		{ externalId: 'guarded-lead', name: 'Lead', phase: 'Lead' },
		{ name: 'Made by hand', phase: 'Customer' },
	]);
}

export function guardedSync() {
	test('a nightly sync sends the customers, looks at them, and tells who is gone', async () => {
		const { planhat } = world;
		insertCompanies(planhat);
		const execution = await run(await imported('nightly-sync-with-guard-rails'));
		const rows = outputOf(execution, 'Create or update companies');
		assert.deepEqual(
			rows.slice(0, 10).map(({ outcome, verified }) => [outcome, verified]),
			[...Array(9).fill(['updated', true]), ['created', true]],
		);
		assert.equal(rows[10].city, 'Oslo');
		assert.deepEqual(
			outputOf(execution, 'Tell who is gone').map(({ message }) => message),
			['Old (guarded-old) is a customer in Planhat, and not in your system.'],
		);
		assert.deepEqual(outputOf(execution, 'Tell what Planhat changed'), []);
		assert.equal(planhat.records('companies').length, 13);
	});

	test('a nightly sync sends nothing where the input looks broken, and says so', async () => {
		const { planhat } = world;
		const execution = await run(await imported('nightly-sync-with-guard-rails'));
		assert.match(outputOf(execution, 'Tell what failed')[0].message, /^10 rows .* than 'Stop Above' allows \(20%\)/);
		assert.deepEqual(planhat.records('companies'), []);
	});
}
