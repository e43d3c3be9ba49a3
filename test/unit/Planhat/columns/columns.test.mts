import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { models } from '../../../../nodes/Planhat/resources/index.ts';
import type { UnknownFields } from '../../../../nodes/Planhat/columns/rules.ts';
import { columnsOf, knownTenant, sentOf, written, type FakeRun, type FakeTenant } from './fakeColumns.mts';

const plan = { name: 'Plan', type: 'list', listValues: ['Basic', 'Pro'], parent: 'company' };
const seats = { name: 'Seats', type: 'number', parent: 'company' };
const total = { name: 'Total', type: 'number', parent: 'company', isFormula: true };
const customFields = [plan, seats, total];
const tenant = () => knownTenant({ customFields });

/** What is sent of one row. */
async function sent(row: IDataObject, run: FakeRun = {}): Promise<IDataObject | string> {
	const [only = ''] = await sentOf([row], { tenant: tenant(), ...run });
	return only;
}

describe('Columns of a run', () => {
	it('are resolved once for each name, whatever the number of rows', async () => {
		const rows = Array.from({ length: 2_000 }, (_, index) => ({
			...{ externalId: `c${index}`, Name: 'Acme', Seats: '12', colour: 'red', mrr: 1, custom: { Plan: 'pro' } },
			...(index === 1_999 && { phase: 'Live' }),
		}));
		const known = tenant();
		let lookUps = 0;
		const counting = Object.create(known, {
			customFields: {
				get: () => {
					lookUps += 1;
					return known.customFields;
				},
			},
		}) as FakeTenant;
		const columns = await columnsOf(rows, { tenant: counting });
		const names = ['Name', 'Seats', 'colour', 'custom', 'externalId', 'mrr', 'phase'];
		expect([...columns.byName.keys()].sort()).toEqual(names);
		// Once each, with the one within custom, and once more for those that took the custom fields.
		expect(lookUps).toBe(names.length + 1 + ['Name', 'Seats', 'colour', 'Plan'].length);
		expect(known.learnt).toEqual(['customFields']);
		const again = await columnsOf(rows, { tenant: counting });
		expect(again).toBe(columns);
		expect(written(rows[7] ?? {}, columns)).toEqual({
			...{ externalId: 'c7', name: 'Acme', colour: 'red' },
			custom: { Seats: 12, Plan: 'Pro' },
		});
	});

	it('are kept from one item to the next, and resolved anew where the options differ', async () => {
		const known = tenant();
		const first = await columnsOf([{ name: 'A' }], { tenant: known, writes: 'new' });
		expect(await columnsOf([{ name: 'B', phase: 'x' }], { tenant: known, writes: 'new' })).toBe(first);
		expect([...first.byName.keys()]).toEqual(['name', 'phase']);
		expect(
			await columnsOf([{ name: 'A' }], { tenant: known, writes: 'new', options: { unknownFields: 'refuse' } }),
		).not.toBe(first);
	});

	it.each([
		['all names are known', { externalId: 'a', name: 'A', mrr: 1, _id: '1' }, []],
		['a name is that of n8n', { name: 'A', row_number: 2 }, []],
		['a name is unknown', { externalId: 'a', colour: 'red' }, ['customFields']],
		['a name is spelled otherwise', { Name: 'A' }, ['customFields']],
		['there are values in custom', { name: 'A', custom: { Plan: 'Pro' } }, ['customFields']],
		['there is a name with a point', { name: 'A', 'custom.Plan': 'Pro' }, ['customFields']],
		['an owner has an email', { name: 'A', owner: 'kim@example.com' }, ['users']],
		['an owner is an ID', { name: 'A', owner: '61006bc89a3e0b702ed8ea49', description: 'kim@example.com' }, []],
		['a list of users has an email', { name: 'A', followers: [{ _id: 'kim@example.com' }] }, ['users']],
		['both', { Name: 'A', owner: 'a@b.io', followers: 'a@b.io' }, ['customFields', 'users']],
	])('ask of Planhat what it takes when %s', async (_case, row, learnt) => {
		const known = tenant();
		await columnsOf([{ name: 'first' }, row, row], { tenant: known });
		expect(known.learnt).toEqual(learnt);
	});

	it('of models without custom fields ask for none', async () => {
		const known = { ...knownTenant(), customFieldsRead: true };
		expect(
			await sentOf([{ dimensionId: 'logins', colour: 'red', 'custom.x': 1 }], {
				tenant: known,
				resource: 'metric',
				writes: 'new',
			}),
		).toEqual([{ dimensionId: 'logins', colour: 'red', 'custom.x': 1 }]);
		expect(known.learnt).toEqual([]);
	});
});

