import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { linksOf, runNode } from '../workflows.mjs';
import { storeCredential, world } from '../world.mjs';

const names = ['a', 'b', 'c'];

const items = ['c', 'a', 'b', 'a', 'c'].map((tenant, number) => ({
	tenant,
	name: `${tenant}${number}`,
	externalId: `${tenant}${number}`,
}));

const fields = '={{ { name: $json.name, externalId: $json.externalId } }}';

/** One workflow for several tenants of Planhat: a field of the credential is an expression. */
export function tenants() {
	describe('a credential whose token comes from the input item', () => {
		beforeEach(() => world.planhat.reset());

		for (const operation of ['create', 'upsert']) {
			test(`writes to three tenants in one execution, each record in its own: ${operation}`, async () => {
				const stores = names.map((name) =>
					world.planhat.addTenant({ apiToken: `token-of-${name}`, tenantToken: `tenant-token-of-${name}` }),
				);
				const credential = await storeCredential({ apiToken: '=token-of-{{ $json.tenant }}' });
				const { status, output } = await runNode(
					{ resource: 'company', operation, json: fields },
					{ items, credential },
				);
				assert.equal(status, 'success');
				assert.deepEqual(linksOf(output), [0, 1, 2, 3, 4]);
				assert.deepEqual(
					stores.map((store) => store.records('companies').map(({ name }) => name)),
					[['a1', 'a3'], ['b2'], ['c0', 'c4']],
				);
				assert.deepEqual(world.planhat.records('companies'), []);
			});
		}

		test('fails the item for which it has no token, and no other', async () => {
			const [store] = names.map((name) =>
				world.planhat.addTenant({ apiToken: `token-of-${name}`, tenantToken: `tenant-token-of-${name}` }),
			);
			const apiToken =
				'={{ $json.tenant === "b" ? $("No such node").first().json.token : "token-of-" + $json.tenant }}';
			const credential = await storeCredential({ apiToken });
			const { status, output, errorOutput } = await runNode(
				{ resource: 'company', operation: 'create', json: fields },
				{ items, credential, onError: 'continueErrorOutput' },
			);
			assert.equal(status, 'success');
			assert.deepEqual(linksOf(output), [0, 1, 3, 4]);
			assert.deepEqual(linksOf(errorOutput), [2]);
			assert.match(errorOutput[0].json.error, /The Planhat credential could not be read/);
			assert.equal(store.records('companies').length, 2);
		});
	});
}
