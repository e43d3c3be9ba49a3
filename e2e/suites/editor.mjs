import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { outputSchemas } from '../../dist/nodes/Planhat/description/outputSchemas.js';
import { planhatCredential } from '../../scripts/lib/planhatInN8n.mjs';
import { storeCredential, world } from '../world.mjs';

const nodeType = 'n8n-nodes-planhat.planhat';
const mostProperties = 100;
const mostBytes = 90_000;

/** What people see in n8n's editor, asked for as the editor does. */
export function editor() {
	describe('the test of the credential', () => {
		beforeEach(() => world.planhat.reset());

		test('is green with the right token', async () => {
			assert.deepEqual(await testCredential(), { status: 'OK', message: 'Connection successful!' });
			const [request] = world.planhat.requests;
			assert.deepEqual([request.method, request.path, request.query], ['GET', '/companies', { limit: '1' }]);
		});

		test('does not mind slashes at the end of the base URL', async () => {
			const { status } = await testCredential({ baseUrl: `${world.planhat.baseUrl}//` });
			assert.equal(status, 'OK');
			assert.equal(world.planhat.requests.at(-1).path, '/companies');
		});

		test('speaks of expiry and region when the token is refused', async () => {
			const { status, message } = await testCredential({ apiToken: 'wrong' });
			assert.equal(status, 'Error');
			assert.match(message, /expired/);
			assert.match(message, /region/);
		});

		test('says that the token itself works when it may not read companies', async () => {
			world.planhat.setRights({ companies: { read: false } });
			const { status, message } = await testCredential();
			world.planhat.setRights({});
			assert.equal(status, 'OK');
			assert.match(message, /API token works/);
		});
	});

	describe('the list of fields to return', () => {
		beforeEach(() => world.planhat.reset());

		test('holds the fields of the resource, and its custom fields one by one', async () => {
			world.planhat.insert('customfields', [
				{ name: 'Plan', parent: 'company', type: 'text' },
				{ name: 'Seat', parent: 'Company', type: 'number' },
				{ name: 'Role', parent: 'enduser', type: 'text' },
			]);
			const values = (await outputFields('company')).map(({ value }) => value);
			for (const name of ['name', 'phase', 'h', 'updatedAt', 'custom']) assert.ok(values.includes(name), name);
			assert.deepEqual(values.slice(-2), ['custom.Plan', 'custom.Seat']);
			assert.ok(!values.includes('_id'));
		});

		test('does without the custom fields where the token may not read them', async () => {
			world.planhat.setRights({ customfields: { read: false } });
			const values = (await outputFields('enduser')).map(({ value }) => value);
			world.planhat.setRights({});
			assert.ok(values.includes('email'));
			assert.ok(!values.some((value) => value.startsWith('custom.')));
		});

		test('asks Planhat for nothing where there are no custom fields, or where none can be sorted by', async () => {
			assert.ok((await outputFields('timesheet')).length > 5);
			const values = (await sortFields('company')).map(({ value }) => value);
			assert.deepEqual(values.slice(0, 2), ['_id', 'address']);
			assert.ok(!values.includes('custom'));
			assert.equal(world.planhat.requests.length, 0);
		});
	});

	describe('the package', () => {
		test('shows the fields of its output before it has run', async () => {
			for (const [path, schema] of [1, 1.1].flatMap((version) => Object.entries(outputSchemas(version)))) {
				const [folder, resource, operation] = path.split('/');
				const address = `${world.n8n.address}/schemas/${nodeType}/${folder.slice(1)}/${resource}/${operation}`;
				const response = await fetch(address);
				assert.equal(response.status, 200, address);
				assert.deepEqual(await response.json(), schema);
			}
		});

		test(`is served with fewer than ${mostProperties} properties in less than ${mostBytes / 1000} kB`, async (context) => {
			for (const name of [nodeType, `${nodeType}Tool`]) {
				const node = await typeOf('/types/nodes.json', name);
				const bytes = Buffer.byteLength(JSON.stringify(node));
				context.diagnostic(`${name}: ${node.properties.length} top-level properties, ${bytes} bytes`);
				assert.ok(node.properties.length < mostProperties);
				assert.ok(bytes < mostBytes);
			}
		});

		test('brings its icons, for light and for dark', async () => {
			const node = await typeOf('/types/nodes.json', nodeType);
			const credential = await typeOf('/types/credentials.json', 'planhatApi');
			const paths = [node, credential].flatMap(({ iconUrl }) => [iconUrl.light, iconUrl.dark]);
			assert.equal(paths.length, 4);
			for (const path of paths) {
				const response = await fetch(`${world.n8n.address}/${path}`);
				assert.equal(response.status, 200, path);
				assert.match(response.headers.get('content-type'), /image\/svg/);
				assert.match(await response.text(), /<svg/);
			}
		});
	});
}

async function testCredential(changes = {}) {
	const { id, name, type } = await storeCredential(changes);
	const data = { ...planhatCredential({ double: world.planhat }).data, ...changes };
	return await world.n8n.request('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
}

const outputFields = async (resource) => await fieldsOf('getOutputFields', 'options.select', resource);
const sortFields = async (resource) => await fieldsOf('getSortFields', 'sort.values.field', resource);

async function fieldsOf(methodName, path, resource) {
	const { id, name } = world.credential;
	return await world.n8n.request('POST', '/rest/dynamic-node-parameters/options', {
		nodeTypeAndVersion: { name: nodeType, version: 1 },
		path: `parameters.${path}`,
		methodName,
		currentNodeParameters: { authentication: 'apiToken', resource, operation: 'getAll' },
		credentials: { planhatApi: { id, name } },
	});
}

async function typeOf(path, name) {
	const types = await world.n8n.request('GET', path);
	return types.find((type) => type.name === name);
}
