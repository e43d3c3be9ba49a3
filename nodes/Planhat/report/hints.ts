import type { IDataObject } from 'n8n-workflow';

import { hasOwnKeys } from '../resources/model';
import { joinedWords } from '../transport/words/errorText';
import { isBlank } from '../values/checks';
import type { ReportedRows } from './reported';
import { hints } from './hintWords';
import { mostRowNumbers } from './words';

function isOther(one: unknown, other: unknown): boolean {
	if (one === other) return false;
	return typeof one !== 'object' || typeof other !== 'object' || JSON.stringify(one) !== JSON.stringify(other);
}

/** Most rows are passed over: the time is looked at after so many. */
const rowsBetweenLooks = 1_000;

/**
 * Whether a row has a value that is not in the one that was sent in its place, or after it.
 * @param isKept whether what the other one does not give stays
 */
export function loses(given: IDataObject, successor: IDataObject, isKept = false): boolean {
	const isLost = (name: string) =>
		!isBlank(given[name]) && isOther(given[name], successor[name]) && !(isKept && isBlank(successor[name]));
	return Object.keys(given).some(isLost);
}

/**
 * What concerns the run and no single row, for the text above the output; few sentences, whatever the rows.
 * @param isKeylessSent whether rows without a key go out all the same, where others have one
 */
export async function batchHints(reported: ReportedRows, isKeylessSent = false): Promise<string[]> {
	const { outcomes, rows, ledger, keysAt, model, yieldToEventLoop } = reported;
	const first: number[] = [];
	let inAll = 0;
	let keyless = 0;
	let refused = 0;
	for (const [at, outcome] of outcomes.entries()) {
		const isNew = outcome.is === 'created' || outcome.is === 'applied';
		if (isKeylessSent && isNew && keysAt(at).length === 0) keyless += 1;
		if ('why' in outcome && outcome.why.code === 'noKey') refused += 1;
		if (outcome.is !== 'superseded' && at % rowsBetweenLooks !== 0) continue;
		const pause = yieldToEventLoop();
		if (pause) await pause;
		if (outcome.is !== 'superseded' || !loses(rows[at]?.given ?? {}, rows[outcome.by]?.given ?? {})) continue;
		inAll += 1;
		if (first.length < mostRowNumbers) first.push(at);
	}
	const said = joinedWords(ledger.said, '; ', ledger.unkept);
	return [
		...(inAll > 0 ? [hints.gaveWay(first, inAll)] : []),
		...(keyless > 0 ? [hasOwnKeys(model) ? hints.madeKeyless(keyless) : hints.madeNew(keyless, model)] : []),
		...(refused > 0 ? [hints.keyless(refused, model)] : []),
		...(said === '' ? [] : [hints.said(said)]),
	];
}
