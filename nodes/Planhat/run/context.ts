import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { NodeError } from '../transport/errors';
import type { OpenRun } from './openRun';
import type { NamedBy } from './inFlight/writeOrder';

/** What an operation sees of the one input item that it works on. */
export interface ItemRun extends OpenRun {
	readonly input: INodeExecutionData;
	/** All input items of the run. */
	readonly items: readonly INodeExecutionData[];
	/**
	 * Reads a parameter of the node for this item.
	 * @param name with dots for values inside collections
	 */
	parameter(name: string, fallback?: unknown): unknown;
	/** Reads a parameter of the node for another item of the run, by its index. */
	parameterAt(index: number, name: string, fallback?: unknown): unknown;
	/**
	 * Says which record the item writes, before its first request: items that may be about the same one keep their order.
	 * @param keys by their names; none where nothing names it
	 */
	namesRecord(by: NamedBy, keys: IDataObject): void;
	/** Waits until no item before this one can still change the same record; each request that it sends waits so anyway. */
	turn(): Promise<void>;
}

/** What a batch operation sees of the input items that go out with one credential: in most runs all of them. */
export interface BatchRun extends OpenRun {
	/** All input items of the run. */
	readonly items: readonly INodeExecutionData[];
	/** Indexes of the items that go out with this credential. */
	readonly indexes: readonly number[];
	/** Why none of them may be sent: the credential cannot be read or used, lacks a token, or is Read Only. */
	readonly refusal?: NodeError;
	/** Whether On Error is Stop, so that nothing is sent after a row that was not applied. */
	readonly stops: boolean;
	/** Ends when the execution is cancelled. */
	readonly signal?: AbortSignal;
	/** Whether the node stands in a loop, so that each run of it brings a part of the items. */
	inLoop(): boolean;
	/** Reads a parameter of the node for one item. */
	parameter(name: string, index: number, fallback?: unknown): unknown;
	/**
	 * Shows a sentence above the output of the node, where n8n offers that.
	 * @param isLoss whether something did not arrive as it was given
	 */
	hint(message: string, isLoss?: boolean): void;
	/** Says something while the run goes on: in n8n's log and in the editor's console. */
	tell(message: string): void;
	/** Gives the event loop back where it has been held for long; cheap to call for every row. */
	yieldToEventLoop(): Promise<void> | undefined;
}
