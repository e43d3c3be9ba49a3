import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
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
			assert.equal(status, 'Error');
			assert.match(message, /token itself works/);
		});
	});

	describe('the package', () => {
		test(`is served with fewer than ${mostProperties} properties in less than ${mostBytes / 1000} kB`, async (context) => {
			const node = await typeOf('/types/nodes.json', nodeType);
			const bytes = Buffer.byteLength(JSON.stringify(node));
			context.diagnostic(`${node.properties.length} top-level properties, ${bytes} bytes`);
			assert.ok(node.properties.length < mostProperties);
			assert.ok(bytes < mostBytes);
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

async function typeOf(path, name) {
	const types = await world.n8n.request('GET', path);
	return types.find((type) => type.name === name);
}
