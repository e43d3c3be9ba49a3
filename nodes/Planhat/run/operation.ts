import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Field, Model, OperationName } from '../resources/types';
import type { PlanhatRequest } from '../transport/request';
import type { BatchRun, ItemRun } from './context';
import type { OpenRun } from './openRun';
import type { RunHints } from './runHint';

/** Method, address and host of an operation before the parameters of an item are known. */
export type DeclaredRequest = Pick<PlanhatRequest, 'method' | 'url' | 'host'>;

/** A field that an operation puts out. */
export type OutputField = Pick<Field, 'name' | 'type'>;

/** Where a parameter is shown, as `displayOptions` say it. */
export type Shown = { resource: string[]; operation: string[] };

/**
 * Parameters that operations share; `description/` shows them for those that take them. `output` says how much is handed
 * over of a record that was read, `writtenOutput` of one that was written.
 */
export type SharedParameter = 'record' | 'fields' | 'output' | 'writtenOutput' | 'sort';

/** What the field mapper is for: new records, changes of one record, or rows that are matched by their keys. */
export type MapperMode = 'add' | 'map' | 'upsert';

/** What every operation says of itself. */
interface Declaration {
	value: OperationName;
	name: string;
	/** What the nodes panel and AI agents read, such as "Create a company". */
	action(model: Model): string;
	/** Where it says more than the action. */
	description?(model: Model): string;
	request(model: Model): DeclaredRequest;
	/** The fields of its output items, unless parameters change them; none where Planhat's answer is not known. */
	output(model: Model, version: number): readonly OutputField[];
	/** The parameters that it shares with other operations. */
	takes?: readonly SharedParameter[];
	/** How the field mapper behaves, where it takes fields. */
	mapper?: MapperMode;
	/** Its own entries of the collection Options. */
	options?: readonly INodeProperties[];
	/** Those of its entries that no tool of an AI agent shows, of any version. */
	optionsForPeople?: readonly INodeProperties[];
	/** The parameters that no other operation has. */
	properties?(show: Shown, models: readonly Model[]): INodeProperties[];
}

/**
 * One operation, declared once and run over all input items by `runItems`, whichever way n8n calls: n8n's routing takes
 * method and URL from `request`, and `runRouted` as its pagination.
 */
export interface Operation<Request extends PlanhatRequest = PlanhatRequest> extends Declaration {
	/** Completes the request by the parameters of one item; throws before anything is sent when they are no good. */
	prepare(item: ItemRun, declared: DeclaredRequest): Promise<Request>;
	/** Sends the request and makes the output records of the item from what comes back. */
	answer(item: ItemRun, request: Request): Promise<IDataObject[]>;
	/** What concerns the whole run and no single item, at its end. */
	hints?(run: OpenRun): RunHints;
}

/** An operation that puts the rows of all input items into as few requests as possible. */
export interface BatchOperation extends Declaration {
	/** Whether nothing is sent, so that Read Only does not matter. */
	isDryRun?(parameter: BatchRun['parameter']): boolean;
	/**
	 * Sends all rows and makes the output items, in the order of the input; `pairedItem` counts in `items`.
	 * @param batches one for each credential, in the order in which the input items have them; the report is one
	 * @throws NodeApiError or NodeOperationError when a row was not applied and On Error is Stop
	 */
	runAll(batches: readonly BatchRun[]): Promise<INodeExecutionData[]>;
}
