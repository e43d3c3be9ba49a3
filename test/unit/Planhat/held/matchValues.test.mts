import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { identitiesOf, matchColumns, matchOf } from '../../../../nodes/Planhat/held/matchValues.ts';
import { columnsOf } from '../columns/fakeColumns.mts';

async function matched(given: IDataObject, field = 'name') {
	const columns = await columnsOf([given], { resource: 'company' });
	return matchOf({ item: 0, given }, matchColumns(columns, { field, several: 'fail' }), columns, field);
}

describe('What a row is matched by', () => {
	it('is its value as it goes out, of a list each', async () => {
		expect(await matched({ name: ' Acme ' })).toEqual({ texts: ['Acme'] });
		expect(await matched({ domains: 'a.com; b.com; a.com' }, 'domains')).toEqual({ texts: ['a.com', 'b.com'] });
	});

	it('is the field in another spelling too, if there is one alone', async () => {
		const columns = await columnsOf([{ name: 'Acme', zip: 1 }], { resource: 'company' });
		const names = (field: string) => matchColumns(columns, { field, several: 'fail' }).map(({ name }) => name);
		expect([names('Name'), names('custom.Name'), names('nam')]).toEqual([['name'], [], []]);
	});

	it.each(['N/A', 'none', '-', '6.1E+23'])('is not %j', async (name) => {
		expect(await matched({ name })).toEqual({
			problem: {
				field: 'name',
				given: name,
				wants: 'a value that records can be found by',
				advice: expect.any(String),
			},
		});
	});

	it('is told where it is missing, unless the row has a key', async () => {
		expect(await matched({ name: ' ' })).toMatchObject({ problem: { said: expect.stringContaining("'Match On'") } });
		expect(await matched({ name: ' ', externalId: 'a' })).toEqual({ texts: [] });
		expect(await matched({ name: ['a'] })).toBe('unread');
	});
});

it('People and records count by their IDs, emails in any case', () => {
	expect(identitiesOf([{ _id: 'a' }, { id: 'b' }, ' ', null, [1]], false)).toEqual(['a', 'b']);
	expect(identitiesOf(' Kim@Example.com ', true)).toEqual(['kim@example.com']);
});
