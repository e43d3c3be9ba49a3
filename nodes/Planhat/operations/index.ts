import { resources } from '../resources';
import type { Model } from '../resources/types';
import type { BatchOperation, Operation, SharedParameter } from '../run/operation';
import { archive } from './archive';
import { create } from './create';
import { deleteRecord } from './delete';
import { describeModel } from './describe';
import { duplicate } from './duplicate';
import { get } from './get';
import { getAll } from './getAll';
import { getLeanList } from './getLeanList';
import { insert } from './insert';
import { search } from './search';
import { segment } from './segment';
import { track } from './track';
import { triggerAutomation } from './trigger';
import { update } from './update';
import { upsert } from './upsert';

/** Every operation, in the order of the list of operations (n8n's guidelines: alphabetical). */
export const operations: ReadonlyArray<Operation | BatchOperation> = [
	archive,
	create,
	upsert,
	deleteRecord,
	describeModel,
	duplicate,
	get,
	getLeanList,
	getAll,
	insert,
	search,
	segment,
	track,
	triggerAutomation,
	update,
];

/** The operations of a model. */
export function operationsOf(model: Model): Array<Operation | BatchOperation> {
	return operations.filter(({ value }) => model.operations.includes(value));
}

/** The operations that take a parameter. */
export function operationsTaking(taken: SharedParameter): Array<Operation | BatchOperation> {
	return operations.filter(({ takes = [] }) => takes.includes(taken));
}

/** The models that have any of some operations. */
export function modelsHaving(some: ReadonlyArray<Operation | BatchOperation>): Model[] {
	return resources.filter((model) => some.some(({ value }) => model.operations.includes(value)));
}
