import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { models } from '../../../../nodes/Planhat/resources/index.ts';
import type { Columns } from '../../../../nodes/Planhat/columns/column.ts';
import { leftOut } from '../../../../nodes/Planhat/columns/columnHints.ts';
import { isNameOfN8n, cleaned } from '../../../../nodes/Planhat/columns/columnNames.ts';
import type { RowOptions, UnknownFields } from '../../../../nodes/Planhat/columns/rules.ts';
import { writeRow } from '../../../../nodes/Planhat/rows/writeRow.ts';
import { isBlank, isObject } from '../../../../nodes/Planhat/values/checks.ts';
import { columnsOf, knownTenant, sentOf, type FakeRun } from '../columns/fakeColumns.mts';
import { runs } from '../../../runs.mts';

const acme = '61006bc89a3e0b702ed8ea49';
const customFields = [
	{ name: 'Seats', type: 'number' },
	{ name: 'Plan', type: 'list', listValues: ['Basic', 'Pro'] },
	{ name: 'Go-live', type: 'day' },
	{ name: 'Contact', type: 'enduser' },
	{ name: 'Crew', type: 'team members' },
	{ name: 'Note', type: 'text' },
	{ name: 'Total', type: 'number', isFormula: true },
].map((field) => ({ ...field, parent: 'company' }));

/** What is sent of one row. */
async function sent(row: IDataObject, run: FakeRun = {}): Promise<IDataObject | string> {
	const [only = ''] = await sentOf([row], { tenant: knownTenant({ customFields }), ...run });
	return only;
}

