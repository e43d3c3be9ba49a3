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

	test('the past arrives when the number of days is raised, and a second run sends only what is missing', async () => {
		const { planhat } = world;
		planhat.insert('companies', [{ name: 'Company', externalId: 'past' }]);
		await shop.database.run(`
			TRUNCATE usage_daily;
			INSERT INTO usage_daily SELECT current_date - 100 - d, 'past', 'logins', d::text FROM generate_series(1, 20) AS d`);
		const workflow = await changedWorkflow({
			Days: ({ query }) => ({ query: query.replace('current_date - 30', 'current_date - 730') }),
		});

		planhat.order({ method: 'POST', path: /dimensiondata/, host: 'analytics', after: 12, answer: { status: 401, body: 'No' } });
		await run(workflow);
		assert.equal(values().length, 19);
		await run(workflow);
		assert.deepEqual(
			values()
				.map(({ value, time }) => `${time.slice(0, 10)} ${value}`)
				.sort(),
			Array.from({ length: 20 }, (_, at) => `${day(101 + at)} ${at + 1}`).sort(),
		);
		const sent = posts();
		await run(workflow);
		assert.equal(posts(), sent);
	});

	test('usage that stands in a column for each metric arrives by the query and the option that a note gives', async () => {
		const { planhat } = world;
		planhat.insert('companies', [{ name: 'Company', externalId: 'wide' }]);
		await shop.database.run(`
			CREATE TABLE usage_wide (day date, customer_id text, logins text, exports text);
			INSERT INTO usage_wide VALUES (current_date - 10, 'wide', '5', 'many'), (current_date - 11, 'wide', '4', NULL),
				(current_date - 11, 'idle', NULL, NULL)`);
		const changed = await changedWorkflow({
			'Values of the day': (_, content) => ({ query: /```\n([^]+)\n```/.exec(content)[1] }),
			Days: ({ query }) => ({ query: query.replace('usage_daily', 'usage_wide') }),
			'Insert the values of the day': () => ({ options: { rowsHold: 'severalMetrics' } }),
		});

		await run(changed);
		const [bad] = (await tableRows(failed, 'externalId')).filter(({ externalId }) => externalId === 'wide');
		assert.deepEqual([bad.dimensionId, bad.value], ['exports', 'many']);
		await correctRow(failed, 'externalId', 'wide', { value: '2' });
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

/**
 * The workflow, changed as its notes say.
 *
 * @param {Record<string, (parameters: any, note: string) => object>} changes What is put over the parameters of a node.
 */
async function changedWorkflow(changes) {
	const workflow = await imported('usage-from-warehouse');
	const { content } = workflow.nodes.find(({ name }) => name === 'If your table is wide').parameters;
	const nodes = workflow.nodes.map(({ parameters, ...node }) => ({
		...node,
		parameters: { ...parameters, ...changes[node.name]?.(parameters, content) },
	}));
	return await world.n8n.createWorkflow({ ...workflow, id: undefined, nodes });
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
