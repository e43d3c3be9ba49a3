import type { INodeProperties } from 'n8n-workflow';

import { sortProperty } from '../list/sort';
import { operations } from '../operations';
import { getAll } from '../operations/getAll';
import { outputProperties } from '../output/parameters';
import { models } from '../resources';
import { fieldsProperties } from '../rows/parameters';
import type { BatchOperation, Operation } from '../run/operation';
import { noticeProperties } from './notices';
import { optionsProperty } from './options';
import { operationProperty, resourceProperty } from './selectors';

/** All parameters of the node: one selector of operations for each model, then what operations share. */
export function properties(): INodeProperties[] {
	const having = (operation: Operation | BatchOperation) =>
		models.filter((model) => model.operations.includes(operation.value));
	return [
		resourceProperty(),
		...models.map(operationProperty),
		...noticeProperties(models),
		...operations.flatMap((operation) => operation.properties(having(operation))),
		...fieldsProperties(models),
		...outputProperties(models),
		optionsProperty(models),
		sortProperty(having(getAll).filter(({ sortable }) => sortable)),
	];
}
