import type { ILoadOptionsFunctions, INode, NodeApiError } from 'n8n-workflow';

import { credentialIdOf, credentialTypeOf } from '../credential/authentication';
import { readSettings } from '../credential/settings';
import { bearerOf, tokenHash } from '../credential/tokens';
import { apiError, inputError, nodeError } from '../transport/errors';
import { openTransport, type TransportOptions } from '../transport/openTransport';
import type { Transport } from '../transport/transport';
import { isObject } from '../values/checks';

/** Somebody looks at the list while it loads: what has not come by then will not be waited for. Milliseconds. */
const patienceMilliseconds = 20_000;

/** The waiting that refusals and retries of one request may cause here. Seconds. */
const maxWait = 5;

/** Request Options of the node hold here too, such as its proxy, but for a longer timeout. */
function optionsFor(context: ILoadOptionsFunctions, signal: AbortSignal): TransportOptions {
	const given: unknown = context.getCurrentNodeParameter('requestOptions');
	const options = isObject(given) ? given : {};
	const timeout = Math.min(Number(options.timeout) || patienceMilliseconds, patienceMilliseconds);
	return { maxWait, requestOptions: { ...options, timeout }, signal };
}

function tooLate(node: INode, transport?: Transport): Error {
	const seconds = patienceMilliseconds / 1_000;
	const other = 'Try again in a minute, or use an ID or an expression.';
	if (transport?.effort.endedInQueue !== true)
		return inputError(node, `Planhat has not answered within ${seconds} seconds`, other);
	return inputError(
		node,
		`The rate limit of this token was used up for ${seconds} seconds`,
		`Workflows with the same token use all that 'Calls per Minute' in the credential allows. ${other}`,
	);
}

/** Of other errors than a NodeApiError the editor shows no description (n8n's own response to it leaves that out). */
function forEditor(node: INode, thrown: unknown): NodeApiError {
	const { message, description } = nodeError(node, thrown);
	const code = thrown instanceof Error && 'httpCode' in thrown ? String(thrown.httpCode ?? '') : '';
	return apiError(node, code, { message, description: description ?? '' }, { outcome: 'failed' });
}

/**
 * Asks Planhat for what a list in the editor shows, and gives up soon: workflows that use up the quota, or an outage, would
 * keep the person who looks at it for minutes.
 * @param ask sends the requests; its second argument tells tenants and tokens apart
 * @throws NodeApiError when Planhat refuses, when the node has no credential, or when the time is over
 */
export async function withPlanhat<Result>(
	context: ILoadOptionsFunctions,
	ask: (transport: Transport, owner: string) => Promise<Result>,
): Promise<Result> {
	const node = context.getNode();
	const signal = AbortSignal.timeout(patienceMilliseconds);
	let transport: Transport | undefined;
	let thrown: unknown;
	try {
		if (credentialIdOf(node) !== undefined) {
			const type = credentialTypeOf(node);
			const credentials = await context.getCredentials(type);
			transport = openTransport(context, credentials, optionsFor(context, signal));
			return await ask(transport, tokenHash(readSettings(credentials).baseUrl, bearerOf(type, credentials)));
		}
		thrown = inputError(node, 'The node has no Planhat credential yet', 'Select or create one at the top of the node.');
	} catch (error) {
		thrown = signal.aborted ? tooLate(node, transport) : error;
	}
	throw forEditor(node, thrown);
}

/**
 * The same for a list of options, of whose errors the editor shows the message alone, and that only of a
 * NodeOperationError: so it says all there is to say.
 * @throws NodeOperationError
 */
export async function loadFromPlanhat<Result>(
	context: ILoadOptionsFunctions,
	ask: (transport: Transport, owner: string) => Promise<Result>,
): Promise<Result> {
	let thrown: unknown;
	try {
		return await withPlanhat(context, ask);
	} catch (error) {
		thrown = error;
	}
	const { message, description } = nodeError(context.getNode(), thrown);
	throw inputError(context.getNode(), [message, description].filter(Boolean).join('. '), '');
}
