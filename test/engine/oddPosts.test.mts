import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

/** What stands in one field, as people have it, and what goes out; what is refused stands below. */
interface Table {
	field: string;
	taken: ReadonlyArray<readonly [given: unknown, sent: unknown]>;
	refused: readonly unknown[];
	/** Says nothing to the field, and is left out; of a field that is required the row is refused. */
	blank?: readonly unknown[];
}

const planhat = bench();

/** Sends a row for each value, and tells what went out of it: nothing where the row was refused. */
async function sent(resource: string, operation: string, row: IDataObject, field: string, values: readonly unknown[]) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const items = itemsOf(values.map((value) => ({ ...row, [field]: value }) as IDataObject));
	const run = await planhat.run({ resource, operation, fields }, { items, onError: 'continueErrorOutput' });
	const reasons = new Map(
		run.errors.map(({ json, pairedItem }) => [(pairedItem as { item: number }).item, json.error]),
	);
	const posted = planhat.server.requests.filter(({ method }) => method === 'POST').flatMap(({ body }) => body);
	const bodies = posted as IDataObject[];
	const found = values.map((_value, index) => (reasons.has(index) ? 'refused' : bodies.shift()?.[field]));
	expect(bodies).toEqual([]);
	return { found, reasons: [...reasons.values()] };
}

async function requireTable(resource: string, operation: string, row: IDataObject, table: Table) {
	const { field, taken, refused, blank = [] } = table;
	const values = [...taken.map(([given]) => given), ...blank, ...refused];
	const { found, reasons } = await sent(resource, operation, row, field, values);
	expect(found.slice(0, taken.length)).toEqual(taken.map(([, wanted]) => wanted));
	expect(found.slice(taken.length, taken.length + blank.length)).toEqual(blank.map(() => undefined));
	expect(
		values
			.slice(taken.length + blank.length)
			.filter((_value, at) => found[taken.length + blank.length + at] !== 'refused'),
	).toEqual([]);
	for (const reason of reasons) expect(reason).toContain(field);
}

const same = (...values: unknown[]) => values.map((value) => [value, value] as const);
const day = '2026-01-31T00:00:00.000Z';
const id = '5f0000000000000000000001';

const ofMetrics: readonly Table[] = [
	{
		field: 'value',
		taken: [
			...same(-5, 0, 1.5, 0.1 + 0.2, 5e-324, 2 ** 53 - 1),
			...([
				['-5', -5],
				['0', 0],
				['+5', 5],
				['.5', 0.5],
				['5.', 5],
				['1e3', 1000],
				['1E-2', 0.01],
			] as const),
			...([
				[' 5 ', 5],
				['5\n', 5],
				['5\u200b', 5],
				['00012', 12],
				['0.30000000000000004', 0.1 + 0.2],
			] as const),
		],
		refused: [
			...[
				'',
				null,
				'   ',
				'1,234.5',
				'12,5',
				',5',
				'12 %',
				'12%',
				'∞',
				'-∞',
				'NaN',
				'Infinity',
				'0x10',
				'1_000',
				'１２',
				'٣',
			],
			...[
				'–5',
				'−5',
				'1 000',
				'1\u00a0000',
				"1'000",
				'$5',
				'5 €',
				'(5)',
				'1:30',
				'2026-01-31',
				'1/2',
				'½',
				'5;',
				'=5',
				'1.234',
			],
			...[
				'N/A',
				'-',
				'null',
				'#N/A',
				'#DIV/0!',
				'#REF!',
				'true',
				'yes',
				true,
				false,
				1e20,
				1e308,
				2 ** 53,
				'1e400',
				'1e-400',
			],
			...[NaN, Infinity, [5], [1, 2], {}, { value: 5 }, { $numberDecimal: '5' }, '9007199254740993'],
		],
	},
	{
		field: 'date',
		taken: [
			...['2026-01-31', ' 2026-01-31 ', '\u200b2026-01-31', 20260131, '20260131', 46053, '46053', '46053.0'].map(
				(one) => [one, day] as const,
			),
			...[1769817600, '1769817600', 1769817600000, '2026-W05-6', '2026-031', '2026-01-30T24:00'].map(
				(one) => [one, day] as const,
			),
			['2026-01', '2026-01-01T00:00:00.000Z'],
			['2026-01-31T10:00', '2026-01-31T10:00:00.000Z'],
			['2026-01-31 10:00:00,5Z', '2026-01-31T10:00:00.500Z'],
			['2026-01-31T10:00:00+0200', '2026-01-31T08:00:00.000Z'],
			['2026-01-31T10:00:00-14:00', '2026-02-01T00:00:00.000Z'],
			[46053.5, '2026-01-31T12:00:00.000Z'],
			[1769817600.5, '2026-01-31T00:00:00.500Z'],
			['2099-01-01', '2099-01-01T00:00:00.000Z'],
			['1899-12-30', '1899-12-30T00:00:00.000Z'],
		],
		blank: ['', null, ' \t', '\u200b'],
		refused: [
			...[
				'31.01.2026',
				'01/31/2026',
				'31/01/2026',
				'1/2/26',
				'Jan 31, 2026',
				'31 January 2026',
				'1-Jan-26',
				'Januar 2026',
				'2026',
				2026,
			],
			...[
				'202601',
				'46053,5',
				'today',
				'yesterday',
				'now',
				'10000-01-01',
				0,
				'0',
				1,
				-5,
				2958465,
				'1e5',
				'10:30',
				'0830',
				'2026-02-30',
			],
			...[
				'2026-13-01',
				'2026-W05',
				'2026-01-31T25:00',
				'2026-01-31T10:00:60',
				'2026/01/31',
				'2026.01.31',
				'2026-1-5',
				'2026-01-31Z',
			],
			...[
				'Sat Jan 31 2026',
				'Sat, 31 Jan 2026 10:00:00 GMT',
				'2026-01-31 10:00 AM',
				'2026-01-31T10:00 Europe/Berlin',
				'2026-Q1',
			],
			...[
				'N/A',
				'-',
				'null',
				'Invalid DateTime',
				'00.00.0000',
				'0000-00-00',
				'1900-01-00',
				'+2026-01-31',
				253402300800000,
			],
			...[true, false, NaN, [], ['2026-01-31'], {}, { from: 1 }],
		],
	},
	{
		field: 'externalId',
		taken: [
			...same(
				'a',
				'A',
				0,
				1,
				1.5,
				-1,
				'a,b',
				'a b',
				'a\nb',
				'007',
				'1e5',
				'1.0',
				'=1+1',
				'"a"',
				"'a",
				'é',
				'e\u0301',
				'extid-a',
				id,
			),
			...same('9007199254740993', 'x'.repeat(3000)),
			...([
				[' a ', 'a'],
				['a\u200b', 'a'],
				['\u00a0a', 'a'],
			] as const),
		],
		refused: [
			...[
				'',
				null,
				'N/A',
				'-',
				'null',
				'none',
				'undefined',
				'#N/A',
				'#REF!',
				'[object Object]',
				'a\u200bb',
				'4.9E+17',
				true,
				false,
			],
			...[1e21, 2 ** 53, NaN, {}, [], ['a'], { _id: 'x' }],
		],
	},
	{
		field: 'dimensionId',
		taken: [
			...same(
				'logins',
				'LOGINS',
				'log-ins',
				'log.ins',
				'a/b',
				'ä',
				'登录',
				'$x',
				'a"b',
				5,
				0,
				1.5,
				'__proto__',
				'constructor',
				'_id',
			),
			...same('x'.repeat(200)),
			...([
				[' logins ', 'logins'],
				['logins\u200b', 'logins'],
			] as const),
		],
		refused: ['', null, 'Log Ins', 'log\tins', 'log\u00a0ins', 'N/A', '-', '%', '😀', 'none', true, {}, [], ['a']],
	},
	{
		field: 'model',
		taken: [
			...same('Company', 'EndUser', 'Asset', 'Project', 'Deal', 'N/A'),
			...([
				['company', 'Company'],
				[' ENDUSER ', 'EndUser'],
				['asset\u200b', 'Asset'],
			] as const),
		],
		blank: ['', null],
		refused: [{}, ['Company']],
	},
];

