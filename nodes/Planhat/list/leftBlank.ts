import type { IDataObject, INode } from 'n8n-workflow';

import { showsForPeople } from '../run/nodeVersion';
import { isTool } from '../run/parameters';

/** The limit that n8n's guidelines begin with; the most that an agent gets of a list that it did not filter. */
export const usualLimit = 50;

/**
 * Tells an agent, in the first record that it gets, what it got where it left filters blank or the list was cut: it reads
 * nothing but items.
 */
export function withNotice(
	node: Pick<INode, 'type' | 'typeVersion' | 'parameters'>,
	records: IDataObject[],
	leftBlank: readonly string[],
	limit: number,
): IDataObject[] {
	const isCut = records.length === limit && isTool(node) && showsForPeople(node);
	if (leftBlank.length === 0 && !isCut) return records;
	const what = records.length < limit ? 'all records' : `the first ${limit} records, and there may be more`;
	const notice =
		leftBlank.length === 0
			? `These are ${what}.`
			: `Not filtered by ${leftBlank.join(', ')}, which is empty: these are ${what}.`;
	const [first, ...others] = records;
	return [{ notice, ...first }, ...others];
}
