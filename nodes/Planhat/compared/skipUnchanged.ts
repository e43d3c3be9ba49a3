import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { modelOf } from '../resources';
import type { ItemRun } from '../run/context';
import { readSwitch } from '../run/parameters';
import { isObject } from '../values/checks';
import { compareRow, sentFields } from './compareRow';
import type { ItemRow } from '../rows/itemRow';

const displayName = 'Skip Unchanged';

/** The option of what changes one record. */
export const skipUnchanged: INodeProperties = {
	displayName,
	name: 'skipUnchanged',
	type: 'boolean',
	default: false,
	description:
		'Whether to read the record first and send nothing if nothing would change. The outcome is then unchanged. Use it where two systems update each other.',
};

export function readSkipUnchanged(item: Pick<ItemRun, 'node' | 'parameter'>): boolean {
	return readSwitch(item, 'options.skipUnchanged', displayName, false);
}

/** Companies that were looked up in a run, by `extid-` or `srcid-` and their key. */
const companies = new WeakMap<object, Map<string, string | undefined>>();

/** A company that cannot be read says so when the row is sent. */
async function fetchCompanyId({ transport }: Pick<ItemRun, 'transport'>, reference: string) {
	const answer = await transport.trySend({
		method: 'GET',
		url: `${modelOf('company')?.readPath ?? ''}/${encodeURIComponent(reference)}`,
		target: { verb: 'get', record: `company '${reference}'`, permission: 'Company' },
	});
	const body = 'error' in answer ? undefined : answer.body;
	return isObject(body) && typeof body._id === 'string' ? body._id : undefined;
}

/**
 * Whether a record would stay as it is if a row were written to it. Companies are looked up where all else is the same,
 * each once a run.
 */
export async function isUnchanged(
	item: Pick<ItemRun, 'tenant' | 'transport'>,
	{ fields, columns }: Pick<ItemRow, 'fields' | 'columns'>,
	record: IDataObject,
): Promise<boolean> {
	const known = companies.get(item.tenant) ?? new Map<string, string | undefined>();
	companies.set(item.tenant, known);
	for (;;) {
		const differences = compareRow(fields, record, sentFields(columns), (reference) => known.get(reference));
		const [first] = differences;
		if (first === undefined) return true;
		const references = differences.map(({ unresolved }) => unresolved);
		const reference = references.every((one) => one !== undefined && !known.has(one)) ? references[0] : undefined;
		if (reference === undefined) return false;
		known.set(reference, await fetchCompanyId(item, reference));
	}
}
