import type { IDataObject } from 'n8n-workflow';

import { findLayers, type DuplicateRule, type Order } from '../batch/duplicates';
import type { FindHeld } from '../batch/laterRows';
import { heldName } from '../batch/recordIndex';
import type { Position } from '../rows/row';
import type { NamedKey } from '../rows/rowKeys';
import type { BatchRun } from '../run/context';
import { isBlank } from '../values/checks';
import { fetchExisting } from './existing';
import { keyFields } from './keyFields';
import { knownRecords } from './knownRecords';
import type { NamingRows } from './namedRows';
import { rowsOfRecords } from './rowsOfRecords';

interface RunRows extends NamingRows {
	run: BatchRun;
}

/** The rows of which any may name its record by another key than another row does. */
async function rowsWithKeys(rows: RunRows): Promise<Array<{ fields: IDataObject }>> {
	const { run, given, keys } = rows;
	const refused = new Set(given.refused.map(({ at }) => at));
	const used = new Set<string>();
	const keyed: Array<{ fields: IDataObject }> = [];
	for (let at = 0; at < given.rows.length; at += 1) {
		if (refused.has(at)) continue;
		keys.tell(at, (name) => used.add(name));
		keyed.push({ fields: keyFields(rows, at) });
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return used.size > 1 ? keyed : [];
}

/** Finds the records that have the best keys of rows, as Planhat holds them by now. */
function finderOf(rows: RunRows): FindHeld {
	const { model } = rows.run;
	return async (positions) => {
		const keyed = positions.map((at) => ({ at, fields: keyFields(rows, at) }));
		// What the run has read before may have changed since.
		const index = await fetchExisting({ ...rows.run }, keyed, new Set());
		const found = new Map<Position, NamedKey[]>();
		for (const { at, fields } of keyed) {
			const record = index.isSure(fields) ? index.match(fields)?.record : undefined;
			if (record !== undefined)
				found.set(
					at,
					model.keys.flatMap((name) => {
						const value = record[heldName(model, name)];
						return isBlank(value) ? [] : [{ name, value: String(value) }];
					}),
				);
		}
		return found;
	};
}

/**
 * Puts the rows of a run into rounds. Where a later stage looks for their records, these are read before: rows that name one
 * record by different keys never share a request then. Else they are looked for before rows go out a second time.
 * @param names of the fields that the later stage looks at beside the keys; undefined where none looks for records
 * @throws NodeApiError where Planhat refuses to show the records
 */
export async function findRounds(
	rows: RunRows,
	rule: DuplicateRule,
	names?: ReadonlySet<string>,
): Promise<{ order: Order; findHeld?: FindHeld }> {
	const { run, given, columns, keys } = rows;
	const isRead = (await knownRecords(run)) !== undefined;
	if (names !== undefined && !isRead && run.refusal === undefined && run.model.namedBy === undefined) {
		const keyed = await rowsWithKeys(rows);
		if (keyed.length > 0) await fetchExisting(run, keyed, names, true);
	}
	const held = await rowsOfRecords(run, given, keys, columns);
	const order = await findLayers(run, given, keys, rule, held);
	return held === undefined ? { order, findHeld: finderOf(rows) } : { order };
}
