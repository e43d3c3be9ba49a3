import type { IDataObject, INode } from 'n8n-workflow';

import { modelOf } from '../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../nodes/Planhat/resources/types.ts';
import type { ItemRun } from '../../nodes/Planhat/run/context.ts';
import { Tenant } from '../../nodes/Planhat/tenant/tenant.ts';
import type { PlanhatRequest } from '../../nodes/Planhat/transport/request.ts';
import type { Transport } from '../../nodes/Planhat/transport/transport.ts';

export const node: INode = {
	id: 'node-1',
	name: 'Planhat',
	type: 'n8n-nodes-planhat.planhat',
	typeVersion: 1.1,
	position: [0, 0],
	parameters: {},
};

/** The model of a resource that the registry is known to have. */
export function model(resource: string): Model {
	const found = modelOf(resource);
	if (found === undefined) throw new Error(`No model '${resource}'`);
	return found;
}

/** What a transport does beside sending, where a test is not about it: nothing is refused, and nothing is hidden. */
export const openDoor: Pick<Transport, 'refusalOf' | 'said' | 'wantedAtOnce' | 'writes'> = {
	refusalOf: () => undefined,
	said: (body) => body,
	wantedAtOnce: () => 1,
	writes: 0,
};

/** Users and custom fields, for tests that are about something else: there are none. */
const emptyTenant: Transport = {
	...openDoor,
	send: async () => ({ status: 200, body: [], resent: false }),
	trySend: async () => ({ status: 200, body: [], resent: false }),
	effort: { requests: 0, retries: 0, waited: 0 },
};

/** What a run knows of a tenant; it has read the custom fields, of which there are none unless `bodies` says so. */
export function fakeTenant(entry: Model, transport: Transport = emptyTenant): Tenant {
	return new Tenant(transport, entry, node);
}

export interface FakeItem extends ItemRun {
	/** What was sent, in order. */
	sent: PlanhatRequest[];
}

/**
 * An item of a model as an operation sees it.
 * @param bodies what is answered, one for each request
 */
export function fakeItem(resource: string, parameters: IDataObject = {}, bodies: unknown[] = []): FakeItem {
	const sent: PlanhatRequest[] = [];
	const entry = model(resource);
	const parameter: FakeItem['parameter'] = (name, fallback) => {
		if (name === 'specifyFields' && 'json' in parameters) return 'json';
		return name in parameters ? parameters[name] : fallback;
	};
	return {
		model: entry,
		tenant: fakeTenant(entry),
		node,
		input: { json: {} },
		items: [{ json: {} }],
		timezone: 'UTC',
		parameter,
		parameterAt: (_index, name, fallback) => parameter(name, fallback),
		namesRecord: () => {},
		turn: async () => {},
		runTransport: emptyTenant,
		transport: {
			...openDoor,
			async send(request) {
				sent.push(request);
				if (sent.length > bodies.length) throw new Error(`No answer prepared for ${request.method} ${request.url}`);
				return { status: 200, body: bodies[sent.length - 1], resent: false };
			},
			trySend: async () => ({ status: 200, body: '', resent: false }),
			effort: { requests: 0, retries: 0, waited: 0 },
		},
		sent,
	};
}
