import type { IDataObject } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import { speaksToModel } from '../run/parameters';

/** The limit that n8n's guidelines begin with; the most that an agent gets of a list that it did not filter. */
export const usualLimit = 50;

/** The most records that a model gets of one list, which it has to read and to pay for. */
export const mostForModel = 200;

/** What a list came to. */
export interface Listed {
	/** The most records that it may have. */
	limit: number;
	/** How many there are, where all of them were seen. */
	total?: number;
	/** Filters that an agent left blank, as people call them. */
	leftBlank: readonly string[];
	/** Whether there are filters beside those. */
	isNarrowed?: boolean;
	/** What else an agent is told. */
	also?: readonly string[];
}

function whatThereIs(plural: string, count: number, { limit, total }: Listed): string {
	if (total !== undefined && total > count) return `${count} of ${total} ${plural}`;
	return count < limit || total === count ? `all ${plural}` : `the first ${count} ${plural}, and there may be more`;
}

function noticeOf(item: Pick<ItemRun, 'model' | 'node'>, count: number, listed: Listed): string | undefined {
	const { model, node } = item;
	const { leftBlank, limit, total = count, isNarrowed } = listed;
	const isForModel = speaksToModel(node);
	if (isForModel && count === 0) return `No ${model.singular} matches.`;
	const isCut = isForModel && (count === limit || total > count);
	if (leftBlank.length === 0 && !isCut) return undefined;
	const what = whatThereIs(model.plural, count, listed);
	const narrow = isCut && !what.startsWith('all') ? ' To see others, narrow the search.' : '';
	return leftBlank.length === 0
		? `These are ${what}.${narrow}`
		: `Not filtered by ${[...new Set(leftBlank)].join(', ')}, which is empty: these are ${what}${isNarrowed ? ' by the other filters' : ''}.${narrow}`;
}

/**
 * Tells an agent, in the first record that it gets, what it got where it left filters blank, nothing matches or the list was
 * cut: it reads nothing but items.
 */
export function withNotice(
	item: Pick<ItemRun, 'model' | 'node'>,
	records: IDataObject[],
	listed: Listed,
): IDataObject[] {
	const also = speaksToModel(item.node) ? (listed.also ?? []) : [];
	const notice = [noticeOf(item, records.length, listed) ?? '', ...also].filter((text) => text !== '').join(' ');
	if (notice === '') return records;
	const [first, ...others] = records;
	return [{ notice, ...first }, ...others];
}
