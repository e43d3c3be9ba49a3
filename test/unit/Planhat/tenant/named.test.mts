import { describe, expect, it } from '@jest/globals';

import type { IDataObject } from 'n8n-workflow';

import { recordCalled, searchNamed } from '../../../../nodes/Planhat/tenant/named.ts';
import { model } from '../../fakeItem.mts';

const company = model('company');
const whole = (records: IDataObject[]) => ({ records, isWhole: true });

describe('a record that is called so', () => {
	it('is one with that key before one with that name', () => {
		const records = [
			{ _id: '1', name: 'acme-1' },
			{ _id: '2', name: 'Acme', externalId: 'acme-1' },
		];
		expect(recordCalled(company, whole(records), 'acme-1', true)).toEqual({ record: records[1] });
	});

	it('is one without accents and capitals, unless it has to be exact', () => {
		const records = [{ _id: '1', name: 'Zürich' }];
		expect(recordCalled(company, whole(records), 'zurich', false)).toEqual({ record: records[0] });
		expect(recordCalled(company, whole(records), 'zurich', true)).toMatchObject({ isUnknown: true });
	});

	it('is not taken from the newest where there are more, but by its key', () => {
		const records = [{ _id: '1', name: 'Ada', email: 'ada@acme.example' }];
		const newest = { records, isWhole: false };
		expect(recordCalled(model('enduser'), newest, 'Ada', true)).toMatchObject({
			refused: expect.stringContaining('At least 1 end users may be called'),
		});
		expect(recordCalled(model('enduser'), newest, 'ADA@acme.example', true)).toEqual({ record: records[0] });
	});

	it('is who is there, not who was removed', () => {
		const records = [
			{ _id: '1', firstName: 'Ada', lastName: 'Byron', removed: true },
			{ _id: '2', firstName: 'Ada', lastName: 'Byron' },
		];
		expect(recordCalled(model('user'), whole(records), 'Ada Byron', true)).toEqual({ record: records[1] });
	});
});

describe('a search', () => {
	it('gives who is called so first, then who begins so', () => {
		const names = ['The Acme', 'Acme Nordic', 'Acme'];
		const found = searchNamed(
			company,
			names.map((name, at) => ({ _id: `${at}`, name })),
			'acme',
		);
		expect(found.map(({ name }) => name)).toEqual(['Acme', 'Acme Nordic', 'The Acme']);
	});
});