describe('A column is read', () => {
	it('without a byte order mark and blanks, whatever way the fields are given', async () => {
		const row = { '\ufeffexternalId': 'a', ' name ': 'Acme', 'Gro\u0308\u00dfe': '5', ' custom.Plan': 'Pro' };
		const known = knownTenant({ customFields: [...customFields, { ...seats, name: 'Gr\u00f6\u00dfe' }] });
		const wanted = { externalId: 'a', name: 'Acme', custom: { 'Gr\u00f6\u00dfe': 5, Plan: 'Pro' } };
		expect(await sent(row, { tenant: known })).toEqual(wanted);
		expect(await sent(row, { tenant: known, isAutomatic: false })).toEqual(wanted);
	});

	it('in another spelling with automatic mapping only', async () => {
		const row = { 'External ID': 'a', NAME: 'Acme', phone_primary: '1', SEATS: '7', 'CSM-Score': '4' };
		const columns = await columnsOf([row], { tenant: tenant() });
		expect(written(row, columns)).toEqual({
			...{ externalId: 'a', name: 'Acme', phonePrimary: '1', csmScore: 4 },
			custom: { Seats: 7 },
		});
		expect(Object.fromEntries(columns.respelled)).toEqual({
			...{
				'External ID': 'externalId',
				NAME: 'name',
				phone_primary: 'phonePrimary',
				SEATS: 'Seats',
				'CSM-Score': 'csmScore',
			},
		});
		const byHand = await columnsOf([row], {
			tenant: tenant(),
			isAutomatic: false,
			options: { unknownFields: 'ignore' },
		});
		expect(written(row, byHand)).toEqual({});
		expect(byHand.nearest.get('NAME')).toBe('name');
	});

	it('never as the ID of the record', async () => {
		for (const name of ['id', 'ID', 'Id', '_ID', ' _Id', 'i_d'])
			expect(
				await sent({ [name]: '61006bc89a3e0b702ed8ea49', name: 'A' }, { options: { unknownFields: 'ignore' } }),
			).toEqual({ name: 'A' });
	});

	it('as the field of its very name where the tenant has one', async () => {
		const known = knownTenant({ customFields: [{ name: 'Name', type: 'text', parent: 'company' }] });
		expect(await sent({ name: 'a', Name: 'b' }, { tenant: known })).toEqual({ name: 'a', custom: { Name: 'b' } });
		expect(await sent({ NAME: 'c', externalId: 'x' }, { tenant: known, options: { unknownFields: 'ignore' } })).toEqual(
			{ externalId: 'x' },
		);
	});

	it('by the name that other models have for the same thing', async () => {
		const pairs: Array<[string, IDataObject, IDataObject]> = [
			[
				'invoice',
				{ externalId: 'i', companyId: 'extid-a', _currency: 'EUR' },
				{ extId: 'i', cId: 'extid-a', currency: 'EUR' },
			],
			[
				'license',
				{ extId: 'i', cId: 'extid-a', currency: 'EUR' },
				{ externalId: 'i', companyId: 'extid-a', _currency: 'EUR' },
			],
			['nps', { companyId: 'extid-a', score: 1 }, { cId: 'extid-a', score: 1 }],
			['company', { ownerId: '61006bc89a3e0b702ed8ea49' }, { owner: '61006bc89a3e0b702ed8ea49' }],
			['deal', { Owner: '61006bc89a3e0b702ed8ea49' }, { ownerId: '61006bc89a3e0b702ed8ea49' }],
		];
		for (const [resource, row, fields] of pairs)
			expect([resource, await sent(row, { resource })]).toEqual([resource, fields]);
	});

	it('of every model under the very name of each field, and under its name in other spellings', async () => {
		for (const model of models.filter(({ operations }) => operations.includes('upsert'))) {
			for (const { name, type, readOnly } of model.fields) {
				if (
					readOnly ||
					name === 'custom' ||
					!['text', 'key', 'number'].includes(type) ||
					model.kind?.fields.includes(name)
				)
					continue;
				const titled = name.replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase();
				for (const spelled of [name, ` ${name}`, titled, titled.replaceAll(' ', '_'), titled.replaceAll(' ', '-')]) {
					const row = await sent({ [spelled]: '7' }, { resource: model.resource, tenant: knownTenant() });
					expect([model.resource, spelled, (row as IDataObject)[name]]).toEqual([
						model.resource,
						spelled,
						type === 'number' ? 7 : '7',
					]);
				}
			}
		}
	});
});