describe('A row', () => {
	it('is another object; the row of the user stays as it was', async () => {
		const given = Object.freeze({ externalId: ' a ', custom: Object.freeze({ Seats: '1' }) });
		expect(await sent(given)).toEqual({ externalId: 'a', custom: { Seats: 1 } });
		expect(given).toEqual({ externalId: ' a ', custom: { Seats: '1' } });
	});

	it.each([
		{ phase: '', Phase: 'Live' },
		{ Phase: 'Live', phase: '' },
		{ phase: 'Live', Phase: '' },
		{ Phase: '', phase: 'Live' },
	])('takes the value of a field, not the blank beside it, where blanks clear: %j', async (row) => {
		const options = { emptyValues: 'clear' } as const;
		expect(await sent({ externalId: 'a', ...row }, { options })).toEqual({ externalId: 'a', phase: 'Live' });
	});

	it('clears a field once that is blank in two columns', async () => {
		const row = { externalId: 'a', phase: '', Phase: ' ' };
		const cleared = await sent({ externalId: 'a', phase: '' }, { options: { emptyValues: 'clear' } });
		expect(await sent(row, { options: { emptyValues: 'clear' } })).toEqual(cleared);
	});

	it('has each value read once', async () => {
		const reads: string[] = [];
		const given = new Proxy({ externalId: 'a', name: 'A', csmScore: '1', mrr: 2, colour: 'x' } as IDataObject, {
			get(target, name) {
				reads.push(String(name));
				return target[String(name)];
			},
		});
		const columns = await columnsOf([{ externalId: 'a', name: 'A', csmScore: 1, mrr: 2, colour: 'x' }]);
		writeRow(given, columns);
		expect(reads).toEqual(['externalId', 'name', 'csmScore', 'mrr', 'colour']);
	});

	it('is refused with all that is wrong with it', async () => {
		expect(await sent({ externalId: 'N/A', name: ['x'], csmScore: '1,5', custom: { Seats: 'many' } })).toMatch(
			/^'externalId' takes .*; 'name' takes .*; 'csmScore' takes .*; 'custom\.Seats' takes .*$/,
		);
	});

	it.each([
		{ custom: '{"Ref": 12345678901234567890}' },
		{ custom: { Crew: '[9007199254740993]' } },
		{ links: '[{"id": 9007199254740993}]' },
		{ links: '[{"id": 0.12345678901234567891}]' },
		{ domains: '[9007199254740993]' },
	])('is refused where reading JSON would lose digits: %j', async (row) => {
		expect(await sent({ externalId: 'a', ...row } as IDataObject, { resource: 'company' })).toMatch(
			/has more digits than are kept: put it in quotes/,
		);
	});

	it('keeps digits that are text in JSON, and numbers that survive', async () => {
		const custom = '{"Ref": "12345678901234567890 \\" 1e999", "Rate": 0.30000000000000004}';
		expect(await sent({ externalId: 'a', custom })).toEqual({
			...{ externalId: 'a', custom: { Ref: '12345678901234567890 " 1e999', Rate: 0.30000000000000004 } },
		});
	});

	it('gives a field of the tenant its value where n8n has a column of that name, once custom fields are known', async () => {
		for (const name of ['sessionId', 'chatInput', 'row_number', 'toolCallId']) {
			const own = knownTenant({ customFields: [{ name, type: 'text', parent: 'company' }] });
			await own.learn('customFields');
			expect(await sent({ externalId: 'a', [name]: 'x' }, { tenant: own })).toEqual({
				...{ externalId: 'a', custom: { [name]: 'x' } },
			});
			expect(await sent({ externalId: 'a', [name]: 'x' })).toEqual({ externalId: 'a' });
		}
	});

	it('may have names that every object has', async () => {
		for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
			const row = { externalId: 'a', custom: { [name]: 'cc' }, [`custom.${name}`]: 'cc' };
			expect(await sent(row)).toEqual({ externalId: 'a', custom: { [name]: 'cc' } });
		}
	});

	it('leaves a list of blanks out, as it does a blank', async () => {
		for (const blank of [',', ' ; \n', [null], [' ', undefined], '["", null]', ' [""]']) {
			const row = { externalId: 'a', domains: blank, collaborators: blank, custom: { Crew: blank } };
			expect(await sent(row)).toEqual({ externalId: 'a' });
			expect(await sent(row, { options: { emptyValues: 'clear' } })).toEqual({
				...{ externalId: 'a', domains: [], collaborators: [], custom: { Crew: [] } },
			});
		}
		for (const none of [[], '[]', ' [ ]'])
			expect(await sent({ name: 'A', domains: none })).toEqual({ name: 'A', domains: [] });
	});

	it('is empty where nothing is given that Planhat would not drop', async () => {
		const empty = [
			{},
			{ colour: 'red' },
			{ mrr: 1 },
			{ row_number: 2 },
			{ name: '', csmScore: null },
			{ custom: {} },
			{ custom: '{}' },
		];
		for (const row of empty) expect([row, await sent(row)]).toEqual([row, {}]);
		expect(await sent({ subject: '' }, { resource: 'note' })).toEqual({});
		expect(await sent({ colour: 'red' }, { options: { unknownFields: 'custom' } })).toEqual({
			custom: { colour: 'red' },
		});
	});

	it('is checked by the operation when nothing else is wrong with it', async () => {
		const problem = { field: 'name', given: 'A', wants: 'another name' };
		const check = ({ name }: IDataObject) => (name === 'A' ? problem : undefined);
		expect(await sent({ name: 'A' }, { check })).toBe("'name' takes another name, not 'A'");
		expect(await sent({ name: 'B' }, { check })).toEqual({ name: 'B' });
		expect(await sent({ name: 'A', csmScore: 'x' }, { check })).not.toMatch('another name');
	});

	it('with a column that was not looked at is no row of the run', async () => {
		const columns = await columnsOf([{ name: 'A' }]);
		expect(() => writeRow({ phase: 'x' }, columns)).toThrow('not looked at');
		expect(writeRow({ phase: undefined }, columns)).toEqual({ fields: {} });
	});
});

