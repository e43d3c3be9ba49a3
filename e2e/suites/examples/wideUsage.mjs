import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { world } from '../../world.mjs';
import { imported, run } from './shop.mjs';

export async function sendsTable() {
	const { planhat } = world;
	const companies = planhat.insert(
		'companies',
		['c00001', 'c00002', 'c00003'].map((name) => ({
			name,
			externalId: `crm-${name}`,
			domains: [`${name}.example.com`],
		})),
	);
	const execution = await run(await imported('wide-usage-table'));
	const [first, second, third] = companies.map(({ _id }) => _id);
	assert.deepEqual(
		planhat
			.records('dimensiondata')
			.map(({ dimensionId, value, companyId, time }) => [companyId, dimensionId, value, time.slice(0, 10)]),
		[
			[first, 'Logins', 42, '2026-01-15'],
			[first, 'Exports_PDF', 3, '2026-01-15'],
			[first, 'Active_users', 17, '2026-01-15'],
			[second, 'Logins', 8, '2026-01-15'],
			[second, 'Active_users', 2, '2026-01-15'],
			[third, 'Logins', 0, '2026-01-15'],
			[third, 'Exports_PDF', 1, '2026-01-15'],
			[third, 'Active_users', 1, '2026-01-15'],
		],
	);
	const failed = outputOf(execution, 'Insert metric values', 1);
	assert.deepEqual(
		failed.map(({ details: { row } }) => [row.externalId, row.dimensionId, row.value]),
		[
			['not-in-planhat.example.net', 'Logins', 5],
			['not-in-planhat.example.net', 'Exports_PDF', 1],
			['not-in-planhat.example.net', 'Active_users', 1],
		],
	);
	assert.match(failed[0].error, /is the domain of no company/);
	assert.equal(planhat.requests.filter(({ method }) => method === 'POST').length, 1);
}

export function wideUsage() {
	test('a usage table with a column for each metric becomes values of the companies that its domains name', sendsTable);

	test('of a table whose companies Planhat does not have, nothing is sent', async () => {
		await run(await imported('wide-usage-table'));
		assert.deepEqual(world.planhat.records('dimensiondata'), []);
	});
}
