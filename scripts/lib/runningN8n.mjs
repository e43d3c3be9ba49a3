import { StartError } from './errors.mjs';
import { createN8nClient } from './n8nClient.mjs';

/**
 * Signs in to an n8n that is running already, in place of starting one. What is made in it from here is removed by `stop`.
 *
 * @param {{ address: string, email: string, password: string }} given
 */
export async function useRunningN8n({ address, email, password }) {
	const account = { email, password };
	const version = await versionOf(address, account);
	const client = createN8nClient(address, version);
	await signIn(client, account);
	const made = { workflows: [], credentials: [] };
	const keeping = (list, create) => async (given) => {
		const created = await create(given);
		list.push(created.id);
		return created;
	};
	// Nothing else may be there that keeps this process from ending: a real Planhat needs no test server.
	const alive = setInterval(() => {}, 60_000);
	return {
		...client,
		createWorkflow: keeping(made.workflows, client.createWorkflow),
		createCredential: keeping(made.credentials, client.createCredential),
		address,
		version,
		logLines: () => '',
		ended: new Promise(() => {}),
		stop: async () => {
			clearInterval(alive);
			await remove(client, made);
		},
	};
}

/** n8n tells its version to those who are signed in. */
async function versionOf(address, account) {
	const client = createN8nClient(address);
	const settings = async () => (await client.exchange('GET', '/rest/settings')).answer?.data;
	const { userManagement } = (await settings()) ?? {};
	if (userManagement === undefined) {
		throw new StartError(`What answers at ${address} is not n8n.`, 'Check the address that you open n8n at.');
	}
	if (userManagement.showSetupOnFirstLoad) {
		throw new StartError(`The n8n at ${address} has no owner yet.`, 'Open it in a browser, set it up and start again.');
	}
	await signIn(client, account);
	return (await settings())?.versionCli;
}

async function signIn(client, { email, password }) {
	const { ok, answer } = await client.exchange('POST', '/rest/login', { emailOrLdapLoginId: email, email, password });
	if (ok) return;
	throw new StartError(
		`n8n did not let you in: ${answer?.message ?? 'it gave no reason'}`,
		'Check N8N_EMAIL and N8N_PASSWORD. An account with a second factor does not work here.',
	);
}

/** All that can be removed is, whatever becomes of the rest. */
async function remove(client, { workflows, credentials }) {
	const left = [];
	const attempt = async (what, ...requests) => {
		for (const [method, path] of requests) {
			const { ok } = await client.exchange(method, path).catch(() => ({ ok: false }));
			if (!ok && method === 'DELETE') left.push(what);
		}
	};
	for (const id of workflows.splice(0)) {
		const path = `/rest/workflows/${id}`;
		// n8n deletes only what is archived.
		await attempt(`workflow ${id}`, ['POST', `${path}/archive`], ['DELETE', path]);
	}
	for (const id of credentials.splice(0)) await attempt(`credential ${id}`, ['DELETE', `/rest/credentials/${id}`]);
	if (left.length === 0) return;
	throw new StartError(`n8n did not remove ${left.join(', ')}.`, 'Delete them in n8n.');
}