const ofActivities: readonly Table[] = [
	{
		field: 'email',
		taken: [
			...same('kim@example.com', 'KIM@EXAMPLE.COM', 'a@b', 'kim@exämple.com', 'kim+x@example.com'),
			...([
				[' kim@example.com ', 'kim@example.com'],
				['kim@example.com\u200b', 'kim@example.com'],
			] as const),
		],
		refused: [
			...[
				'',
				null,
				'kim',
				'kim@',
				'Kim <kim@example.com>',
				'a@b.c, d@e.f',
				'mailto:kim@example.com',
				'kim@example.com;',
				'N/A',
			],
			...['k\u200bim@example.com', 5, true, ['kim@example.com'], { id: 'kim@example.com' }],
		],
	},
	{
		field: 'info',
		taken: [
			...same({}, { a: 1 }, { a: { b: { c: [1, { d: 2 }] } } }, { 'a.b': 1, $x: null, c: '' }),
			['{"a":1}', { a: 1 }],
		],
		blank: ['', null, '  '],
		refused: [
			...[
				'[1]',
				'text',
				'null',
				'"x"',
				'true',
				"{'a':1}",
				'{"a":1',
				'[object Object]',
				'{"a":1,"a":2}',
				'{"a":9007199254740993}',
			],
			...['{"a":1e400}', [1, 2], 5, true, { d: NaN }, { f: Infinity }],
		],
	},
	{
		field: 'weight',
		taken: [...same(1, 0, -1, 2.5), ['2', 2], ['1e2', 100]],
		blank: ['', null],
		refused: ['2,5', 'x', true, '∞', 'N/A', NaN],
	},
	{
		field: 'action',
		taken: [...same('login', ' padded ', 'a\nb', 5, true, 'N/A', '<b>x</b>', 'x'.repeat(3000))],
		blank: ['', null, '  '],
		refused: [{}, [], ['a'], '[object Object]', 1e20],
	},
	{
		field: 'companyId',
		taken: [
			...same(id, 'extid-a', 'srcid-b'),
			...([
				[{ _id: id }, id],
				[`https://ws.planhat.com/x?profile=Company.${id}`, id],
			] as const),
		],
		blank: ['', null],
		refused: ['a', 'Acme', 'N/A', 5, 'extid-', 'extid-N/A', true, [id]],
	},
];

const metric = { dimensionId: 'logins', value: 1, externalId: 'a', date: '2026-01-31' };
const activity = { email: 'kim@example.com', action: 'login' };

describe('What stands in a row of metrics', () => {
	it.each(ofMetrics.map((table) => [table.field, table] as const))(
		'goes out as it was given, or the row is refused: %s',
		async (_field, table) => await requireTable('metric', 'insert', metric, table),
	);
});

describe('What stands in a row of activities', () => {
	it.each(ofActivities.map((table) => [table.field, table] as const))(
		'goes out as it was given, or the row is refused: %s',
		async (_field, table) => await requireTable('userActivity', 'track', activity, table),
	);
});
