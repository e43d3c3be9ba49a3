import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { world } from '../../world.mjs';
import { imported, run } from './shop.mjs';

export function compared() {
	test('of two systems only what differs is written, and a second run writes nothing', async () => {
		const { planhat } = world;
		planhat.insert('companies', [
			{ externalId: 'n8n-compare-1', name: 'Blue Harbour (example)', phase: 'Lead' },
			{ externalId: 'n8n-compare-2', name: 'Green Valley (example)', phase: 'Lead' },
			{ externalId: 'of-planhat', name: 'Of Planhat alone', phase: 'Lead' },
		]);
		const sent = () => planhat.requests.filter(({ method }) => method === 'PUT').flatMap(({ body }) => body);
		const workflow = await imported('compare-two-systems');
		const execution = await run(workflow);
		assert.deepEqual(
			sent()
				.map(({ externalId, phase }) => [externalId, phase])
				.sort(),
			[
				['n8n-compare-2', 'Onboarding'],
				['n8n-compare-3', 'Lead'],
			],
		);
		assert.deepEqual(
			outputOf(execution, 'To your system').map(({ externalId }) => externalId),
			['of-planhat'],
		);
		await run(workflow);
		assert.equal(sent().length, 2);
	});
}
