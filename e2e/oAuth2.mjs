import { nodeName, runNode } from './workflows.mjs';
import { world } from './world.mjs';

const type = 'planhatOAuth2Api';

/** What somebody enters to sign in to the test double. */
export function clientOfDouble() {
	const [{ id, secret }] = world.planhat.oauth.clients;
	const { baseUrl } = world.planhat;
	return { clientId: id, clientSecret: secret, region: 'custom', baseUrl, appUrl: baseUrl };
}

/** Stores a credential of OAuth2 and signs in with it, as the editor and its window do. */
export async function storeConnection(changes = {}) {
	const data = { ...clientOfDouble(), analyticsUrl: world.planhat.analyticsUrl, callsPerMinute: 0, ...changes };
	const { id, name } = await world.n8n.createCredential({ name: 'Planhat by OAuth2', type, data });
	const address = await world.n8n.request('GET', `/rest/oauth2-credential/auth?id=${id}`);
	const allowed = await fetch(address, {
		method: 'POST',
		redirect: 'manual',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: 'decision=allow',
	});
	const { pathname, search } = new URL(allowed.headers.get('location'));
	await world.n8n.request('GET', pathname + search);
	return { id, name };
}

/** Puts a connection in the place of the token of a node. */
export function asOAuth2(parameters, { id, name }) {
	return {
		parameters: { specifyFields: 'json', ...parameters, authentication: 'oAuth2' },
		credentials: { [type]: { id, name } },
	};
}

export async function runByOAuth2(parameters, connection, options = {}) {
	return await runNode(parameters, { ...options, other: asOAuth2(parameters, connection) });
}

/** Sends one request by n8n's HTTP Request node. */
export async function requestByOAuth2(url, connection, method = 'GET') {
	const { id, name } = connection;
	const authentication = { authentication: 'predefinedCredentialType', nodeCredentialType: type };
	const other = {
		name: nodeName,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		parameters: { method, url, ...authentication, options: {} },
		credentials: { [type]: { id, name } },
	};
	return await runNode({ resource: 'http', operation: method }, { other });
}
