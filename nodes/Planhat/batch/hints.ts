import type { IDataObject } from 'n8n-workflow';

import { joined } from './said';
import type { ReportedRows } from './report';
import { hints, mostRowNumbers } from './words';

function isOther(one: unknown, other: unknown): boolean {
	if (one === other) return false;
	return typeof one !== 'object' || typeof other !== 'object' || JSON.stringify(one) !== JSON.stringify(other);
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Whether a row has a value that is not in the one that was sent in its place. */
function loses(given: IDataObject, successor: IDataObject): boolean {
	return Object.keys(given).some((name) => !isBlank(given[name]) && isOther(given[name], successor[name]));
}

/**
 * What concerns the run and no single row, for the text above the output; few sentences, whatever the rows.
 * @param reported rows and what became of them
 */
export async function batchHints(reported: ReportedRows): Promise<string[]> {
	const { outcomes, rows, ledger, breathe } = reported;
	const first: number[] = [];
	let inAll = 0;
	for (const [at, outcome] of outcomes.entries()) {
		const pause = breathe();
		if (pause) await pause;
		if (outcome.is !== 'superseded' || !loses(rows[at]?.given ?? {}, rows[outcome.by]?.given ?? {})) continue;
		inAll += 1;
		if (first.length < mostRowNumbers) first.push(at);
	}
	const said = joined(ledger.said, '; ', ledger.unkept);
	return [...(inAll > 0 ? [hints.gaveWay(first, inAll)] : []), ...(said === '' ? [] : [hints.said(said)])];
}
