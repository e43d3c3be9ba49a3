import { keysAmong } from '../rows/keys';
import type { BatchRun } from '../run/context';
import { givenAt, type Batch, type RowRules } from './outcomes';

/** A key may name different records in different companies. */
function identityOf(context: BatchRun, batch: Batch, position: number): [name: string, value: string] | undefined {
	const [key] = keysAmong(batch.keyNames, givenAt(batch, position));
	if (key === undefined) return undefined;
	const [name, value] = key;
	const company =
		context.model.keysWithinCompany.some((within) => within === name) && batch.rows[position]?.given.companyId;
	return [name, company ? `${value} ${String(company)}` : value];
}

/** Rows are the same record when the first key that they have, by which Planhat matches them, is the same. */
export async function findDuplicates(context: BatchRun, batch: Batch, rules: RowRules): Promise<void> {
	if (rules.duplicateKeys === undefined) return;
	const lastOf = new Map<string, Map<string, number>>(batch.keyNames.map((name) => [name, new Map()]));
	const earlierRows: Array<{ earlier: number; name: string; value: string }> = [];
	for (let position = 0; position < batch.rows.length; position += 1) {
		const identity = batch.outcomes[position] === undefined ? identityOf(context, batch, position) : undefined;
		const [name = '', value = ''] = identity ?? [];
		const earlier = lastOf.get(name)?.get(value);
		if (earlier !== undefined) earlierRows.push({ earlier, name, value });
		lastOf.get(name)?.set(value, position);
		const pause = context.yieldToEventLoop();
		if (pause) await pause;
	}
	for (const { earlier, name, value } of earlierRows) {
		const last = lastOf.get(name)?.get(value) ?? earlier;
		const [, key] = keysAmong(batch.keyNames, givenAt(batch, earlier))[0] ?? [];
		batch.duplicates.push(`${name} ${key}`);
		const shared = (row: number) => `It has the same ${name} '${key}' as row ${(batch.rows[row]?.number ?? row) + 1}`;
		if (rules.duplicateKeys === 'fail') {
			batch.outcomes[earlier] = { outcome: 'failed', reason: shared(last) };
			batch.outcomes[last] = { outcome: 'failed', reason: shared(earlier) };
		} else batch.outcomes[earlier] = { outcome: 'superseded', reason: `${shared(last)}, which was sent instead` };
	}
}
