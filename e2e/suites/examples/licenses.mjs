import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { world } from '../../world.mjs';
import { imported, run, shop } from './shop.mjs';

export function licenses() {
	test('licenses that stand inside company rows arrive at their companies, once each', async () => {
		const { planhat } = world;
		await shop.database.run(`
			CREATE TABLE subscriptions (customer_id text, name text, licenses jsonb);
			INSERT INTO subscriptions SELECT 'c-' || n, 'Company ' || n, jsonb_build_array(
				jsonb_build_object('id', 'team-' || n, 'product', 'Team', 'mrr', 100 + n, 'currency', 'EUR', 'start', '2026-01-01', 'end', '2026-12-31'),
				jsonb_build_object('id', 'extra-' || n, 'product', 'Storage', 'mrr', 5, 'currency', 'EUR', 'start', '2026-03-01', 'end', NULL))
				FROM generate_series(1, 20) AS n;
			INSERT INTO subscriptions VALUES ('c-none', 'Without licenses', '[]'), ('c-bad', 'With a bad one',
				'[{"id": "bad-1", "product": "Team", "mrr": "a lot", "currency": "EUR", "start": "2026-01-01"}]')`);
		const workflow = await imported('licenses-in-company-rows');

		for (const isAgain of [false, true]) {
			const execution = await run(workflow);
			const companies = planhat.records('companies');
			assert.equal(companies.length, 22);
			const stored = planhat.records('licenses');
			assert.equal(stored.length, 40, isAgain ? 'twice' : 'once');
			const fifth = companies.find(({ externalId }) => externalId === 'c-5');
			assert.deepEqual(
				stored
					.filter(({ companyId }) => companyId === fifth._id)
					.map(({ externalId, product, mrr, toDate }) => [externalId, product, mrr, toDate?.slice(0, 10)]),
				[
					['team-5', 'Team', 105, '2026-12-31'],
					['extra-5', 'Storage', 5, undefined],
				],
			);
			const [failed, ...others] = outputOf(execution, 'Create or update licenses', 1);
			assert.deepEqual([failed.externalId, others.length], ['bad-1', 0]);
			assert.match(failed.error, /mrr/i);
		}
	});
}
