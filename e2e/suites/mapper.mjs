import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { storeCredential, world } from '../world.mjs';
import { runNode } from '../workflows.mjs';

const usual = { isHidden: false, isLocked: false, isMandatory: false, isFormula: false };

/** The field mapper as the editor fills it, and what becomes of what it holds. */
export function mapper() {
	describe('the field mapper', () => {
		beforeEach(() => world.planhat.reset());

		test('shows a custom field once Planhat has it, and sends it under custom with its type', async () => {
			const before = await columns('company', 'create');
			assert.deepEqual(customOf(before), []);
			define({ name: 'Seats', type: 'number' }, { name: 'Backup', type: 'team member' });
			const schema = await columns('company', 'create');
			assert.deepEqual(
				customOf(schema).map(({ id, type }) => [id, type]),
				[
					['custom.Backup', 'string'],
					['custom.Seats', 'number'],
				],
			);
			const [user] = world.planhat.insert('users', [{ email: 'kim@team.example.com', nickName: 'Kim' }]);
			const value = {
				name: '={{ $json.title }}',
				owner: 'kim@team.example.com',
				'custom.Seats': '={{ $json.seats }}',
				'custom.Backup': '={{ "KIM@team.example.com" }}',
			};
			const fields = { mappingMode: 'defineBelow', value, schema, matchingColumns: [] };
			const { status, error } = await runNode(
				{ resource: 'company', operation: 'create', specifyFields: 'map', fields },
				{ items: [{ title: 'Acme', seats: '12' }] },
			);
			assert.equal(status, 'success', error?.message);
			const [company] = world.planhat.records('companies');
			assert.equal(company.owner, user._id);
			assert.deepEqual(company.custom, { Seats: 12, Backup: user._id });
		});

		test('offers users by name and email and the phases that are there, and what is chosen or typed is sent', async () => {
			const [kim] = world.planhat.insert('users', [{ email: 'kim@team.example.com', nickName: 'Kim' }]);
			world.planhat.insert('companies', [{ name: 'Old', phase: 'Live' }]);
			const schema = await columns('company', 'create');
			const offered = (name) => schema.find(({ id }) => id === name);
			assert.deepEqual(offered('owner').options, [{ name: 'Kim (kim@team.example.com)', value: kim._id }]);
			assert.deepEqual(offered('phase').options, [{ name: 'Live', value: 'Live' }]);
			assert.equal(offered('status'), undefined);
			const value = {
				name: 'Acme',
				owner: kim._id,
				coOwner: '={{ "kim@team.example.com" }}',
				phase: '={{ $json.phase }}',
			};
			const fields = { mappingMode: 'defineBelow', value, schema, matchingColumns: [] };
			const { status, error } = await runNode(
				{ resource: 'company', operation: 'create', specifyFields: 'map', fields },
				{ items: [{ phase: 'Brand new' }] },
			);
			assert.equal(status, 'success', error?.message);
			const { owner, coOwner, phase } = world.planhat.records('companies').at(-1);
			assert.deepEqual([owner, coOwner, phase], [kim._id, kim._id, 'Brand new']);
		});

		test('is not needed for columns with the name of a custom field: 2,000 rows take three requests', async () => {
			define({ name: 'Seats', type: 'number' });
			world.planhat.insert('users', [{ email: 'kim@team.example.com', nickName: 'Kim' }]);
			const rows = Array.from({ length: 2_000 }, (_row, index) => ({
				externalId: `e${index}`,
				name: `Company ${index}`,
				Seats: String(index),
				owner: 'kim@team.example.com',
			}));
			const fields = { mappingMode: 'autoMapInputData', value: null };
			const { status } = await runNode(
				{ resource: 'company', operation: 'upsert', specifyFields: 'map', fields },
				{ items: rows },
			);
			assert.equal(status, 'success');
			const sent = world.planhat.requests.map(({ method, path }) => `${method} ${path}`);
			assert.deepEqual(sent.sort(), ['GET /customfields', 'GET /users', 'PUT /companies']);
			assert.deepEqual(
				world.planhat.records('companies').map(({ custom }) => custom.Seats),
				rows.map((_row, index) => index),
			);
		});

		test('has the keys of Create or Update, and fails without a token so that the editor offers Retry', async () => {
			const shown = (await columns('enduser', 'upsert')).filter(({ removed }) => !removed).map(({ id }) => id);
			for (const key of ['_id', 'externalId', 'sourceId', 'email']) assert.ok(shown.includes(key), key);
			await assert.rejects(columns('enduser', 'upsert', await storeCredential({ apiToken: '' })));
		});

		for (const status of [403, 500]) {
			test(`does not keep the editor waiting when custom fields are answered with ${status}`, async () => {
				world.planhat.order({ path: '/customfields', times: 'always', answer: { status, body: 'No' } });
				const since = performance.now();
				await assert.rejects(columns('company', 'update'));
				assert.ok(performance.now() - since < 12_000);
			});
		}
	});
}

function define(...fields) {
	world.planhat.insert(
		'customfields',
		fields.map((field) => ({ parent: 'company', ...usual, ...field })),
	);
}

function customOf(fields) {
	return fields.filter(({ id }) => id.startsWith('custom.'));
}

async function columns(resource, operation, credential = world.credential) {
	const { id, name } = credential;
	const { fields } = await world.n8n.request('POST', '/rest/dynamic-node-parameters/resource-mapper-fields', {
		nodeTypeAndVersion: { name: 'n8n-nodes-planhat.planhat', version: 1 },
		path: 'parameters.fields',
		methodName: 'getMappingColumns',
		currentNodeParameters: {
			authentication: 'apiToken',
			resource,
			operation,
			fields: { mappingMode: 'defineBelow', value: null },
		},
		credentials: { planhatApi: { id, name } },
	});
	return fields;
}
