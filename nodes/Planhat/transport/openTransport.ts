import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readSettings } from '../credential/settings';
import { connectionOptions } from './connectionOptions';
import type { TransportContext } from './dispatch';
import { asNodeError } from './errors';
import { analyticsHost, apiHost } from '../quota/hosts';
import { PlanhatTransport, type Transport } from './transport';

/** What a transport is opened with, beside the credential. */
export interface TransportOptions {
	/** The longest waiting that refusals and retries of one request may cause. Seconds. */
	maxWait: number;
	/** n8n's "Request Options" of the node, such as its proxy. */
	requestOptions?: unknown;
	/** The longest that a request may stand in the queue for our own quota; any time where it is left out. Seconds. */
	longestQueue?: number;
	/** Ends all waiting and what is on its way. */
	signal?: AbortSignal;
}

/**
 * Opens the door to Planhat with one credential: hosts, tokens, pace, Read Only and what is hidden all come from it.
 * @param credentials the decrypted credential, with its expressions resolved for the item that is sent
 * @throws NodeOperationError when an address or the pace in the credential cannot be used
 */
export function openTransport(
	context: TransportContext,
	credentials: ICredentialDataDecryptedObject,
	{ maxWait, requestOptions, signal, longestQueue }: TransportOptions,
): Transport {
	const settings = asNodeError(context.getNode(), () => readSettings(credentials));
	const hosts = { api: apiHost(settings, credentials), analytics: analyticsHost(settings, credentials) };
	const connection = connectionOptions(requestOptions);
	return new PlanhatTransport(
		context,
		credentials,
		settings.readOnly,
		hosts,
		connection,
		maxWait * 1_000,
		signal,
		longestQueue && longestQueue * 1_000,
	);
}
