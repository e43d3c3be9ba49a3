import { StartError } from './errors.mjs';

const nodeType = 'n8n-nodes-planhat.planhat';

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
			webhookSecret: '',
		},
	};
}

/**
 * Fails when n8n did not take the package in.
 *
 * @param {Awaited<ReturnType<import('./n8nServer.mjs').startN8n>>} n8n
 */
export async function requireNodeType(n8n) {
	if ((await n8n.nodeTypeNames()).includes(nodeType)) return;
	throw new StartError(
		`n8n runs, but did not load the node ${nodeType}.`,
		'Read the last lines of its log above: a file that the package names may be missing in what was packed.',
		{ details: n8n.logLines() },
	);
}