describe('Two columns that mean one field', () => {
	it('are the one with its very name', async () => {
		const rows = [
			{ 'External ID': 'x', externalId: 'a' },
			{ externalId: 'b', 'External ID': 'y' },
			{ 'External ID': 'c', externalId: '' },
			{ 'External ID': 'd' },
		];
		const columns = await columnsOf(rows);
		expect(rows.map((row) => written(row, columns))).toEqual(
			['a', 'b', 'c', 'd'].map((externalId) => ({ externalId })),
		);
	});

	it('may say the same, but no two things', async () => {
		expect(await sent({ 'External ID': 'a', external_id: 'a', name: 'A' })).toEqual({ externalId: 'a', name: 'A' });
		expect(await sent({ 'External ID': 'a', external_id: 'b', name: 'A' })).toBe(
			"Two columns mean 'externalId', one with 'a', one with 'b'",
		);
		expect(await sent({ 'custom.Seats': 1, Seats: '1' })).toEqual({ custom: { Seats: 1 } });
		expect(await sent({ custom: { Seats: 1 }, Seats: 2 })).toBe("Two columns mean 'Seats', one with '1', one with '2'");
	});
});

describe("Names of n8n's", () => {
	it.each<UnknownFields>(['send', 'custom', 'ignore', 'refuse'])('go nowhere with %s', async (unknownFields) => {
		const row = { name: 'A', row_number: 2, toolCallId: 'x', sessionId: 'y', chatInput: 'z', $toolName: 't' };
		expect(await sent(row, { options: { unknownFields } })).toEqual({ name: 'A' });
	});
});

describe('Names that nobody knows', () => {
	const row = { name: 'A', colour: 'red', 'custom.size': 1, custom: { shape: 'x', Plan: 'pro' } };
	const byOption: Array<[UnknownFields, IDataObject | string]> = [
		['send', { name: 'A', colour: 'red', custom: { size: 1, shape: 'x', Plan: 'Pro' } }],
		['custom', { name: 'A', custom: { colour: 'red', size: 1, shape: 'x', Plan: 'Pro' } }],
		['ignore', { name: 'A', custom: { Plan: 'Pro' } }],
	];

	it.each(byOption)('with %s, within custom too', async (unknownFields, fields) => {
		expect(await sent(row, { options: { unknownFields } })).toEqual(fields);
	});

	it('with refuse are each named, with the nearest field; not where they are blank', async () => {
		const refused = await sent({ ...row, phse: 'Live' }, { options: { unknownFields: 'refuse' } });
		expect(String(refused).split('; P')).toEqual([
			"Planhat knows no field 'colour' of a company",
			"lanhat knows no field 'custom.size' of a company",
			"lanhat knows no field 'custom.shape' of a company",
			"lanhat knows no field 'phse' of a company; the nearest is 'phase'",
		]);
		expect(
			await sent({ name: 'A', colour: ' ', custom: { size: null } }, { options: { unknownFields: 'refuse' } }),
		).toEqual({ name: 'A' });
	});

	it('with refuse say that they are unsure without the custom fields', async () => {
		const known = knownTenant({ reason: 'no permission' });
		expect(await sent({ name: 'A', Seats: 1 }, { tenant: known, options: { unknownFields: 'refuse' } })).toBe(
			"Planhat knows no field 'Seats' of a company, as far as can be told without the custom fields (no permission)",
		);
	});

	it('within custom are spelled exactly', async () => {
		expect(
			await sent({ name: 'A', 'custom.plan': 'Pro', custom: { PLAN: 'x' } }, { options: { unknownFields: 'refuse' } }),
		).toMatch(/'custom\.plan' of a company; the nearest is 'Plan'; .*'custom\.PLAN' .* 'Plan'$/);
	});

	it('cannot change what an object is, and are never blank', async () => {
		const odd = JSON.parse(
			'{"name":"A","__proto__":{"x":1},"":1,"custom":{"__proto__":1,"":2},"custom.":3}',
		) as IDataObject;
		expect(JSON.stringify(await sent(odd))).toBe('{"name":"A"}');
		expect(JSON.stringify(await sent(odd, { options: { unknownFields: 'custom' } }))).toBe('{"name":"A"}');
	});
});

describe('What Planhat sets itself', () => {
	it('goes nowhere, whatever way the fields are given', async () => {
		for (const isAutomatic of [true, false]) {
			const row = { name: 'A', mrr: 1, headId: 'x', Total: 3, 'custom.Total': 4, __v: 2, custom: { Total: 5 } };
			expect(await sent(row, { isAutomatic, options: { unknownFields: 'refuse' } })).toEqual({ name: 'A' });
		}
		expect(await sent({ currency: 'EUR', lineItems: [{ a: 1 }] }, { resource: 'invoice' })).toEqual({
			currency: 'EUR',
		});
	});

	it('is the ID, but for rows of Create or Update', async () => {
		const _id = '61006bc89a3e0b702ed8ea49';
		expect(await sent({ _id, name: 'A' })).toEqual({ _id, name: 'A' });
		expect(await sent({ _id, name: 'A' }, { writes: 'new' })).toEqual({ name: 'A' });
		expect(await sent({ _id, name: 'A' }, { writes: 'changes' })).toEqual({ name: 'A' });
	});
});