describe('Custom fields', () => {
	it('are converted as the tenant has them, wherever they are given', async () => {
		const wanted = { custom: { Seats: 12, Plan: 'Pro', 'Go-live': '2026-03-31' } };
		const flat = { Seats: '12', Plan: ' pro', 'Go-live': '2026-03-31T23:00:00-05:00' };
		expect(await sent(flat)).toEqual(wanted);
		expect(await sent({ custom: flat })).toEqual(wanted);
		expect(await sent({ custom: JSON.stringify(flat) })).toEqual(wanted);
		expect(
			await sent(Object.fromEntries(Object.entries(flat).map(([name, value]) => [`custom.${name}`, value]))),
		).toEqual(wanted);
		expect(await sent({ Seats: '12', 'custom.Plan': 'PRO', custom: { 'Go-live': 46_112 } })).toEqual(wanted);
	});

	it.each([['Pro'], [['x']], [7], [true], ['[object Object]'], ['[1]']])('are no fields of %p', async (custom) => {
		expect(await sent({ name: 'A', custom })).toMatch(/^'custom' takes an object or its JSON, not '/);
	});

	it('of an end user take no email that nobody has, and say so', async () => {
		expect(await sent({ name: 'A', Contact: 'kim@example.com' })).toMatch(/is the email of no end user in Planhat/);
	});
});

describe('A blank value', () => {
	const blanks = [null, '', '  ', '\t'];
	const clear: Partial<RowOptions> = { emptyValues: 'clear' };

	it('is left out, in every operation and every way of giving fields', async () => {
		for (const blank of blanks) {
			for (const writes of ['new', 'changes', 'either'] as const) {
				for (const isAutomatic of [true, false]) {
					const row = {
						phase: 'Live',
						name: blank,
						csmScore: blank,
						tags: blank,
						owner: blank,
						custom: { Seats: blank },
						Plan: blank,
						'custom.Go-live': blank,
					};
					expect(await sent(row, { writes, isAutomatic })).toEqual({ phase: 'Live' });
				}
			}
		}
	});

	it('clears by the option, in the form of the field', async () => {
		const row = {
			phase: 'Live',
			name: '',
			csmScore: ' ',
			tags: null,
			owner: '',
			shareable: '',
			followers: '',
			links: '',
			custom: { Seats: '', Note: '' },
			Plan: null,
		};
		const cleared = {
			phase: 'Live',
			name: '',
			csmScore: null,
			tags: [],
			owner: null,
			shareable: null,
			followers: [],
			links: [],
			custom: { Seats: null, Note: '', Plan: null },
		};
		for (const writes of ['changes', 'either'] as const)
			expect(await sent(row, { writes, options: clear })).toEqual(cleared);
		expect(await sent(row, { writes: 'new', options: clear })).toEqual({ phase: 'Live' });
	});

	it('never clears a key, an ID, a kind, all of custom, or what nobody knows', async () => {
		const row = { name: 'A', externalId: '', sourceId: null, _id: '', custom: '', colour: '', 'custom.size': '' };
		expect(await sent(row, { options: clear })).toEqual({ name: 'A' });
		expect(await sent({ subject: 'x', type: '' }, { resource: 'note', writes: 'changes', options: clear })).toEqual({
			subject: 'x',
		});
	});

	it('gives way to another column of the same field', async () => {
		expect(await sent({ 'External ID': 'a', externalId: '' })).toEqual({ externalId: 'a' });
		expect(await sent({ 'custom.Seats': '', Seats: 1 })).toEqual({ custom: { Seats: 1 } });
	});
});

describe('A model that shares its endpoint', () => {
	it('has its kind put in, and takes no other', async () => {
		const note = { resource: 'note', options: {} };
		expect(await sent({ subject: 'x' }, { ...note, writes: 'new' })).toEqual({ subject: 'x', type: 'note' });
		expect(await sent({ subject: 'x' }, { ...note, writes: 'changes' })).toEqual({ subject: 'x' });
		expect(await sent({ subject: 'x', Type: ' Note ' }, note)).toEqual({ subject: 'x', type: 'note' });
		expect(await sent({ subject: 'x', type: 'email' }, note)).toBe("'type' of a note is always 'note', not 'email'");
	});
});

describe('A value of a model', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['timesheet', { timeEntries: `${acme}, ${acme}` }, { timeEntries: [{ _id: acme }, { _id: acme }] }],
		[
			'metric',
			{ model: 'enduser', date: '2026-03-31T12:34:56+02:00' },
			{ model: 'EndUser', date: '2026-03-31T10:34:56.000Z' },
		],
		['invoice', { dueDate: '2024-01-01T23:30:00-05:00' }, { dueDate: 19_723 }],
		['issue', { companyIds: [{ _id: acme }, 'extid-a'] }, { companyIds: [acme, 'extid-a'] }],
		['conversation', { endusers: [{ id: acme, name: 'Pat' }] }, { endusers: [{ id: acme, name: 'Pat' }] }],
		[
			'userActivity',
			{ email: ' a@b.io ', companyExternalId: ' a ', info: '{"a":1}' },
			{ email: 'a@b.io', companyExternalId: 'a', info: { a: 1 } },
		],
	])('goes out as %s wants it: %j', async (resource, row, fields) => {
		expect(await sent(row, { resource, writes: 'new', tenant: knownTenant() })).toEqual(fields);
	});

	it('is never a bare text where a list of people is wanted', async () => {
		for (const [resource, field] of [
			['conversation', 'endusers'],
			['note', 'endusers'],
			['task', 'endusers'],
			['issue', 'enduserIds'],
		] as const) {
			const refused = await sent({ [field]: 'kim@example.com, lee@example.com' }, { resource, tenant: knownTenant() });
			expect([resource, refused]).toEqual([resource, expect.stringMatching(/is the email of no end user/)]);
		}
	});
});

