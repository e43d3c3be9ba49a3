import { describe, expect, it } from '@jest/globals';

import { altersByStored, findCommas, insideOf, namesUser } from '../../../../nodes/Planhat/columns/lookThrough.ts';
import type { PlannedColumn, PlannedColumns } from '../../../../nodes/Planhat/columns/plannedColumns.ts';
import { converterOf } from '../../../../nodes/Planhat/readers/convertValue.ts';
import type { FieldType } from '../../../../nodes/Planhat/resources/types.ts';
import { isBlank } from '../../../../nodes/Planhat/values/checks.ts';
import { usualReferenceRules } from '../../../../nodes/Planhat/readers/referenceRules.ts';
import { kim, placeOf } from '../readers/fakePlace.mts';

/** Columns of a run, of which only what a look takes is there. */
function columnsWith(
	name: string,
	type: FieldType,
	{ within, isStored = false }: { within?: string; isStored?: boolean } = {},
) {
	const place: PlannedColumn['place'] = { ...placeOf(type), hasCommas: false };
	const column = { field: place.field, place, at: { name, within }, isStored, isBlank, convert: converterOf(place) };
	return { planned: [column as unknown as PlannedColumn] } as PlannedColumns;
}

function rowsOf(...values: unknown[]) {
	return values.map((value) => ({ given: { owner: value as string } }));
}

/** A row whose value is made when it is looked at, and fails then. */
const failing = {
	given: Object.defineProperty({}, 'owner', {
		enumerable: true,
		get: () => {
			throw new Error('The expression failed');
		},
	}),
};

describe('What is inside a column', () => {
	it('is an object or its JSON, and nothing else', () => {
		expect([{ a: 1 }, '{"a":1}'].map(insideOf)).toEqual([{ a: 1 }, { a: 1 }]);
		expect(['a', '[1]', 7, null, undefined].map(insideOf)).toEqual(Array(5).fill(undefined));
	});
});

describe('A look for users who are named', () => {
	it.each<[unknown, FieldType]>([
		['kim@example.com', 'user'],
		[['a', 'kim@example.com'], 'users'],
		[[{ id: 'kim@example.com' }], 'members'],
		[{ _id: 'kim@example.com' }, 'members'],
	])('finds one in %j', (value, type) => {
		expect(namesUser(columnsWith('owner', type), [failing, ...rowsOf('', value)])).toBe(true);
	});

	it('finds none where no column is of users, or no value has a sign of one', () => {
		expect(namesUser(columnsWith('owner', 'text'), rowsOf('kim@example.com'))).toBe(false);
		expect(namesUser(columnsWith('owner', 'user'), rowsOf('Kim', 7, { name: 'kim@example.com' }))).toBe(false);
	});

	it('finds IDs too, where something else is to be done with those that no user has', () => {
		const columns = columnsWith('owner', 'user');
		expect(namesUser(columns, rowsOf('', kim))).toBe(false);
		const [column] = columns.planned;
		if (column !== undefined) column.place = { ...column.place, by: { ...usualReferenceRules, unknown: 'leaveOut' } };
		expect([namesUser(columns, rowsOf('')), namesUser(columns, rowsOf('', kim))]).toEqual([false, true]);
	});
});

describe('A look for commas', () => {
	it('notes a column of numbers that has one in any row, also within custom', () => {
		const columns = columnsWith('owner', 'number');
		findCommas(columns, [failing, ...rowsOf(1, '1.234')]);
		expect(columns.planned.map(({ place }) => place.hasCommas)).toEqual([false]);
		findCommas(columns, rowsOf('1,5'));
		expect(columns.planned.map(({ place }) => place.hasCommas)).toEqual([true]);
		const inner = columnsWith('Seats', 'number', { within: 'owner' });
		findCommas(inner, rowsOf('{"Seats":"1,5"}'));
		expect(inner.planned.map(({ place }) => place.hasCommas)).toEqual([true]);
	});

	it('leaves columns of other types alone', () => {
		const columns = columnsWith('owner', 'text');
		findCommas(columns, rowsOf('1,5'));
		expect(columns.planned.map(({ place }) => place.hasCommas)).toEqual([false]);
	});
});

describe('A look for what a stored type alters', () => {
	const stored = { isStored: true };

	it('finds a value that would go out otherwise, or not at all', () => {
		expect(altersByStored(columnsWith('owner', 'number', stored), rowsOf('7'))).toBe(true);
		expect(altersByStored(columnsWith('owner', 'number', stored), rowsOf('seven'))).toBe(true);
	});

	it('finds none where values are blank or as they go out, or where Planhat has told the type', () => {
		expect(altersByStored(columnsWith('owner', 'number', stored), rowsOf('', 7))).toBe(false);
		expect(altersByStored(columnsWith('owner', 'number'), rowsOf('7'))).toBe(false);
	});
});
