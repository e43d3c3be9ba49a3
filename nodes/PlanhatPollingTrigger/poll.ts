import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { allReduced, watchList } from '../Planhat/list/fetchList';
import { passes } from '../Planhat/list/filters';
import { mostDigests, WatchedFields } from './digests';
import { newlyListedSince } from './listed';
import { after, begun, broughtTo, emptyMemory, Remembered, type Memory } from './memory';
import { openPoll, type Poll, type Stored } from './openPoll';
import { pollError } from './pollFailure';
import { PollReading, type PollLimits } from './pollReading';

/** How many records a test in the editor shows. */
const testRecords = 10;

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
	return begun(seen.marks, now);
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

/** Fields that nobody watched until now: of records that were handed over before, it is known what they hold. */
async function watchNewly(poll: Poll, memory: Memory): Promise<Poll> {
	const { fields } = poll.watched;
	const remembered = new Remembered(memory);
	const { all } = await read(poll, emptyMemory, { most: mostDigests, isWanted: () => true });
	const watched = new WatchedFields(fields);
	const records = all.filter((record) => remembered.isHandedOver(poll.clockwork.markOf(record)));
	for (const record of records) watched.remember(record);
	return { ...poll, watched: new WatchedFields(fields, watched.stored().kept, true) };
}

async function goOn(poll: Poll, memory: Memory, { listed = poll.listed, at = 0 }: Stored) {
	const from = listed === poll.listed ? memory : broughtTo(memory, newlyListedSince(at));
	const watching = poll.isNewlyWatched ? await watchNewly(poll, from) : poll;
	return { ...(await changes(watching, from)), watched: watching.watched };
}

async function first(poll: Poll) {
	const hasAll = poll.context.getNodeParameter('options.includeExisting', false) === true;
	const result = hasAll ? await changes(poll, emptyMemory) : { items: [], memory: await begin(poll) };
	return { ...result, watched: poll.watched };
}

async function poll(context: IPollFunctions, stored: Stored): Promise<INodeExecutionData[]> {
	const opened = await openPoll(context, stored);
	const at = Date.now();
	const of = `${opened.model.resource} by ${opened.clockwork.sortedBy}`;
	const { memory } = stored;
	const result = memory === undefined || stored.of !== of ? await first(opened) : await goOn(opened, memory, stored);
	const { kept, isFull } = result.watched.stored();
	if (isFull) context.logger.warn(`Only the newest ${mostDigests} records are compared with what they held before`);
	const { fields } = result.watched;
	Object.assign(stored, { of, at, listed: opened.listed, memory: result.memory, digests: kept, watched: fields });
	return result.items;
}

/** What polls that are under way began with. n8n polls again on time, whether or not the last poll has ended. */
const underWay = new WeakSet<Stored>();

/** Of two polls that begin with the same memory, both would hand the same changes over. */
async function pollAlone(context: IPollFunctions): Promise<INodeExecutionData[]> {
	if (context.getMode() === 'manual') return await newest(await openPoll(context, {}));
	const stored = context.getWorkflowStaticData('node') as Stored;
	if (underWay.has(stored)) return [];
	underWay.add(stored);
	try {
		return await poll(context, stored);
	} finally {
		underWay.delete(stored);
	}
}

/**
 * Asks Planhat what has changed since the last poll.
 * @returns null where nothing has, or where the last poll is still under way
 * @throws NodeApiError with the cause that n8n's back-off reads, or NodeOperationError; then nothing is remembered
 */
export async function pollPlanhat(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	let thrown: unknown;
	try {
		const items = await pollAlone(this);
		return items.length > 0 ? [items] : null;
	} catch (error) {
		thrown = error;
	}
	throw pollError(this.getNode(), thrown);
}
