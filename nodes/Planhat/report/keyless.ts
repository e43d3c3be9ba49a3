import type { IDataObject } from 'n8n-workflow';

import { hasOwnKeys } from '../resources/model';
import type { Model } from '../resources/types';
import type { Position } from '../rows/row';
import type { ReportedRows } from './reported';
import { hints } from './hintWords';

/** So many of them are named by their numbers. */
const mostNumbers = 100;

/** Rows without a key: positions of the first of them, and how many there are. */
export interface Keyless {
	first: readonly Position[];
	inAll: number;
}

/** The rows that Planhat can find no record for, of those that hold anything. */
export async function keylessRows({ rows, outcomes, keysAt, model, yieldToEventLoop }: ReportedRows): Promise<Keyless> {
	const first: Position[] = [];
	let inAll = 0;
	for (const at of model.keys.length > 0 ? rows.keys() : []) {
		const outcome = outcomes[at];
		const isSent = outcome !== undefined && !('why' in outcome && outcome.why.code !== 'noKey');
		if (isSent && keysAt(at).length === 0) {
			inAll += 1;
			if (first.length < mostNumbers) first.push(at);
		}
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	return { first, inAll };
}

/** Their numbers, from 1. */
export function keylessIn({ first, inAll }: Keyless): IDataObject {
	const numbers = first.slice(0, mostNumbers).map((at) => at + 1);
	return { keylessRows: numbers, ...(inAll > numbers.length && { moreKeylessRows: inAll - numbers.length }) };
}

/** Says how many there are, before anything is sent; nothing of a model whose records have no other key than Planhat's. */
export function keylessHints({ inAll }: Keyless, model: Model): string[] {
	return inAll > 0 && hasOwnKeys(model) ? [hints.keyless(inAll, model)] : [];
}
