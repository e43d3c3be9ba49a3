import assert from 'node:assert/strict';
import { test } from 'node:test';
import { world } from '../../world.mjs';
import { correctRow, imported, run, shop, tableRows } from './shop.mjs';

const failed = 'planhat_usage_failed';
const days = 'planhat_usage_days';

export function usage() {
	test('usage of a warehouse arrives day by day, each value once; values that failed are sent again once corrected', async () => {
		const { planhat } = world;
		planhat.insert(
			'companies',
			Array.from({ length: 50 }, (_, at) => ({ name: `Company ${at + 1}`, externalId: `c-${at + 1}` })),
		);
		await shop.database.run(`
			CREATE TABLE usage_daily (day date, customer_id text, metric text, amount text);
			INSERT INTO usage_daily SELECT current_date - d, 'c-' || n, 'logins', (d * n)::text
				FROM generate_series(0, 4) AS d, generate_series(1, 50) AS n;
			UPDATE usage_daily SET amount = 'many' WHERE day = current_date - 2 AND customer_id = 'c-7'`);
		const workflow = await imported('usage-from-warehouse');

		await run(workflow);
		assert.equal(values().length, 4 * 50 - 1);
		assert.equal(posts(), 4);
		assert.deepEqual(
			(await tableRows(days, 'day')).map(({ state, processed }) => [state, processed]),
			[
				['sent', 50],
				['sent', 50],
				['sent', 49],
				['sent', 50],
			],
		);
		const [bad, ...others] = await tableRows(failed, 'externalId');
		assert.deepEqual([bad.externalId, bad.value, bad.outcome, others.length], ['c-7', 'many', 'failed', 0]);

		await run(workflow);
		assert.equal(values().length, 4 * 50 - 1);
		assert.equal((await tableRows(failed, 'externalId')).length, 1);

		await correctRow(failed, 'externalId', 'c-7', { value: '14' });
		planhat.order({ method: 'POST', path: /dimensiondata/, host: 'analytics', answer: { status: 401, body: 'No' } });
		await run(workflow);
		assert.equal(values().length, 4 * 50 - 1);
		assert.equal((await tableRows(failed, 'externalId')).length, 1);

		await run(workflow);
		assert.equal(values().length, 4 * 50);
		assert.deepEqual(await tableRows(failed, 'externalId'), []);
		const right = await shop.database.rows(
			"SELECT sum(CASE amount WHEN 'many' THEN 14 ELSE amount::int END) AS total FROM usage_daily WHERE day < current_date",
		);
		assert.equal(
			values().reduce((sum, { value }) => sum + value, 0),
			right[0].total,
		);
	});

	test('a value whose answer was lost is not sent again by itself', async () => {
		const { planhat } = world;
		planhat.insert('companies', [{ name: 'Company', externalId: 'lost' }]);
		await shop.database.run(`
			TRUNCATE usage_daily;
			INSERT INTO usage_daily VALUES (current_date - 20, 'lost', 'logins', '3')`);
		const workflow = await imported('usage-from-warehouse');
		planhat.order({ method: 'POST', path: /dimensiondata/, host: 'analytics', cut: 'afterApplying' });

		await run(workflow);
		await run(workflow);
		assert.equal(values().length, 1);
		assert.deepEqual(
			(await tableRows(failed, 'externalId')).map(({ externalId, outcome }) => [externalId, outcome]),
			[['lost', 'unknown']],
		);
	});

	test('usage that stands in a column for each metric arrives by the query that a note gives', async () => {
		const { planhat } = world;
		planhat.insert('companies', [{ name: 'Company', externalId: 'wide' }]);
		await shop.database.run(`
			CREATE TABLE usage_wide (day date, customer_id text, logins int, exports int);
			INSERT INTO usage_wide VALUES (current_date - 10, 'wide', 5, 2), (current_date - 11, 'wide', 4, NULL)`);
		const workflow = await imported('usage-from-warehouse');
		const { content } = workflow.nodes.find(({ name }) => name === 'If your table is wide').parameters;
		const [, query] = /```\n([^]+)\n```/.exec(content);
		const changes = {
			'Values of the day': () => query,
			Days: (given) => given.replace('usage_daily', 'usage_wide'),
		};
		const changed = await world.n8n.createWorkflow({
			...{ ...workflow, id: undefined },
			nodes: workflow.nodes.map(({ parameters, ...node }) => ({
				...node,
				parameters: { ...parameters, ...(changes[node.name] && { query: changes[node.name](parameters.query) }) },
			})),
		});

		await run(changed);
		await run(changed);
		assert.deepEqual(
			values()
				.map(({ dimensionId, value, time }) => [dimensionId, value, time.slice(0, 10)])
				.sort(),
			[['exports', 2, day(10)], ['logins', 4, day(11)], ['logins', 5, day(10)]].sort(),
		);
	});
}

function day(ago) {
	return new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
}

function values() {
	return world.planhat.records('dimensiondata');
}

function posts() {
	return world.planhat.requests.filter(({ method, path }) => method === 'POST' && path.includes('dimensiondata')).length;
}
