import type { IDataObject } from 'n8n-workflow';

import type { Row } from './row';

/** Gives the event loop back where it has been held for long. */
export type Breathe = () => Promise<void> | undefined;

/** A row is quickly looked at: the time is looked at after so many. */
const rowsBetweenLooks = 16;

/**
 * Looks at rows until something is found.
 * @returns undefined where there is nothing
 */
export async function findInRows<Found>(
	rows: ReadonlyArray<Pick<Row, 'given'>>,
	look: (given: IDataObject) => Found | undefined,
	breathe: Breathe,
): Promise<Found | undefined> {
	for (const [at, { given }] of rows.entries()) {
		const found = look(given);
		if (found !== undefined) return found;
		const pause = at % rowsBetweenLooks === 0 ? breathe() : undefined;
		if (pause) await pause;
	}
	return undefined;
}
