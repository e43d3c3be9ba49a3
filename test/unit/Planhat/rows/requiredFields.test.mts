import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';
import {
	heldFields,
	missingFields,
	missingText,
	needsAll,
	unmatchedText,
} from '../../../../nodes/Planhat/rows/requiredFields.ts';

function model(resource: string): Model {
	const found = modelOf(resource);
	if (found === undefined) throw new Error(`There is no resource ${resource}`);
	return found;
}

describe('What a new record lacks', () => {
	it.each<[string, IDataObject, string[]]>([
		['company', {}, ['name']],
		['company', { name: '  ' }, ['name']],
		['company', { name: 'Acme' }, []],
		['invoice', { cId: 'x' }, ['currency']],
		['enduser', {}, ['email or externalId or sourceId']],
		['enduser', { email: null, externalId: '' }, ['email or externalId or sourceId']],
		['enduser', { sourceId: 's' }, []],
		['customField', { name: 'Plan', type: 'text', parent: 'company', isHidden: false }, []],
		['nps', { email: 'a@example.org', score: 0 }, []],
		['license', { companyId: 'x', _currency: 'EUR', fromDate: '2026-01-01' }, ['value or mrr']],
		['ticket', { domains: ['acme.com'] }, ['sourceId', 'email']],
		['ticket', { sourceId: 's', email: 'a@b.io' }, ['companyId or companyExternalId or domains']],
	])('of the model %s with %j is %j', (resource, fields, missing) => {
		expect(missingFields(model(resource), fields)).toEqual(missing);
	});

	it('keeps a row from being sent where it can be nothing but a new record, and tickets always', () => {
		const company = model('company');
		expect(needsAll(company, { writes: 'new' }, true)).toBe(true);
		expect([true, false].map((isKeyed) => needsAll(company, { writes: 'either' }, isKeyed))).toEqual([false, true]);
		expect(needsAll(company, { writes: 'changes' }, false)).toBe(false);
		for (const writes of ['new', 'either', 'changes'] as const)
			expect(needsAll(model('ticket'), { writes }, true)).toBe(true);
	});

	it('is said with the columns that may be meant', () => {
		const nearest = new Map([
			['Titel', 'name'],
			['e-mial', 'email'],
		]);
		expect(missingText(['name', '_currency'], { nearest })).toBe(
			"lacks name (the column 'Titel' may be meant), _currency",
		);
		expect(missingText(['email or externalId'], { nearest })).toBe(
			"lacks email or externalId (the column 'e-mial' may be meant)",
		);
		expect(
			missingText(['name'], {
				nearest: new Map([
					['a', 'name'],
					['b', 'name'],
				]),
			}),
		).toBe("lacks name (the columns 'a', 'b' may be meant)");
	});
});

describe('What a change of a ticket carries of its record', () => {
	const record = {
		_id: '61006bc89a3e0b702ed8ea49',
		...{ type: 'ticket', externalId: 't1', companyId: '0123456789abcdef01234567', subject: 'S', email: 'a@b.io' },
	};

	it('is what it needs and does not give, its source ID from where Planhat holds it', () => {
		expect(heldFields(model('ticket'), record, { status: 'open' })).toEqual({
			...{ sourceId: 't1', email: 'a@b.io', companyId: '0123456789abcdef01234567' },
		});
		const given = { sourceId: 't2', email: 'c@d.io', companyExternalId: 'a' };
		expect(heldFields(model('ticket'), record, given)).toEqual({});
	});

	it('is nothing that the record does not hold', () => {
		expect(heldFields(model('ticket'), { ...record, email: '', externalId: undefined }, {})).toEqual({
			companyId: '0123456789abcdef01234567',
		});
	});
});

describe('Required fields that no column matches', () => {
	const unknown = (name: string) => [name, { to: 'nowhere', why: 'unknown', name }] as const;

	it('are named with the columns that there are, and the one that may be meant', () => {
		const byName = new Map([unknown('Company name'), unknown('CRM ID')]);
		expect(unmatchedText({ model: model('company'), byName, nearest: new Map() })).toBe(
			"No column matches 'name', which a company requires. Your columns: Company name (did you mean 'name'?), CRM ID",
		);
	});

	it('are not spoken of where the model requires none', () => {
		expect(unmatchedText({ model: model('enduser'), byName: new Map(), nearest: new Map() })).toBeUndefined();
	});
});
