import type { BatchRun, ItemRun } from '../run/context';
import { sourceByHand } from './mappedByHand';
import type { ColumnRun } from '../columns/plannedColumns';
import { readWay, type Read } from './readRows';

function columnRun(
	{ model, node, tenant, timezone }: Omit<ColumnRun, 'isAutomatic'> & Pick<ItemRun, 'node'>,
	read: Read,
) {
	const way = readWay(read);
	const run: ColumnRun = { model, tenant, timezone, isAutomatic: way === 'automatic' };
	return way === 'byHand' ? { ...run, sourceOf: (name: string) => sourceByHand(node, name) } : run;
}

/** What the planning of columns sees of an item. */
export function columnRunOfItem(item: ItemRun): ColumnRun {
	return columnRun(item, (name, fallback) => item.parameter(name, fallback));
}

/** What the planning of columns sees of the items that go out together. */
export function columnRunOfBatch(run: BatchRun): ColumnRun {
	const first = run.indexes[0] ?? 0;
	const columns = columnRun(run, (name, fallback) => run.parameter(name, first, fallback));
	return { ...columns, yieldToEventLoop: () => run.yieldToEventLoop() };
}
