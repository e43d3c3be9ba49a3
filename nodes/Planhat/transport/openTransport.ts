import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { credentialIdOf, credentialTypeOf } from '../credential/authentication';
import { secretHider } from '../credential/secrets';
import { readSettings } from '../credential/settings';
import { connectionOptions } from './connectionOptions';
import { TokenSender, UnsignedSender, type TransportContext } from './dispatch';
import { asNodeError } from './errors';
import { analyticsHost, apiHost } from '../quota/hosts';
import { OAuth2Sender } from './oAuth2Sender';
import { PlanhatTransport, type Access } from './planhatTransport';
import type { Transport } from './transport';

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
	/** The item that the credential was read for, where there are items. */
	itemIndex?: number;
}

function accessWith(
	context: TransportContext,
	credentials: ICredentialDataDecryptedObject,
	{ itemIndex }: TransportOptions,
): Access {
	const type = credentialTypeOf(context.getNode());
	const learnt = new Set<string>();
	let hide = secretHider(credentials);
	const learn = (secret: string) => {
		if (learnt.has(secret)) return;
		learnt.add(secret);
		hide = secretHider(credentials, [...learnt]);
	};
	const readAgain = async () => await context.getCredentials(type, itemIndex);
	const signed =
		type === 'planhatApi'
			? new TokenSender(context, credentials)
			: new OAuth2Sender(context, credentials, readAgain, learn);
	const sender = new UnsignedSender(context, signed);
	return { type, credentials, sender, learn, hide: (text, longest) => hide(text, longest) };
}

/**
 * Opens the door to Planhat with one credential: hosts, tokens, pace, Read Only and what is hidden all come from it.
 * @param credentials the decrypted credential, with its expressions resolved for the item that is sent
 * @throws NodeOperationError when an address or the pace in the credential cannot be used
 */
export function openTransport(
	context: TransportContext,
	credentials: ICredentialDataDecryptedObject,
	options: TransportOptions,
): Transport {
	const { maxWait, requestOptions, signal, longestQueue } = options;
	const node = context.getNode();
	const settings = asNodeError(node, () => readSettings(credentials));
	const owner = { type: credentialTypeOf(node), id: credentialIdOf(node) };
	const hosts = { api: apiHost(settings, credentials, owner), analytics: analyticsHost(settings, credentials) };
	return new PlanhatTransport(
		context,
		accessWith(context, credentials, options),
		settings.readOnly,
		hosts,
		connectionOptions(requestOptions),
		maxWait * 1_000,
		signal,
		longestQueue && longestQueue * 1_000,
	);
}
