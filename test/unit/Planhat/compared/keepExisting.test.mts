import { describe, expect, it } from '@jest/globals';

import { holdsKeysAlone, outerName, withoutHeld } from '../../../../nodes/Planhat/compared/keepExisting.ts';
import { modelNamed } from '../rows/rowsOfModel.mts';

const company = modelNamed('company');

describe('A row', () => {
	it('is left without the named fields that its record has', () => {
		const fields = { externalId: 'a', phase: 'Live', city: 'Oslo', tags: ['x'], custom: { Plan: 'Pro', Seats: 1 } };
		const record = { externalId: 'a', phase: 'Lead', city: 'Rome', tags: [], custom: { Plan: 'Basic', Seats: 0 } };
		const names = new Set(['externalId', 'phase', 'tags', 'custom.Plan']);
		expect(withoutHeld(fields, record, names, company)).toEqual({
			...{ externalId: 'a', city: 'Oslo', tags: ['x'] },
			custom: { Seats: 1 },
		});
		expect(withoutHeld(fields, {}, names, company)).toEqual(fields);
	});

	it('is left without all custom fields that its record has, where custom is named', () => {
		const fields = { externalId: 'a', custom: { Plan: 'Pro', Seats: 1 } };
		expect(withoutHeld(fields, { custom: { Plan: 'x', Seats: '' } }, new Set(['custom']), company).custom).toEqual({
			Seats: 1,
		});
		expect(withoutHeld(fields, { custom: { Plan: 'x', Seats: 0 } }, new Set(['custom']), company)).toEqual({
			externalId: 'a',
		});
	});

	it('of a ticket is compared under the names of its record', () => {
		const ticket = modelNamed('ticket');
		expect(withoutHeld({ title: 'New' }, { subject: 'Old' }, new Set(['title']), ticket)).toEqual({});
	});

	it('has custom fields in one that is called custom', () => {
		expect(['phase', 'custom.Plan', 'custom'].map(outerName)).toEqual(['phase', 'custom', 'custom']);
	});

	it('may have nothing left but what its record is found by', () => {
		expect(holdsKeysAlone({ externalId: 'a', sourceId: 's' }, company)).toBe(true);
		expect(holdsKeysAlone({ externalId: 'a', name: 'A' }, company)).toBe(false);
	});
});
