import { expect, it } from '@jest/globals';

import { fieldNames, withoutFields } from '../../../../nodes/Planhat/rows/fieldNames.ts';

const row = { externalId: 'a', phase: 'Live', custom: { Plan: 'Pro', Seats: 1 } };

it('the names of what a row sends are those of its fields, custom ones with their prefix', () => {
	expect(fieldNames(row)).toEqual(['externalId', 'phase', 'custom.Plan', 'custom.Seats']);
	expect(fieldNames({ custom: null })).toEqual([]);
});

it('a row is left without the fields of some names, and stays whole without names', () => {
	expect(withoutFields(row, new Set(['phase', 'custom.Plan']))).toEqual({ externalId: 'a', custom: { Seats: 1 } });
	expect(withoutFields(row, new Set())).toBe(row);
});
