import { randomUUID } from 'node:crypto';
import { StartError } from './errors.mjs';

const nodeTypes = ['n8n-nodes-planhat.planhat', 'n8n-nodes-planhat.planhatTrigger'];

/** What deliveries to the trigger carry in this trial. */
export const webhookSecret = randomUUID();

/**
 * The credential that the examples name. The real Planhat is protected from a slip of the hand: read-only.
 *
 * @param {{ apiToken?: string, baseUrl?: string, double?: { baseUrl: string, analyticsUrl?: string, apiToken: string, tenantToken?: string } }} options
 */
export function planhatCredential({ apiToken, baseUrl, double }) {
	return {
		name: 'Planhat account',
		type: 'planhatApi',
		data: {
			apiToken: double?.apiToken ?? apiToken,
			tenantToken: double?.tenantToken ?? '',
			baseUrl: double?.baseUrl ?? baseUrl ?? 'https://api.planhat.com',
			analyticsUrl: double?.analyticsUrl ?? 'https://analytics.planhat.com',
			callsPerMinute: 200,
			readOnly: double === undefined,
		},
	};
}

/** The credential that the triggers of the examples name. */
export function webhookCredential() {
	return { name: 'Planhat webhook', type: 'planhatWebhookApi', data: { webhookSecret } };
}

/**
 * Fails when n8n did not take the package in.
 *
 * @param {Awaited<ReturnType<import('./n8nServer.mjs').startN8n>>} n8n
 */
export async function requireNodeType(n8n) {
	const loaded = await n8n.nodeTypeNames();
	const missing = nodeTypes.filter((name) => !loaded.includes(name));
	if (missing.length === 0) return;
	const advice =
		n8n.pid === undefined
			? 'Install the package in it as the README says, start n8n anew, and start again.'
			: 'Read the last lines of its log above: a file that the package names may be missing in what was packed.';
	throw new StartError(`n8n runs, but did not load ${missing.join(' and ')}.`, advice, { details: n8n.logLines() });
}