describe('A type that the editor has stored', () => {
	const stored = [{ name: 'Seats', type: 'number' as const, description: '', offered: true }];
	const now = [{ ...seats, type: 'text' }];

	it('is checked once where it would alter a value', async () => {
		const known = knownTenant({ stored, customFields: now });
		expect(await sentOf([{ 'custom.Seats': 7 }], { tenant: known })).toEqual([{ custom: { Seats: 7 } }]);
		expect(known.learnt).toEqual([]);
		const rows = [{ 'custom.Seats': 7 }, { 'custom.Seats': '007' }];
		expect(await sentOf(rows, { tenant: known })).toEqual([{ custom: { Seats: 7 } }, { custom: { Seats: '007' } }]);
		expect(known.learnt).toEqual(['customFields']);
	});

	it('is checked where it would refuse a value, and within custom', async () => {
		const known = () => knownTenant({ stored, customFields: now });
		expect(await sentOf([{ Seats: 'many' }], { tenant: known() })).toEqual([{ custom: { Seats: 'many' } }]);
		expect(await sentOf([{ custom: { Seats: '7' } }], { tenant: known() })).toEqual([{ custom: { Seats: '7' } }]);
	});

	it('stays where the custom fields cannot be read, which is told', async () => {
		const known = knownTenant({ stored, reason: 'no permission' });
		const columns = await columnsOf([{ Seats: '7' }], { tenant: known });
		expect(written({ Seats: '7' }, columns)).toEqual({ custom: { Seats: 7 } });
		expect(columns.unread).toEqual(['no permission']);
	});

	it('of a field that is gone makes its name unknown', async () => {
		const known = knownTenant({ stored, customFields: [] });
		const run: FakeRun = { tenant: known, options: { unknownFields: 'refuse' } };
		expect(await sentOf([{ Seats: '7' }], run)).toEqual(["Planhat knows no field 'Seats' of a company"]);
	});
});

describe('A column of numbers', () => {
	it('with a comma in any row refuses groups of three, in custom too', async () => {
		const rows = [
			{ csmScore: '10.000', custom: { Seats: '2.500' } },
			{ csmScore: '1,5', custom: '{"Seats":"1.000,0"}' },
			{ csmScore: '2.5', Seats: 3 },
		];
		const [first, second, third] = await sentOf(rows, { tenant: tenant() });
		expect(first).toMatch(/'csmScore' .*not '10\.000'.*'custom\.Seats' .*not '2\.500'/);
		expect(second).toMatch(/'1,5'.*'1\.000,0'/);
		expect(third).toEqual({ csmScore: 2.5, custom: { Seats: 3 } });
		expect(await sentOf([{ csmScore: '10.000' }, { csmScore: 4 }])).toEqual([{ csmScore: 10 }, { csmScore: 4 }]);
	});
});

describe('The expression in an advice', () => {
	it('has the column, or what the user wrote', async () => {
		const start = '31-01-2024';
		expect(
			await sent(
				{ 'Go-live date': start, custom: { 'Go-live': start } },
				{
					tenant: knownTenant({
						customFields: [
							{ name: 'Go-live', type: 'day', parent: 'company' },
							{ name: 'Go-live date', type: 'day', parent: 'company' },
						],
					}),
				},
			),
		).toMatch(/fromFormat\(\$json\["Go-live date"\], .*fromFormat\(\$json\.custom\["Go-live"\], /);
		const run: FakeRun = {
			resource: 'license',
			isAutomatic: false,
			sourceOf: (name) => (name === 'fromDate' ? '$json.start' : undefined),
		};
		expect(await sent({ fromDate: start }, run)).toMatch(/fromFormat\(\$json\.start, /);
	});
});

it('A value that fails when it is looked at does not keep the other rows from being planned', async () => {
	const bad = Object.defineProperty({ externalId: 'b' } as IDataObject, 'custom', {
		enumerable: true,
		get: () => {
			throw new Error('No such node');
		},
	});
	const columns = await columnsOf([bad, { externalId: 'a', name: 'A' }], { resource: 'license' });
	expect(written({ externalId: 'a' }, columns)).toEqual({ externalId: 'a' });
	expect(() => written(bad, columns)).toThrow('No such node');
});
