import { isDeepStrictEqual } from 'node:util';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { FieldType, Model } from '../../../../nodes/Planhat/resources/types.ts';
import { compareRow, sentFields, type SentFields } from '../../../../nodes/Planhat/compared/compareRow.ts';
import { defaultBehaviour, type Behaviour } from '../../../planhat-server/behaviour.mts';
import { modelAt } from '../../../planhat-server/models.mts';
import { Store } from '../../../planhat-server/store.mts';
import { copyOf, type JsonObject, type PlanhatRecord } from '../../../planhat-server/types.mts';
import { updateRecord } from '../../../planhat-server/writing.mts';
import { columnsOf, knownTenant } from '../columns/fakeColumns.mts';
import { meaningOf, modelNamed, rowCompanies, rowCustomFields, rowsOfModel } from '../rows/rowsOfModel.mts';

const acme = '61006bc89a3e0b702ed8ea49';
const beta = '61006bc89a3e0b702ed8ea50';

/** One custom field of a type, and nothing else. */
function namesDiffering(type: FieldType, sent: unknown, held: unknown): string[] {
	const fields: SentFields = { own: new Map(), custom: new Map([['f', { name: 'f', type }]]) };
	const record = (held === undefined ? {} : { custom: { f: held } }) as IDataObject;
	return compareRow({ custom: { f: sent } } as IDataObject, record, fields).map(({ name }) => name);
}

describe('A row compared with its record', () => {
	it.each<[FieldType, unknown, unknown]>([
		['text', 7, '7'],
		['text', '', undefined],
		['text', '', null],
		['key', 12, '12'],
		['email', 'Ann@A.com', 'ann@a.com'],
		['number', 1200.5, '1200.5'],
		['number', null, ''],
		['boolean', null, undefined],
		['date', '2026-03-31T08:00:00.000Z', '2026-03-31T10:00:00+02:00'],
		['date', '2026-03-31T08:00:00.000Z', '2026-03-31'],
		['isoDay', '2026-03-31', '2026-03-31T00:00:00.000Z'],
		['day', 20_543, '20543'],
		['day', 20_543, '2026-03-31T00:00:00.000Z'],
		['id', acme, { _id: acme, nickName: 'A' }],
		['user', acme, acme.toUpperCase()],
		['texts', ['b', 'a', 'a'], ['a', 'b']],
		['texts', ['a'], 'a'],
		['texts', [], undefined],
		['texts', ['7'], [7]],
		['ids', [acme, beta], `,${beta},${acme},`],
		['users', [acme], [{ _id: acme, nickName: 'A' }]],
		['records', [{ _id: acme }], [acme]],
		['members', [{ id: acme, name: 'Old' }], [{ name: 'New', id: acme, isOwner: false }]],
		['endusers', [{ id: acme }], [{ id: acme, name: 'A' }]],
		['object', { a: 1, b: [2] }, { b: [2], a: 1 }],
		['unknown', { a: undefined, b: 1 }, { b: 1 }],
	])('is the same in a field of type %s: %j and %j', (type, sent, held) => {
		expect(namesDiffering(type, sent, held)).toEqual([]);
	});

	it.each<[FieldType, unknown, unknown]>([
		['text', 'Live', 'live'],
		['text', 'Live', undefined],
		['text', '', 'Live'],
		['text', '[object Object]', {}],
		['key', '012', '12'],
		['number', 0, undefined],
		['number', null, 0],
		['number', 7, 'seven'],
		['boolean', false, undefined],
		['boolean', true, 'true'],
		['date', '2026-03-31T08:00:00.000Z', '2026-03-31T08:00:00.001Z'],
		['date', '2026-03-31T08:00:00.000Z', 'soon'],
		['isoDay', '2026-03-31', '2026-03-31T08:00:00.000Z'],
		['day', 20_543, 20_544],
		['id', acme, beta],
		['id', `extid-${acme}`, acme],
		['texts', ['a'], ['a', 'b']],
		['texts', ['a', 'b'], ['a']],
		['texts', ['A'], ['a']],
		['ids', [acme], [acme, beta]],
		['members', [{ id: acme, isOwner: true }], [{ id: acme, isOwner: false }]],
		['members', [{ id: acme, isOwner: true }], [acme]],
		['object', { a: 1 }, { a: 1, b: 2 }],
		['objects', [{ a: 1 }, { b: 2 }], [{ b: 2 }, { a: 1 }]],
		['unknown', 1, '1'],
	])('differs in a field of type %s: %j and %j', (type, sent, held) => {
		expect(namesDiffering(type, sent, held)).toEqual(['custom.f']);
	});

	it('says what the record has and what is sent, in fields that are sent alone', async () => {
		const row = { phase: 'Live', name: 'A', custom: { Plan: 'Pro' } };
		const columns = await columnsOf([row], {
			tenant: knownTenant({ customFields: [{ name: 'Plan', type: 'text', parent: 'company' }] }),
		});
		const record = { name: 'A', phase: 'Lost', custom: { Seats: 5 }, tags: ['x'] };
		expect(compareRow(row, record, sentFields(columns))).toEqual([
			{ name: 'phase', held: 'Lost', sent: 'Live' },
			{ name: 'custom.Plan', held: undefined, sent: 'Pro' },
		]);
	});

	it('reads a field under the name by which Planhat returns it', async () => {
		const row = { title: 'Help', sourceId: 't-1' };
		const fields = sentFields(await columnsOf([row], { resource: 'ticket' }));
		expect(compareRow(row, { subject: 'Help', externalId: 't-1' }, fields)).toEqual([]);
	});

	it('says which company has to be looked up, and takes what was found', () => {
		const fields = {
			own: new Map(modelNamed('enduser').fields.map((field) => [field.name, field])),
			custom: new Map(),
		};
		const row = { companyId: 'extid-a' };
		expect(compareRow(row, { companyId: acme }, fields)).toEqual([
			{ name: 'companyId', held: acme, sent: 'extid-a', unresolved: 'extid-a' },
		]);
		expect(compareRow(row, { companyId: acme }, fields, () => acme)).toEqual([]);
		expect(compareRow(row, { companyId: acme }, fields, () => beta)).toEqual([
			{ name: 'companyId', held: acme, sent: 'extid-a' },
		]);
	});
});

