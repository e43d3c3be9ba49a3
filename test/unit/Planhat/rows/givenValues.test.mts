import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { columnHints, keepNotes } from '../../../../nodes/Planhat/columns/columnHints.ts';
import { keysOf } from '../../../../nodes/Planhat/rows/keys.ts';
import { problemText } from '../../../../nodes/Planhat/rows/problemText.ts';
import { heldFields, missingFields, missingText, needsAll } from '../../../../nodes/Planhat/rows/requiredFields.ts';
import type { Rules } from '../../../../nodes/Planhat/columns/rules.ts';
import { writeRow } from '../../../../nodes/Planhat/rows/writeRow.ts';
import type { Columns } from '../../../../nodes/Planhat/columns/column.ts';
import { columnsOf, knownTenant } from '../columns/fakeColumns.mts';

/** What is given, and what is to become of it: see `test/cases/values.json`. */
interface Case {
	id: string;
	kind: string;
	want: string;
	parameters: { resource: string; operation: string; options?: IDataObject };
	items: IDataObject[];
	/** The fields of each item, where they are not the item itself. */
	given?: IDataObject[];
	rows: Array<{ sent: IDataObject } | { refused: string }>;
	hints?: string[];
	seed?: Record<string, IDataObject[]>;
}

/** JSON has no NaN, which expressions have. */
function revive(_key: string, value: unknown): unknown {
	return value === '$NaN' ? Number.NaN : value;
}

const cases = JSON.parse(readFileSync(resolve(process.cwd(), 'test/cases/values.json'), 'utf8'), revive) as Case[];

const writes: Record<string, Rules['writes']> = { upsert: 'either', update: 'changes' };

/** What the operations make of a row that is written, without those parts of it that ask Planhat. */
function outcome(given: IDataObject, columns: Columns, held: IDataObject): IDataObject | string {
	const { model, rules } = columns;
	const wrote = writeRow(given, columns);
	if ('problems' in wrote) return wrote.problems.map(problemText).join('; ');
	if (Object.keys(wrote.fields).length === 0) return 'there is nothing to send';
	keepNotes(columns, wrote.notes ?? []);
	const keys = keysOf(given, columns);
	const fields = { ...heldFields(model, held, wrote.fields), ...wrote.fields };
	const missing = missingFields(model, fields);
	if (missing.length > 0 && rules.writes !== 'changes' && needsAll(model, rules, keys.length > 0))
		return missingText(missing, columns);
	if (rules.writes === 'either' && model.keys.length > 0 && keys.length === 0) return 'it has no key';
	return fields;
}

describe('What is given', () => {
	it.each(cases.map((each) => [each.id, each.want, each] as const))(
		'(%s) is sent or refused: %s',
		async (_id, _want, each) => {
			const { parameters, items, given = items, seed = {} } = each;
			const { resource, operation, options } = parameters;
			const columns = await columnsOf(given, {
				resource,
				writes: writes[operation] ?? 'new',
				options,
				isAutomatic: each.given === undefined,
				tenant: knownTenant({ customFields: seed.customfields }),
			});
			const [held = {}] = seed.conversations ?? [];
			given.forEach((row, index) => {
				const became = outcome(row, columns, held);
				const wanted = each.rows[index] ?? { refused: 'an outcome for each row' };
				if ('refused' in wanted) expect(became).toEqual(expect.stringMatching(new RegExp(wanted.refused)));
				else {
					// The record's ID comes with its address.
					const named = '_id' in wanted.sent ? { _id: '$any' } : {};
					expect({ ...named, ...(became as IDataObject) }).toEqual(wanted.sent);
				}
			});
			const hints = Object.values(columnHints(columns)).flat().join('\n');
			for (const hint of each.hints ?? []) expect(hints).toMatch(new RegExp(hint));
		},
	);
});
