import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { resultOf, storeWorkflow } from '../workflows.mjs';
import { world } from '../world.mjs';

const count = 1_000;
const mostRounds = 4;
const mostTimes = 2;

const items = Array.from({ length: count }, (_, index) => ({ name: `Company ${index}`, externalId: `c-${index}` }));

const planhat = {
	resource: 'company',
	operation: 'create',
	specifyFields: 'map',
	fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
};

/** What people use who have no node for Planhat, with the same credential and its best setting: the items as they are. */
function httpRequest() {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${world.planhat.baseUrl}/companies`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'planhatApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json }}',
			options: {},
		},
	};
}

/** Against n8n's own HTTP Request node in the same n8n, which sends hundreds of requests at once. */
export function comparison() {
	describe('1,000 creates without pacing, beside the HTTP Request node', () => {
		beforeEach(() => world.planhat.reset());

		test(`take at most ${mostTimes} times as long`, async (context) => {
			const best = { planhat: Infinity, http: Infinity };
			// In turns, so that what else the machine does disturbs both; the best of each is nearest to the truth.
			for (let round = 0; round < mostRounds; round += 1) {
				best.http = Math.min(best.http, await measure(planhat, httpRequest()));
				const inFlight = world.planhat.mostInFlight;
				best.planhat = Math.min(best.planhat, await measure(planhat));
				context.diagnostic(
					`best so far: Planhat ${(best.planhat / count).toFixed(2)}, HTTP Request ${(best.http / count).toFixed(2)} ms per item; ` +
						`in flight ${world.planhat.mostInFlight} and ${inFlight}`,
				);
				assert.ok(world.planhat.mostInFlight <= 10);
				if (round > 0 && best.planhat <= mostTimes * best.http) break;
			}
			assert.ok(best.planhat <= mostTimes * best.http, `${(best.planhat / best.http).toFixed(2)} times as long`);
		});
	});
}

/** Milliseconds that n8n says the node took; every item must have arrived. */
async function measure(parameters, other) {
	world.planhat.reset();
	const execution = await world.n8n.runManually(await storeWorkflow(parameters, { items, other }));
	const { status, error, output, milliseconds } = resultOf(execution);
	assert.equal(status, 'success', error?.message);
	assert.equal(output.length, count);
	assert.equal(world.planhat.records('companies').length, count);
	return milliseconds;
}
