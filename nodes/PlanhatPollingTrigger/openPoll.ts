import type { IPollFunctions } from 'n8n-workflow';

import { credentialIdOf, credentialTypeOf } from '../Planhat/credential/authentication';
import type { ListRequest } from '../Planhat/list/fetchList';
import { withFilterIds } from '../Planhat/list/filterReferences';
import { readListQuery } from '../Planhat/list/query';
import { modelOf } from '../Planhat/resources';
import type { Model } from '../Planhat/resources/types';
import { asForPeople } from '../Planhat/run/nodeVersion';
import { credentialIdentity, tenantOwner } from '../Planhat/run/openRun';
import { Tenant } from '../Planhat/tenant/tenant';
import { inputError } from '../Planhat/transport/errors';
import { openTransport } from '../Planhat/transport/openTransport';
import type { Transport } from '../Planhat/transport/transport';
import { shown } from '../Planhat/values/json';
import { changeEvents, clockworkOf, hasChanges, type ChangeEvent, type Clockwork } from './changes';
import { WatchedFields, type Digests } from './digests';
import { listedOf } from './listed';
import type { Memory } from './memory';

/** n8n's own limit where it does not say one. Milliseconds. */
const usualBudgetMilliseconds = 45_000;

export const usualMost = 5_000;

/** What n8n keeps for the node. */
export interface Stored {
	/** What was listed when it was written: another list begins anew. */
	of?: string;
	/** What was listed within it: of others, only what changes from then on counts. */
	listed?: string;
	/** When the last poll began. Milliseconds since 1970. */
	at?: number;
	memory?: Memory;
	/** What is remembered of the fields that are watched. */
	digests?: Digests;
	watched?: string[];
}

/** One poll, with what the user wants of it. */
export interface Poll {
	context: IPollFunctions;
	model: Model;
	clockwork: Clockwork;
	request: ListRequest;
	/** Tells what is listed from what other parameters or another credential would list. */
	listed: string;
	transport: Transport;
	tenant: Tenant;
	/** What is remembered of them is that of other fields where `isNewlyWatched`. */
	watched: WatchedFields;
	isNewlyWatched: boolean;
	most: number;
	isOver(): boolean;
}

function readModel(context: IPollFunctions): Model {
	const resource = context.getNodeParameter('resource');
	const model = modelOf(String(resource));
	if (model !== undefined && hasChanges(model)) return model;
	throw inputError(
		context.getNode(),
		`Changes of '${String(resource)}' cannot be listed`,
		"Choose 'Resource' from the list.",
	);
}

function readEvent(context: IPollFunctions): ChangeEvent {
	const value = context.getNodeParameter('event');
	const event = Object.keys(changeEvents).find((name): name is ChangeEvent => name === value);
	if (event !== undefined) return event;
	throw inputError(context.getNode(), `'Event' has no choice '${shown(value)}'`, "Choose 'Event' from the list.");
}

function readMost(context: IPollFunctions): number {
	const value = context.getNodeParameter('options.maxItems', usualMost);
	const most = Number(value);
	if (Number.isSafeInteger(most) && most > 0) return most;
	throw inputError(
		context.getNode(),
		`'Max Items per Poll' takes a whole number of 1 or more, not '${String(value)}'`,
		'Correct the option, or remove it.',
	);
}

function namesOf(value: unknown): string[] {
	const names = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** @param fields whose changes alone count */
async function readRequest(
	context: IPollFunctions,
	{ model, clockwork, tenant }: Pick<Poll, 'model' | 'clockwork' | 'tenant'>,
	fields: readonly string[],
): Promise<ListRequest> {
	const node = asForPeople(context.getNode());
	const parameter = (name: string, fallback?: unknown): unknown =>
		name === 'returnAll' ? true : context.getNodeParameter(name, fallback as string);
	const filtered = await withFilterIds({ model, node, tenant, parameter, timezone: context.getTimezone() });
	return {
		method: 'GET',
		url: model.path,
		query: readListQuery(filtered, {
			sort: { field: clockwork.sortedBy, descending: true },
			needs: [...clockwork.needs, ...fields],
		}),
		target: { verb: 'list', record: model.plural, permission: model.name },
	};
}

/** Whether what is remembered is that of these fields. */
function watches({ digests, watched }: Stored, fields: readonly string[]): boolean {
	return digests !== undefined && (watched === undefined || watched.join() === fields.join());
}

/** Requests end with the poll, so that n8n never abandons one whose records were on their way. */
export async function openPoll(context: IPollFunctions, stored: Stored): Promise<Poll> {
	const node = context.getNode();
	const model = readModel(context);
	const event = readEvent(context);
	const clockwork = clockworkOf(model, event);
	const fields = namesOf(context.getNodeParameter('options.watchedFields', []));
	const budget = context.getPollBudgetMs?.() ?? usualBudgetMilliseconds;
	const begin = performance.now();
	const credentials = await context.getCredentials(credentialTypeOf(node));
	const transport = openTransport(context, credentials, {
		maxWait: budget / 4_000,
		requestOptions: { timeout: Math.min(60_000, budget * 0.4) },
		signal: AbortSignal.timeout(budget * 0.95),
	});
	const owner = `${String(credentialIdOf(node))} ${credentialIdentity(credentials)}`;
	const tenant = new Tenant(transport, model, node, tenantOwner(node, credentials));
	const request = await readRequest(context, { model, clockwork, tenant }, fields);
	const isNewlyWatched = fields.length > 0 && !watches(stored, fields);
	return {
		context,
		model,
		clockwork,
		transport,
		tenant,
		request,
		listed: listedOf(request.query, owner),
		watched: new WatchedFields(fields, isNewlyWatched ? {} : stored.digests),
		isNewlyWatched,
		most: readMost(context),
		isOver: () => performance.now() - begin > budget * 0.4,
	};
}
