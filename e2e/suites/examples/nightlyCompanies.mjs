import assert from 'node:assert/strict';
import { test } from 'node:test';
import { world } from '../../world.mjs';
import { imported, run, shop, tableRows } from './shop.mjs';

const table = 'planhat_failed_companies';

export function nightlyCompanies() {
	test('companies of a database arrive every night; failed rows are tried again until they are right', async () => {
		const { planhat } = world;
		const { database } = shop;
		planhat.insert('users', [{ email: 'mia@example.com', nickName: 'Mia' }]);
		await database.run(`
			CREATE TABLE customers (customer_id text PRIMARY KEY, name text, phase text, owner_email text, updated_at timestamptz);
			INSERT INTO customers SELECT 'c-' || n, 'Company ' || n, 'Adoption', 'mia@example.com', now() FROM generate_series(1, 40) AS n;
			INSERT INTO customers VALUES
				('old', 'Unchanged for a month', 'Adoption', 'mia@example.com', now() - interval '30 days'),
				('new-owner', 'Her user is not made yet', 'Adoption', 'zoe@example.com', now()),
				('no-owner', 'His user never is', 'Adoption', 'tom@example.com', now()),
				('no-name', NULL, 'Adoption', 'mia@example.com', now()),
				('gone', 'Deleted the next day', 'Adoption', 'tom@example.com', now())`);
		const workflow = await imported('nightly-companies-from-database');

		await run(workflow);
		assert.equal(planhat.records('companies').length, 40);
		const failed = await tableRows(table, 'externalId');
		assert.deepEqual(namesOf(failed), ['gone', 'new-owner', 'no-name', 'no-owner']);
		assert.match(failed[1].error, /zoe@example\.com/);
		assert.match(failed[2].error, /name/);

		planhat.insert('users', [{ email: 'zoe@example.com', nickName: 'Zoe' }]);
		await database.run(`
			UPDATE customers SET updated_at = now() - interval '10 days';
			UPDATE customers SET name = 'Named at last' WHERE customer_id = 'no-name';
			DELETE FROM customers WHERE customer_id = 'gone'`);
		await run(workflow);
		const companies = planhat.records('companies');
		assert.equal(companies.length, 42);
		assert.equal(companies.find(({ externalId }) => externalId === 'no-name').name, 'Named at last');
		assert.deepEqual(namesOf(await tableRows(table, 'externalId')), ['no-owner']);

		await run(workflow);
		assert.equal(planhat.records('companies').length, 42);
		assert.deepEqual(namesOf(await tableRows(table, 'externalId')), ['no-owner']);
	});
}

function namesOf(rows) {
	return rows.map(({ externalId }) => externalId);
}