/** Rows as people have them: any names, any values. */
const value = fc.oneof(
	fc.constantFrom<unknown>(
		'',
		null,
		' ',
		'a',
		'N/A',
		'12',
		'1,5',
		'10.000',
		45_283,
		'2026-03-31',
		'kim@example.com',
		acme,
		'extid-a',
		true,
	),
	fc.constantFrom<unknown>(
		[acme],
		['a', ''],
		{ a: 1 },
		{ _id: acme },
		'[object Object] ',
		'{"Seats":"1"}',
		{ Seats: '7', x: '' },
		Number.NaN,
	),
	fc.anything({ withDate: true, maxDepth: 1, maxKeys: 2 }),
);
const names = (model: (typeof models)[number]) =>
	fc.oneof(
		fc.constantFrom(...model.fields.map(({ name }) => name)),
		fc.constantFrom(...model.fields.map(({ name }) => name.toUpperCase())),
		fc.constantFrom(
			'_id',
			'\ufeffname',
			'companyId',
			'externalId',
			'row_number',
			'custom.Seats',
			'Seats',
			'custom.x',
			'custom',
			'colour',
		),
		fc.string({ maxLength: 4 }),
	);

/** The values of a row that are neither in what goes out nor named. */
function lostOf(given: IDataObject, fields: IDataObject, columns: Columns, named: readonly string[]): string[] {
	return Object.keys(given).filter((name) => {
		const meant = cleaned(name);
		if (isBlank(given[name]) || isNameOfN8n(meant) || ['', '__proto__', '__v', 'custom'].includes(meant)) return false;
		const column = columns.byName.get(name);
		if (column !== undefined && 'field' in column && column.isBlank(given[name])) return false;
		const into = column?.to === 'custom' ? fields.custom : fields;
		const isSent = column !== undefined && 'field' in column && isObject(into) && column.field.name in into;
		return !isSent && !named.includes(meant);
	});
}

describe.each(models.map((model) => [model.resource, model] as const))(
	'Whatever is in a row of the model %s',
	(resource, model) => {
		it('goes out, is refused, or is named', async () => {
			const row = fc.dictionary(names(model), value, { maxKeys: 6 }) as fc.Arbitrary<IDataObject>;
			const option = fc.constantFrom<UnknownFields>('send', 'custom', 'ignore', 'refuse');
			await fc.assert(
				fc.asyncProperty(row, option, async (given, unknownFields) => {
					const run = { resource, tenant: knownTenant({ customFields }), options: { unknownFields } };
					const columns = await columnsOf([given], run);
					const wrote = writeRow(given, columns);
					if ('problems' in wrote) return wrote.problems.every(({ field }) => field !== '');
					const { unknown, readOnly } = leftOut(columns);
					const named = [...unknown, ...readOnly, ...(wrote.notes ?? []).map(({ column }) => column)];
					const isClean = Object.keys(wrote.fields).every((name) => name === cleaned(name));
					const isKept = !JSON.stringify(wrote.fields).includes('[object ');
					return isClean && isKept && lostOf(given, wrote.fields, columns, named).length === 0;
				}),
				{ numRuns: runs(150) },
			);
		});
	},
);
