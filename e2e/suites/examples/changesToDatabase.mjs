import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until, world } from '../../world.mjs';
import { imported, run, shop } from './shop.mjs';

const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

const company = (number, minutes, phase = 'Adoption') => ({
	...{ name: `Company ${number}`, externalId: `c-${number}`, phase, mrr: 10.5, renewalDate: '2027-01-31T00:00:00.000Z' },
	updatedAt: ago(minutes),
});

export function changesToDatabase() {
	test('changes in Planhat reach a table, one row for each company', async () => {
		const { n8n, planhat } = world;
		const workflow = await imported('changes-to-database');
		await run(workflow, 'Run once');
		await run(workflow, 'Run once');

		planhat.insert('companies', [company(0, 60)]);
		await n8n.activate(workflow);
		await until(() => planhat.requests.length > 0, 'The first poll');
		await n8n.deactivate(workflow);
		const [first] = planhat.insert(
			'companies',
			Array.from({ length: 30 }, (_, at) => company(at + 1, -1)),
		);
		await n8n.activate(workflow);
		await until(async () => (await rows()).length === 30, 'What changed since, in the table', 200);
		await n8n.deactivate(workflow);
		const [copy] = await rows();
		assert.deepEqual(
			[copy.planhat_id, copy.name, copy.phase, copy.mrr, copy.renewal_date],
			[first._id, 'Company 1', 'Adoption', 10.5, '2027-01-31T00:00:00+00:00'],
		);

		await planhatUpdate(first._id, 'Renewal');
		await n8n.activate(workflow);
		await until(async () => (await rows())[0].phase === 'Renewal', 'The change, in the table', 200);
		await n8n.deactivate(workflow);
		assert.equal((await rows()).length, 30);
	});
}

async function rows() {
	return await shop.database.rows("SELECT * FROM planhat_companies ORDER BY substr(external_id, 3)::int");
}

/** As somebody in Planhat does. */
async function planhatUpdate(id, phase) {
	const { baseUrl, apiToken } = world.planhat;
	const answer = await fetch(`${baseUrl}/companies/${id}`, {
		method: 'PUT',
		headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
		body: JSON.stringify({ phase }),
	});
	assert.equal(answer.status, 200);
}
