import type { INodeProperties } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import type { OpenRun } from '../run/openRun';
import type { RunHints } from '../run/runHint';
import { absentIn, nodeError } from '../transport/errors';

/** What to do with records that are not there. */
export const missingOption: INodeProperties = {
	displayName: 'Missing Records',
	name: 'missing',
	type: 'options',
	default: 'fail',
	options: [
		{ name: 'Fail the Item', value: 'fail' },
		{ name: 'Ignore', value: 'ignore', description: 'Go on, and say so in the output' },
	],
	description: "What to do with records that Planhat doesn't have",
};

/** How many were ignored in each run. */
const ignored = new WeakMap<object, number>();

/** Whether an item is to be passed over, since Planhat does not have its record. */
export function isIgnored(item: Pick<ItemRun, 'node' | 'parameter' | 'tenant'>, error: unknown): boolean {
	const isAbsent = absentIn(nodeError(item.node, error)) !== undefined;
	if (!isAbsent || item.parameter('options.missing', 'fail') !== 'ignore') return false;
	ignored.set(item.tenant, (ignored.get(item.tenant) ?? 0) + 1);
	return true;
}

/** Says how many records were not there. */
export function ignoredHints({ tenant, model }: Pick<OpenRun, 'tenant' | 'model'>): RunHints {
	const count = ignored.get(tenant) ?? 0;
	const said = `${count} ${count === 1 ? `${model.singular} was` : `${model.plural} were`} not found and ignored.`;
	return { lost: count === 0 ? [] : [said], told: [] };
}
