import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, INode, INodeProperties } from 'n8n-workflow';

import { credentialTypeOf, givenFields } from '../credential/authentication';
import { bearerOf, tokenHash } from '../credential/tokens';
import type { Model } from '../resources/types';
import { Tenant } from '../tenant/tenant';
import { ClosedTransport } from '../transport/closedTransport';
import { inputError, nodeError } from '../transport/errors';
import { openTransport, type TransportOptions } from '../transport/openTransport';
import type { Transport } from '../transport/transport';
import { speaksToModel } from './parameters';
import { isSameForAll } from './sameCredential';

/** What is the same for all items that go out with one credential. */
export interface OpenRun {
	readonly model: Model;
	readonly node: INode;
	/** Time zone of the workflow, for dates from the editor's date picker. */
	readonly timezone: string;
	readonly transport: Transport;
	/** The same for what all items need, which waits for none of them. */
	readonly runTransport: Transport;
	/** What the run knows of the tenant. */
	readonly tenant: Tenant;
}

/** The longest waiting that refusals and retries may cause in one run, unless the user says otherwise. Seconds. */
export const defaultMaxWait = 600;

/** An agent, and the person who talks to it, wait for the answer of a tool. Seconds. */
const maxWaitOfTools = 30;

const longestWait: INodeProperties = {
	displayName: 'Longest Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: defaultMaxWait,
	description:
		"Max number of seconds to wait and retry, in total, while Planhat refuses requests or can't be reached. After that, remaining rows are not sent. Waiting for 'Calls per Minute' doesn't count.",
};

/** The option of all operations. */
export const longestWaits: readonly INodeProperties[] = [
	{ ...longestWait, displayOptions: { show: { '@tool': [false] } } },
	{
		...longestWait,
		default: maxWaitOfTools,
		displayOptions: { show: { '@tool': [true] } },
		description:
			'Max number of seconds that the agent waits while Planhat refuses requests, no request is free, or Planhat cannot be reached. After that, the tool says so.',
	},
];

/**
 * Reads the option Longest Wait. One without a value is as it is by default.
 * @returns seconds
 * @throws NodeOperationError for what is no number from 0
 */
export function readMaxWait(node: INode, value: unknown): number {
	const text = typeof value === 'number' ? String(value) : value;
	if (text === undefined || text === null || (typeof text === 'string' && text.trim() === ''))
		return speaksToModel(node) ? maxWaitOfTools : defaultMaxWait;
	const seconds = typeof text === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
	if (Number.isFinite(seconds)) return seconds;
	throw inputError(
		node,
		`'Longest Wait' takes a number of seconds of 0 or more, not '${String(value)}'`,
		`Correct the option, or remove it to wait up to ${speaksToModel(node) ? maxWaitOfTools : defaultMaxWait} seconds.`,
	);
}

/** A credential that cannot be used refuses what would be sent with it; items with another one go on. */
function openDoor(
	context: IExecuteFunctions,
	credentials: ICredentialDataDecryptedObject,
	parameter: (name: string, fallback: unknown) => unknown,
	{ signal = context.getExecutionCancelSignal(), itemIndex }: Pick<TransportOptions, 'signal' | 'itemIndex'> = {},
): Transport {
	try {
		const maxWait = readMaxWait(context.getNode(), parameter('options.maxWait', null));
		return openTransport(context, credentials, {
			maxWait,
			...(speaksToModel(context.getNode()) && { longestQueue: maxWait }),
			requestOptions: parameter('requestOptions', {}),
			signal,
			itemIndex,
		});
	} catch (error) {
		return new ClosedTransport(nodeError(context.getNode(), error));
	}
}

function closedDoor(node: INode, error: unknown): Transport {
	const reason = error instanceof Error ? error.message : String(error);
	return new ClosedTransport(
		inputError(
			node,
			`The Planhat credential could not be read, so this item was not sent: ${reason}`,
			'Check that the credential exists, and that its expressions have a result for this item.',
		),
	);
}

function openRun(context: IExecuteFunctions, model: Model, transport: Transport, owner: string): OpenRun {
	const node = context.getNode();
	return {
		model,
		node,
		timezone: context.getTimezone(),
		transport,
		runTransport: transport,
		tenant: new Tenant(transport, model, node, owner),
	};
}

/** Tells credentials apart without holding a token. */
export function credentialIdentity(credentials: ICredentialDataDecryptedObject): string {
	const fields = Object.entries(givenFields(credentials)).sort(([one], [other]) => (one < other ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Whose lists may be kept for longer than a run: a client of OAuth2 may serve several tenants, which its tokens tell apart. */
export function tenantOwner(node: INode, credentials: ICredentialDataDecryptedObject): string {
	return tokenHash(credentialIdentity(credentials), bearerOf(credentialTypeOf(node), credentials));
}

/**
 * The runs of a node's input items: one for each credential that they have, since a field of it may be an expression. One
 * that is the same for all items is read once.
 */
export class Runs {
	private readonly byIdentity = new Map<string, OpenRun>();

	private shared?: Promise<OpenRun | undefined>;

	/** @param signal ends all that the run has under way; that of the execution where it is left out */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly model: Model,
		private readonly signal?: AbortSignal,
	) {}

	/** Those that were opened so far. */
	get opened(): OpenRun[] {
		return [...this.byIdentity.values()];
	}

	/**
	 * @returns the run that the item belongs to; where its credential cannot be read or used, one that refuses everything
	 */
	async at(index: number): Promise<OpenRun> {
		return (await this.forAll()) ?? (await this.openAt(index));
	}

	/** The run that all items belong to, where they have one credential. */
	async forAll(): Promise<OpenRun | undefined> {
		this.shared ??= this.openShared();
		return await this.shared;
	}

	private async openShared(): Promise<OpenRun | undefined> {
		const isSame = await isSameForAll(this.context, this.context.getInputData().length, credentialIdentity);
		return isSame ? await this.openAt(0) : undefined;
	}

	private async openAt(index: number): Promise<OpenRun> {
		const { context } = this;
		let credentials: ICredentialDataDecryptedObject;
		try {
			credentials = await context.getCredentials(credentialTypeOf(context.getNode()), index);
		} catch (error) {
			const { message } = error as Error;
			return this.keep(message, () => closedDoor(context.getNode(), error));
		}
		const parameter = (name: string, fallback: unknown) => context.getNodeParameter(name, index, fallback);
		return this.keep(
			credentialIdentity(credentials),
			() => openDoor(context, credentials, parameter, { signal: this.signal, itemIndex: index }),
			tenantOwner(context.getNode(), credentials),
		);
	}

	private keep(identity: string, openTransport: () => Transport, owner = identity): OpenRun {
		const opened = this.byIdentity.get(identity) ?? openRun(this.context, this.model, openTransport(), owner);
		this.byIdentity.set(identity, opened);
		return opened;
	}
}