const resolve = (reference: string) =>
	rowCompanies.find(({ externalId, sourceId }) => [`extid-${externalId}`, `srcid-${sourceId}`].includes(reference))
		?._id;

function fieldsOf(model: Model): SentFields {
	return { own: new Map(model.fields.map((field) => [field.name, field])), custom: rowCustomFields };
}

/** A store with companies and one record of a model, which rows are written to. */
function writer(model: Model, behaviour: Behaviour) {
	const served = modelAt(model.path.slice(1));
	if (served === undefined) throw new Error(`The double has no ${model.path}`);
	const store = new Store(() => new Date(0));
	store.insert('companies', rowCompanies);
	store.insert(
		'customfields',
		[...rowCustomFields.values()].map(({ name, type }) => ({ name, type, parent: model.resource })),
	);
	const [begin] = store.insert(served.storage, [{ ...copyOf(served.defaults), name: 'x' }]);
	if (begin === undefined) throw new Error('Nothing was inserted');
	return (record: PlanhatRecord | undefined, row: IDataObject): PlanhatRecord =>
		updateRecord(store, served, record ?? begin, row as JsonObject, 'always', behaviour).record;
}

const resources = ['company', 'enduser', 'task', 'conversation', 'license', 'opportunity', 'asset', 'invoice', 'user'];

/** What is in place of the company's ID is no value that a record holds: `previewedPeople` has rows with it. */
function valuesOfModel(model: Model): fc.Arbitrary<IDataObject> {
	return rowsOfModel(model).map((row) =>
		Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'companyExternalId')),
	);
}

describe.each(resources)('Whatever rows are written to a record of type %s', (resource) => {
	const model = modelNamed(resource);
	const fields = fieldsOf(model);
	const numRuns = Math.ceil(10_000 / resources.length);

	it('the same row again says that nothing would change', () => {
		const write = writer(model, { ...defaultBehaviour, customDates: 'day' });
		fc.assert(
			fc.property(valuesOfModel(model), valuesOfModel(model), (before, row) => {
				const record = write(write(undefined, before), row);
				expect(compareRow(row, record, fields, resolve)).toEqual([]);
			}),
			{ numRuns },
		);
	});

	it('another row says that something would change where the record would be another one, and only there', () => {
		const write = writer(model, defaultBehaviour);
		fc.assert(
			fc.property(valuesOfModel(model), valuesOfModel(model), (before, row) => {
				const record = write(undefined, before);
				// What Planhat works out beside what is sent, such as a snippet, is no part of it.
				const names = new Set([...Object.keys(row), 'custom']);
				const sent = { ...fields, own: new Map([...fields.own].filter(([name]) => names.has(name))) };
				const isChanged = !isDeepStrictEqual(meaningOf(write(record, row), sent), meaningOf(record, sent));
				expect(compareRow(row, record, fields, resolve).length > 0).toBe(isChanged);
			}),
			{ numRuns },
		);
	});
});
