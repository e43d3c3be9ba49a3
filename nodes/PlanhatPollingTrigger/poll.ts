import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { credentialTypeOf } from '../Planhat/credential/authentication';
import { allReduced, watchList, type ListRequest } from '../Planhat/list/fetchList';
import { passes } from '../Planhat/list/filters';
import { readListQuery } from '../Planhat/list/query';
import { asForPeople } from '../Planhat/run/nodeVersion';
import { modelOf } from '../Planhat/resources';
import type { Model } from '../Planhat/resources/types';
import { Tenant } from '../Planhat/tenant/tenant';
import { inputError } from '../Planhat/transport/errors';
import { openTransport } from '../Planhat/transport/openTransport';
import type { Transport } from '../Planhat/transport/transport';
import { clockworkOf, hasChanges, type ChangeEvent, type Clockwork } from './changes';
import { WatchedFields, mostDigests, type Digests } from './digests';
import { after, emptyMemory, Remembered, type Memory } from './memory';
import { pollError } from './pollFailure';
import { PollReading, type PollLimits } from './pollReading';

/** n8n's own limit where it does not say one. Milliseconds. */
const usualBudgetMilliseconds = 45_000;

/** How many records a test in the editor shows. */
const testRecords = 10;

export const usualMost = 5_000;

/** What n8n keeps for the node. */
interface Stored {
	/** What was listed when it was written: another list begins anew. */
	of?: string;
	memory?: Memory;
	digests?: Digests;
}

/** One poll, with what the user wants of it. */
interface Poll {
	context: IPollFunctions;
	model: Model;
	clockwork: Clockwork;
	request: ListRequest;
	transport: Transport;
	tenant: Tenant;
	watched: WatchedFields;
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

/** Requests end with the poll, so that n8n never abandons one whose records were on their way. */
async function openPoll(context: IPollFunctions, stored: Stored): Promise<Poll> {
	const node = context.getNode();
	const model = readModel(context);
	const event = context.getNodeParameter('event') as ChangeEvent;
	const clockwork = clockworkOf(model, event);
	const parameter = (name: string, fallback?: unknown): unknown =>
		name === 'returnAll' ? true : context.getNodeParameter(name, fallback as string);
	const fields = namesOf(parameter('options.watchedFields', []));
	const query = readListQuery(
		{ model, node: asForPeople(node), timezone: context.getTimezone(), parameter },
		{ sort: { field: clockwork.sortedBy, descending: true }, needs: [...clockwork.needs, ...fields] },
	);
	const budget = context.getPollBudgetMs?.() ?? usualBudgetMilliseconds;
	const begin = performance.now();
	const transport = openTransport(context, await context.getCredentials(credentialTypeOf(node)), {
		maxWait: budget / 4_000,
		requestOptions: { timeout: Math.min(60_000, budget * 0.4) },
		signal: AbortSignal.timeout(budget * 0.95),
	});
	return {
		context,
		model,
		clockwork,
		transport,
		tenant: new Tenant(transport, model, node),
		request: {
			method: 'GET',
			url: model.path,
			query,
			target: { verb: 'list', record: model.plural, permission: model.name },
		},
		watched: new WatchedFields(fields, stored.digests),
		most: readMost(context),
		isOver: () => performance.now() - begin > budget * 0.4,
	};
}

async function read(poll: Poll, memory: Memory, wanted: Omit<PollLimits, 'mayBeCut' | 'isOver'>) {
	const { queries } = poll.request.query;
	const remembered = new Remembered(memory);
	const { maximum } = poll.model.page;
	const limits = { ...wanted, mayBeCut: queries.length === 1, isOver: poll.isOver };
	const reading = new PollReading(remembered, poll.clockwork, limits, maximum);
	for (const qs of queries) {
		reading.beginList();
		await watchList(poll, poll.request, qs, reading);
	}
	return reading.result();
}

async function itemsOf({ request, tenant }: Poll, records: IDataObject[]): Promise<INodeExecutionData[]> {
	return (await allReduced(records, request.query.fields, tenant)).map((json) => ({ json }));
}

function isChange({ clockwork, request, watched }: Poll): PollLimits['isWanted'] {
	return (record, mark) =>
		passes(request.query.filter, record) && clockwork.isWanted(record, mark) && watched.hasChanged(record);
}

/** The newest few, whatever is remembered. */
async function newest(poll: Poll): Promise<INodeExecutionData[]> {
	const { clockwork, request } = poll;
	const { records } = await read(poll, emptyMemory, {
		most: testRecords,
		isWanted: (record, mark) => passes(request.query.filter, record) && clockwork.isWanted(record, mark),
	});
	return await itemsOf(poll, records);
}

/** What there is when the workflow is published; nothing of it is handed over. */
async function begin(poll: Poll): Promise<Memory> {
	const now = Date.now();
	let newest: number | undefined;
	const { all, read: seen } = await read(poll, emptyMemory, {
		most: poll.watched.fields.length > 0 ? mostDigests : 1,
		// All that was saved at the newest time is read, and one that is older.
		isWanted(_record, { time }) {
			if (time > now) return false;
			newest ??= time;
			return time < newest;
		},
	});
	for (const record of all) poll.watched.remember(record);
	return after(emptyMemory, { marks: seen.marks }, now);
}

/** New records are no change that could have been missed. */
function isUnsure({ watched, clockwork }: Poll, { until }: Memory, record: IDataObject): boolean {
	return watched.mayBeForgotten(record) && clockwork.createdAt(record) <= until.time;
}

/** A poll can show no hint, so that the item says it. */
function markUnsure(item: INodeExecutionData | undefined): void {
	if (item !== undefined) item.json.notCompared = true;
}

async function changes(poll: Poll, memory: Memory): Promise<{ items: INodeExecutionData[]; memory: Memory }> {
	// What is saved while the poll goes on may be earlier than a record whose time lies a little ahead.
	const now = Date.now();
	const { all, records, read: seen } = await read(poll, memory, { most: poll.most, isWanted: isChange(poll) });
	for (const record of all) poll.watched.remember(record);
	const items = await itemsOf(poll, records);
	for (const [at, record] of records.entries()) if (isUnsure(poll, memory, record)) markUnsure(items[at]);
	return { items, memory: after(memory, seen, now) };
}

async function poll(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const stored = context.getWorkflowStaticData('node') as Stored;
	const opened = await openPoll(context, stored);
	if (context.getMode() === 'manual') return await newest(opened);
	const of = `${opened.model.resource} by ${opened.clockwork.sortedBy}`;
	const isFirst = stored.memory === undefined || stored.of !== of;
	const hasAll = context.getNodeParameter('options.includeExisting', false) === true;
	const result =
		isFirst && !hasAll
			? { items: [], memory: await begin(opened) }
			: await changes(opened, isFirst ? emptyMemory : (stored.memory ?? emptyMemory));
	const { kept, isFull } = opened.watched.stored();
	if (isFull) context.logger.warn(`Only the newest ${mostDigests} records are compared with what they held before`);
	Object.assign(stored, { of, memory: result.memory, digests: kept });
	return result.items;
}

/**
 * Asks Planhat what has changed since the last poll.
 * @returns null where nothing has
 * @throws NodeApiError with the cause that n8n's back-off reads, or NodeOperationError; then nothing is remembered
 */
export async function pollPlanhat(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	let thrown: unknown;
	try {
		const items = await poll(this);
		return items.length > 0 ? [items] : null;
	} catch (error) {
		thrown = error;
	}
	throw pollError(this.getNode(), thrown);
}
