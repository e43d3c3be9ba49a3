import { describe, expect, it } from '@jest/globals';

import { listsAmong, mergedList, mergeLists, readListMode } from '../../../../nodes/Planhat/compared/listMode.ts';
import { sentFields } from '../../../../nodes/Planhat/compared/compareRow.ts';
import { columnsOf } from '../columns/fakeColumns.mts';
import { kim, lee } from '../readers/fakePlace.mts';

describe('A merged list', () => {
	it('keeps what is held, once, in its order, or loses what is given', () => {
		expect(mergedList('texts', ['b', 'c'], ['a', 'b'], 'add')).toEqual(['a', 'b', 'c']);
		expect(mergedList('texts', ['b', 'c'], ['a', 'b'], 'remove')).toEqual(['a']);
		expect(mergedList('texts', ['b', 'c'], ['a', 'b'], 'replace')).toEqual(['b', 'c']);
		expect(mergedList('texts', ['b'], 'a, one', 'add')).toEqual(['a, one', 'b']);
		expect(mergedList('texts', ['b'], undefined, 'add')).toEqual(['b']);
	});

	it('is sent in the form of its type, whatever the form that Planhat holds', () => {
		expect(mergedList('users', [lee], [{ _id: kim, nickName: 'Kim' }], 'add')).toEqual([kim, lee]);
		expect(mergedList('ids', [lee], `,${kim},${lee},`, 'remove')).toEqual([kim]);
		expect(mergedList('records', [{ _id: lee }], [kim], 'add')).toEqual([{ _id: kim }, { _id: lee }]);
		expect(mergedList('members', [{ id: kim, isOwner: true }], [{ id: kim, name: 'Kim' }], 'add')).toEqual([
			{ id: kim, name: 'Kim', isOwner: true },
		]);
		expect(mergedList('objects', [{ status: 'open' }], [{ status: 'open' }, { status: 'new' }], 'remove')).toEqual([
			{ status: 'new' },
		]);
	});
});

describe('The lists of a row', () => {
	it('are merged in a copy; nothing is taken out of a new record', async () => {
		const row = { tags: ['b'], name: 'A' };
		const known = sentFields(await columnsOf([row]));
		expect(listsAmong(row, known).map(({ name }) => name)).toEqual(['tags']);
		expect(mergeLists(row, { tags: ['a'] }, known, 'add')).toEqual({ fields: { tags: ['a', 'b'], name: 'A' } });
		expect(mergeLists(row, undefined, known, 'remove')).toEqual({ fields: { name: 'A' } });
		expect(row).toEqual({ tags: ['b'], name: 'A' });
	});

	it('are replaced, unless the user says otherwise', () => {
		expect(readListMode((_name, fallback) => fallback)).toBe('replace');
		expect(readListMode(() => 'add')).toBe('add');
		expect(readListMode(() => 'merge')).toBe('replace');
	});
});
