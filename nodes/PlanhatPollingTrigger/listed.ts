import { createHash } from 'node:crypto';

import type { ListQuery } from '../Planhat/list/query';

/** Planhat's clock and n8n's may differ by so much. Milliseconds. */
const clocksMilliseconds = 60_000;

/** Tells whether two polls list the same records: the same filters, in the same tenant. Nothing of a token can be read from it. */
export function listedOf({ queries, filter }: ListQuery, owner: string): string {
	// Fields to Return changes what is shown of records, and not which they are.
	const filters = queries.map((query) => Object.entries(query).filter(([name]) => name !== 'select'));
	return createHash('sha256')
		.update(JSON.stringify([owner, filters, filter.checks]))
		.digest('base64')
		.slice(0, 16);
}

/** From when on changes count of what was not listed by polls until then. */
export function newlyListedSince(lastPoll: number): number {
	return lastPoll - clocksMilliseconds;
}
