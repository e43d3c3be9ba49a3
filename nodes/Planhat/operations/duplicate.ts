import { NodeOperationError, type IDataObject, type INodeExecutionData } from 'n8n-workflow';

import { readCopies, type Copies } from '../answers/copies';
import { shownObject } from '../output/writeResult';
import { readAddress } from '../record/address';
import { lookUp } from '../record/fetchRecord';
import type { BatchRun } from '../run/context';
import { errorItem, errorsNotFirst } from '../run/errorItems';
import { itemAt } from '../run/itemAt';
import type { BatchOperation } from '../run/operation';
import { nodeError, unsureError, type NodeError } from '../transport/errors';
import { isObject } from '../values/checks';

/** An error names so many copies. */
const mostNamed = 20;

/** The `_id` that an item names in any of the ways of Record. */
async function idAt(context: BatchRun, index: number): Promise<string> {
	const item = itemAt(context, index);
	return (await lookUp(item, await readAddress(item, 'duplicate')))._id;
}

/** The items that go out with one credential: the time entries that they name, and those that name none. */
interface Part {
	context: BatchRun;
	ids: string[];
	/** Indexes of the items that the IDs come from. */
	sent: number[];
	failed: INodeExecutionData[];
}

function failedItem({ node, items }: BatchRun, error: NodeError, index: number): INodeExecutionData {
	error.context.itemIndex = index;
	return errorItem(node, error, items[index] ?? { json: {} }, index);
}

/** @throws NodeOperationError when an item cannot be sent and On Error is Stop */
async function readPart(context: BatchRun): Promise<Part> {
	const { node, stops, signal, refusal } = context;
	const part: Part = { context, ids: [], sent: [], failed: [] };
	for (const index of context.indexes) {
		let thrown: unknown = refusal;
		try {
			if (refusal === undefined) {
				part.ids.push(await idAt(context, index));
				part.sent.push(index);
			}
		} catch (error) {
			thrown = error;
		}
		if (thrown !== undefined) {
			const error = nodeError(node, thrown, index);
			if (stops || signal?.aborted) throw error;
			part.failed.push(failedItem(context, error, index));
		}
		await context.yieldToEventLoop();
	}
	return part;
}

/** Index of the first input item that an output item comes from. */
function firstOf({ pairedItem }: INodeExecutionData): number {
	const [first] = [pairedItem ?? []].flat();
	return typeof first === 'object' ? first.item : (first ?? 0);
}

/** Planhat answered, and with fewer copies than it was asked for: what was sent again would be copied twice. */
function fewerCopies({ context, ids }: Part, { records = [], bySource }: Copies): NodeError {
	const { node, model } = context;
	const made = records.map(({ _id }) => String(_id ?? 'one without an ID'));
	const shown = [...made.slice(0, mostNamed), ...(made.length > mostNamed ? [`${made.length - mostNamed} more`] : [])];
	const message = `Planhat made ${made.length} ${made.length === 1 ? 'copy' : 'copies'} of ${ids.length} ${model.plural}`;
	const unclear = bySource === undefined ? 'It does not say which were copied. ' : '';
	const copies = made.length === 0 ? '' : `The copies: ${shown.join(', ')}. `;
	const description = `${unclear}${copies}Look in Planhat before you run this again.`;
	return unsureError(node, new NodeOperationError(node, message, { description }));
}

function answered(part: Part, body: unknown, copies: Copies): INodeExecutionData[] {
	const { context, ids, sent } = part;
	const pairedItem = sent.map((item) => ({ item }));
	const shown = (object: IDataObject) => shownObject(object, context.transport);
	const { records = [] } = copies;
	if (records.length > 0) return records.map((record) => ({ json: shown(record), pairedItem }));
	const answer = isObject(body) ? shown(body) : undefined;
	return [{ json: { duplicated: true, ids, ...(answer && { answer }) }, pairedItem }];
}

/** Each item by itself: its copy, or what is to be said of it. */
function answeredEach({ context, ids, sent }: Part, { bySource }: Copies, error: NodeError): INodeExecutionData[] {
	return sent.map((item, at) => {
		const copy = bySource?.get(ids[at] ?? '');
		return copy === undefined
			? failedItem(context, error, item)
			: { json: shownObject(copy, context.transport), pairedItem: { item } };
	});
}

/**
 * Copies the time entries of a part by one request.
 * @param before how many were copied with other credentials, for the error that stops the run
 * @throws NodeApiError when Planhat refuses and On Error is Stop
 */
async function sendPart(part: Part, before: number): Promise<INodeExecutionData[]> {
	const { context, ids, sent } = part;
	const { model, node, transport } = context;
	const target = { verb: 'duplicate', record: model.plural, permission: model.name };
	const writes = transport.writes;
	let thrown: unknown;
	try {
		const { body } = await transport.send({ ...duplicate.request(model), body: { ids }, target });
		const copies = readCopies(body, ids);
		if (copies.records === undefined || copies.records.length >= ids.length) return answered(part, body, copies);
		thrown = fewerCopies(part, copies);
		if (!context.stops) return answeredEach(part, copies, thrown as NodeError);
	} catch (error) {
		thrown = error;
	}
	context.signal?.throwIfAborted();
	const error = transport.writes > writes ? unsureError(node, thrown) : nodeError(node, thrown);
	if (!context.stops) return sent.map((index) => failedItem(context, error, index));
	const done = `${before} ${before === 1 ? model.singular : model.plural} of other items had been copied before.`;
	if (before > 0) error.description = [error.description, done].filter(Boolean).join(' ');
	throw error;
}

/** Copies the time entries of all input items by one request. */
export const duplicate: BatchOperation = {
	value: 'duplicate',
	name: 'Duplicate',
	action: ({ plural }) => `Duplicate ${plural}`,
	description: ({ plural }) => `Copy ${plural}, those of all input items in one request`,
	request: ({ path }) => ({ method: 'POST', url: `${path}/duplicate` }),
	output: () => [],
	takes: ['record'],

	async runAll(contexts) {
		const parts: Part[] = [];
		for (const context of contexts) parts.push(await readPart(context));
		const items = parts.map(({ failed }) => failed);
		let copied = 0;
		for (const part of parts) {
			if (part.ids.length > 0) items.push(await sendPart(part, copied));
			copied += part.ids.length;
		}
		const output = items.flat().sort((one, other) => firstOf(one) - firstOf(other));
		return contexts[0] === undefined ? output : errorsNotFirst(contexts[0].node, output);
	},
};
