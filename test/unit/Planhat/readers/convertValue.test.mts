import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';

import type { Field, FieldType } from '../../../../nodes/Planhat/resources/types.ts';
import { converterOf, readers } from '../../../../nodes/Planhat/readers/convertValue.ts';
import { problemText } from '../../../../nodes/Planhat/rows/problemText.ts';
import type { Note, Place } from '../../../../nodes/Planhat/readers/reading.ts';
import { isBlank } from '../../../../nodes/Planhat/values/checks.ts';
import { isoDay, readDayCount } from '../../../../nodes/Planhat/values/dates.ts';
import { kim, lee, placeOf } from './fakePlace.mts';
import { runs } from '../../../runs.mts';

/** What is sent of a value, or why it is not. */
function convert(type: FieldType, value: unknown, field?: Partial<Field>, place?: Partial<Place>): unknown {
	const converted = converterOf(placeOf(type, field, place))(value);
	return 'value' in converted ? { sent: converted.value } : problemText({ field: 'start', ...converted.problem });
}

function noteOf(type: FieldType, value: unknown, field?: Partial<Field>): Note | undefined {
	const converted = converterOf(placeOf(type, field))(value);
	return 'value' in converted ? converted.note : undefined;
}

const advice = /leave it out$/;

describe('The table of values', () => {
	it('says of each type what it takes, and what clears it', () => {
		for (const [type, reader] of Object.entries(readers)) {
			expect([type, reader.takes].filter((text) => text.trim() === '')).toEqual([]);
			expect(reader.wants({ name: 'start', type: type as FieldType, description: '' })).toMatch(/^\S/);
			expect([null, '', []]).toContainEqual(reader.clears);
		}
	});

	it.each(
		[
			...['#NV', '#WERT!', '#BEZUG!', '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NUM!', '#NULL!', '#SPILL!', '#CALC!'],
			...['#N/A', '<null>', '[null]', '\\N', 'N.A.', 'NaT', '(empty)', '(blank)', '(null)', '<none>'],
		].map((text) => [text]),
	)('takes %j for no key', (text) => {
		expect(convert('key', text)).toMatch(/^'start' takes an ID/);
		expect(convert('id', `extid-${text}`)).toMatch(/There is no ID behind/);
	});

	it.each(['\u200b', '\u200c', '\u200d', '\u2060', '\u00ad', '\ufeff', '\0'])(
		'has %j taken off the ends of what names a record, and refused inside',
		(unseen) => {
			expect(convert('key', `${unseen} a-1 ${unseen}`)).toEqual({ sent: 'a-1' });
			expect(convert('email', ` ${unseen}a@example.com${unseen}`)).toEqual({ sent: 'a@example.com' });
			expect(convert('id', `${unseen}${kim}${unseen}`)).toEqual({ sent: kim });
			expect(convert('id', `${unseen}extid-a${unseen}`)).toEqual({ sent: 'extid-a' });
			expect(convert('user', `kim@example.com${unseen}`)).toEqual({ sent: kim });
			for (const [type, text] of [
				['key', `a${unseen}1`],
				['email', `a${unseen}@example.com`],
				['id', `extid-a${unseen}1`],
			] as const) {
				expect(convert(type, text)).toMatch(/nobody sees/);
			}
			expect([isBlank(unseen), isBlank(` ${unseen}${unseen} `), isBlank(`a${unseen}`)]).toEqual([true, true, false]);
		},
	);

	it.each(['#1', '#NVA', '(a)', 'Nat-1', '[1]', 'empty'])('takes %j for a key', (text) => {
		expect(convert('key', text)).toEqual({ sent: text });
	});

	it.each<[FieldType, unknown, unknown]>([
		['text', 'Acme ', 'Acme '],
		['text', 7, 7],
		['text', true, true],
		['text', new Date('2026-03-31T12:00:00Z'), '2026-03-31T12:00:00.000Z'],
		['text', DateTime.fromISO('2026-03-31T12:00', { zone: 'Europe/Stockholm' }), '2026-03-31T12:00:00.000+02:00'],
		['key', ' a-1 ', 'a-1'],
		['key', '007', '007'],
		['key', 0, 0],
		['key', 7, 7],
		['key', 'None of it', 'None of it'],
		['email', ' Kim@Example.com ', 'Kim@Example.com'],
		['id', ` ${kim.toUpperCase()} `, kim],
		['id', { _id: kim, name: 'Acme' }, kim],
		['id', ' extid-a ', 'extid-a'],
		['id', 'srcid- 0012000001UchdsAAB', 'srcid-0012000001UchdsAAB'],
		['id', `https://ws.planhat.com/acme/home?preview=Company.${kim}`, kim],
		['user', kim, kim],
		['user', ' KIM@example.com', kim],
		['user', { _id: kim, nickName: 'Kim' }, kim],
		['user', `https://ws.planhat.com/acme/home?preview=User.${kim}`, kim],
		['number', '1200.5', 1200.5],
		['number', 0, 0],
		['boolean', ' Yes ', true],
		['boolean', 0, false],
		['boolean', false, false],
		['date', '2026-03-31', '2026-03-31T00:00:00.000Z'],
		['date', '2026-03-31T12:34:56.789+02:00', '2026-03-31T10:34:56.789Z'],
		['date', 1_706_659_200, '2024-01-31T00:00:00.000Z'],
		['day', '2024-01-01T23:30:00-05:00', 19_723],
		['day', 19_753, 19_753],
		['day', '0', 0],
		['day', new Date('2024-01-01T23:30:00Z'), 19_724],
		['day', DateTime.fromISO('2024-01-02T00:30', { zone: 'Europe/Stockholm' }), 19_724],
		['isoDay', '2024-01-01T23:30:00-05:00', '2024-01-01'],
		['isoDay', 45_283, '2023-12-23'],
		['texts', 'a, b;c\nd', ['a', 'b', 'c', 'd']],
		['texts', '["a, b", 2]', ['a, b', 2]],
		['texts', ['a', '', null, ' b '], ['a', 'b']],
		['texts', 2024, [2024]],
		['ids', `${kim}, {"_id":1`, undefined],
		['ids', `,${kim},${lee},`, [kim, lee]],
		['ids', [{ _id: kim, name: 'Admin' }, lee], [kim, lee]],
		['records', `${kim};${lee}`, [{ _id: kim }, { _id: lee }]],
		['records', [{ _id: kim, hours: 2 }], [{ _id: kim }]],
		['users', 'kim@example.com; LEE@example.com', [kim, lee]],
		['users', [{ _id: lee }, kim], [lee, kim]],
		['members', 'kim@example.com', [{ name: 'Kim', id: kim }]],
		['members', [{ id: 'lee@example.com', isOwner: true }], [{ id: lee, isOwner: true }]],
		['members', [{ id: kim, name: 'K.' }, lee], [{ id: kim, name: 'K.' }, { id: lee }]],
		['endusers', [{ _id: kim, name: 'Pat' }, lee], [{ id: kim, name: 'Pat' }, { id: lee }]],
		['object', '{"a":[1]}', { a: [1] }],
		['object', { a: 1 }, { a: 1 }],
		['objects', '[{"a":1}]', [{ a: 1 }]],
		['objects', [{ a: 1 }], [{ a: 1 }]],
		['unknown', [{ a: [1, 'x'] }], [{ a: [1, 'x'] }]],
	])('takes in a field of the type %s %p and sends %p', (type, value, sent) => {
		expect(convert(type, value)).toEqual(sent === undefined ? expect.any(String) : { sent });
	});

	const untrue = [{}, [], { a: 1 }, ['x'], Number.NaN, Number.POSITIVE_INFINITY, 1n, new Map(), new Date('x')];
	const scalars: FieldType[] = [
		'text',
		'key',
		'email',
		'id',
		'user',
		'number',
		'boolean',
		'date',
		'day',
		'isoDay',
		'choice',
	];
	it.each(scalars)('refuses in a field of the type %s what is no single value', (type) => {
		for (const value of untrue) expect(convert(type, value)).toMatch(/^'start' takes .*, not '/);
	});

	it.each(Object.keys(readers) as FieldType[])("refuses '[object Object]' in a field of the type %s", (type) => {
		const holding = [`${{}} `, 'x [object Object]'];
		for (const value of [...holding, holding]) expect(convert(type, value)).toMatch(/^'start' takes .*, not '/);
	});

	it.each<FieldType>(['text', 'key', 'id', 'choice', 'texts', 'object', 'objects', 'unknown'])(
		'says in a field of the type %s where such a text comes from',
		(type) => {
			expect(convert(type, '[object Object] ')).toMatch(advice);
		},
	);
});

describe('A key', () => {
	it.each([
		...[
			'N/A',
			'n/a',
			' - ',
			'--',
			'null',
			'undefined',
			'#N/A',
			'None',
			'NaN',
			'#REF!',
			'#DIV/0!',
			'?',
			'',
			' ',
			'(blank)',
		],
		...[true, false, { value: 1 }, ['a'], Number.NaN, null, undefined, 2 ** 60, new Date()],
	])('is not %p', (value) => {
		expect(convert('key', value)).toMatch(/^'start' takes an ID as text or number, not '/);
	});
});

describe('A reference', () => {
	it.each([
		...[
			'12',
			'Acme GmbH',
			'extid-',
			'srcid- ',
			'extid-undefined',
			'extid-null',
			'extid-[object Object]',
			'ext-a',
			kim.slice(1),
		],
		...[12, true, { id: kim }, { _id: 12 }, [kim], 'kim@example.com'],
	])('is not %p', (value) => {
		expect(convert('id', value)).toMatch(
			/^'start' takes an ID of Planhat's \(24 characters, 0 to 9 and a to f\), or extid- or srcid-/,
		);
	});

	it('says what is wrong with a prefix, a link, or the email of an end user', () => {
		expect(convert('id', 'extid- ')).toMatch(/\. There is no ID behind 'extid-'$/);
		const link = `https://ws.planhat.com/acme/home?preview=Asset.${kim}`;
		expect(convert('id', link, { refersTo: 'company' })).toMatch(/\. The link leads to another record type: Asset$/);
		expect(convert('id', link, { refersTo: 'asset' })).toEqual({ sent: kim });
		expect(convert('id', 'https://ws.planhat.com/acme')).toMatch(/\. It is not clear which record the link leads to$/);
		for (const type of ['id', 'ids', 'endusers'] as const) {
			expect(convert(type, 'kim@example.com', { refersTo: 'enduser' })).toMatch(
				/is the email of no end user in Planhat/,
			);
		}
	});

	it('of the record itself is an ID or a link, without a prefix', () => {
		expect(convert('id', 'extid-a', { name: '_id' })).toMatch(/takes an ID of Planhat's .* or a link, not 'extid-a'/);
		expect(convert('id', kim, { name: '_id' })).toEqual({ sent: kim });
	});
});

describe('A user', () => {
	it.each(['Kim Lee', 'N/A', '005Nq00000AU63sIAD', 42, true, 'extid-kim', { nickName: 'Kim' }, [kim]])(
		'is not %p',
		(value) => {
			expect(convert('user', value)).toMatch(/^'start' takes the ID or the email of one user, not '/);
		},
	);

	it.each<FieldType>(['user', 'users', 'members'])(
		'in a field of the type %s has an email that is that of one',
		(type) => {
			expect(convert(type, 'nobody@example.com')).toMatch(
				/\. 'nobody@example.com' is the email of no user in Planhat$/,
			);
			expect(convert(type, 'twin@example.com')).toMatch(/\. 'twin@example.com' is the email of 2 users in Planhat$/);
			const reason = { usersBy: () => ({ reason: 'no permission' }) };
			expect(convert(type, 'kim@example.com', {}, reason)).toMatch(/users cannot be looked up: no permission$/);
			expect(convert(type, kim, {}, reason)).toHaveProperty('sent');
		},
	);
});

describe('A number', () => {
	it('is refused with the expression that reads it', () => {
		expect(convert('number', '1.200,50')).toBe(
			"'start' takes a number such as 1200 or 1200.5, not '1.200,50'. Send '1.200,50' as 1200.5. This reads it: {{ $json.start.replaceAll('.', '').replace(',', '.') }}",
		);
		expect(convert('number', '10.000', {}, { hasCommas: true })).toMatch(/Other values of the column have a comma/);
		expect(convert('number', '0.1234567890123456789')).toMatch(/This rounds it: \{\{ \$json.start.toNumber\(\) \}\}$/);
		expect(convert('number', 2 ** 60)).toMatch(/Above 9007199254740991 a number loses digits$/);
		expect(convert('number', 'many')).toBe("'start' takes a number such as 1200 or 1200.5, not 'many'");
	});
});

describe('A date', () => {
	it('is refused with the expression that reads it', () => {
		expect(convert('date', '31-01-2024')).toMatch(
			/takes a date such as .*, not '31-01-2024'\. Send '31-01-2024' as 2024-01-31\. This reads it: \{\{ DateTime\.fromFormat\(\$json\.start, 'dd-MM-yyyy'\)\.toISODate\(\) \}\}$/,
		);
		expect(convert('day', '03/04/2024')).toMatch(
			/'dd\/MM\/yyyy'\)\.toISODate\(\) \}\}, or \{\{ .*'MM\/dd\/yyyy'\)\.toISODate\(\) \}\}$/,
		);
		expect(convert('isoDay', 202_601)).toMatch(/fromFormat\(\$json\.start\.toString\(\), 'yyyyMM'\)/);
		expect(convert('isoDay', 19_753)).toBe("'start' takes a day such as 2026-03-31, not '19753'");
		expect(convert('date', '10:30')).toMatch(/not '10:30'$/);
	});

	it('of Excel is noted with what it was taken for', () => {
		expect(noteOf('date', 45_283)).toEqual({ kind: 'excel', given: '45283', taken: '2023-12-23' });
		expect(noteOf('day', '45283.25')).toEqual({ kind: 'excel', given: '45283.25', taken: '2023-12-23T06:00:00.000Z' });
		expect(noteOf('isoDay', '2023-12-23')).toBeUndefined();
	});
});

describe('A value of a list', () => {
	const values = ['A, B', 'C', 'To Do', 'Live'];

	it.each([
		[' live ', 'Live'],
		['LIVE', 'Live'],
		['to do', 'To Do'],
		['TO DO', 'To Do'],
		['A, B', 'A, B'],
	])('may be spelled %j', (value, sent) => {
		expect(convert('choice', value, { values })).toEqual({ sent });
		expect(noteOf('choice', value, { values })).toBeUndefined();
	});

	it.each([
		['110', ['1-10', '11-50']],
		['A-', ['A', 'B', '1']],
		['-1', ['A', 'B', '1']],
		['-paid', ['paid', 'due']],
		['TO-DO', ['To Do']],
		['ToDo', ['To Do']],
		['to_do', ['To Do']],
	])('is not %j where the list has it in another spelling', (value, own) => {
		expect(convert('choice', value, { values: own })).toEqual({ sent: value });
		expect(noteOf('choice', value, { values: own })).toEqual({ kind: 'unlisted', given: value });
		expect(convert('texts', value, { values: own })).toEqual({ sent: [value] });
		expect(convert('texts', [value], { values: own })).toEqual({ sent: [value] });
	});

	it('is one of those that a refusal names', () => {
		const values = ['Gold', 'Silver'];
		expect(convert('texts', { a: 1 }, { values })).toContain(
			'a list of its values (Gold, Silver), or a text with commas',
		);
		expect(convert('choice', { a: 1 }, { values })).toContain('one of its values (Gold, Silver)');
	});

	it('that is none of it goes out as it is, and is noted', () => {
		expect(convert('choice', ' Lost ', { values })).toEqual({ sent: 'Lost' });
		expect(noteOf('choice', 'Lost', { values })).toEqual({ kind: 'unlisted', given: 'Lost' });
		expect(noteOf('texts', 'C; Lost', { values })).toEqual({ kind: 'unlisted', given: 'Lost' });
		expect(noteOf('texts', 'C; Lost')).toBeUndefined();
	});

	it('of two that differ in capitals is the one that is spelled so', () => {
		expect(convert('choice', 'b', { values: ['B', 'b'] })).toEqual({ sent: 'b' });
		expect(noteOf('choice', ' b ', { values: ['B', 'b'] })).toEqual({ kind: 'unlisted', given: 'b' });
	});

	it.each([
		['A, B;C', ['A, B', 'C']],
		['A, B\nC', ['A, B', 'C']],
		['c,a, b', ['C', 'A, B']],
		['A, B, C', ['A, B', 'C']],
		['A, Bc', ['A', 'Bc']],
		['A; B', ['A', 'B']],
		['["A, B","C"]', ['A, B', 'C']],
	])('is one entry whatever is in it: %j', (value, sent) => {
		expect(convert('texts', value, { values })).toEqual({ sent });
	});

	it('is found whatever the order and the separators', () => {
		const separator = fc.constantFrom(',', ', ', ';', '; ', '\n');
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...values), { minLength: 1 }), separator, (list, between) => {
				const sent = converterOf(placeOf('texts', { values }))(list.join(between));
				return 'value' in sent && JSON.stringify(sent.value) === JSON.stringify(list);
			}),
			{ numRuns: runs(2_000) },
		);
	});
});

/** Values as people, spreadsheets and expressions give them, and anything else. */
const given = fc.oneof(
	{ weight: 2, arbitrary: fc.anything({ withDate: true, withBigInt: true, withMap: true, maxDepth: 2, maxKeys: 3 }) },
	fc.string(),
	fc.double(),
	fc.integer(),
	fc.integer({ min: 0, max: 100_000 }),
	fc.date(),
	fc.date({ noInvalidDate: true }).map((date) => DateTime.fromJSDate(date)),
	fc
		.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString()),
	fc.stringMatching(/^\d{1,10}([.,]\d{1,4})?$/),
	fc.stringMatching(/^\d{2,4}[-./]\d\d?[-./]\d{2,4}$/),
	fc.stringMatching(/^[a-z]{1,5}@[a-z]{1,5}\.com$/),
	fc.stringMatching(/^ ?[0-9a-fA-F]{24} ?$/),
	fc.stringMatching(/^(ext|src)id-[a-z -]{0,4}$/),
	fc.constantFrom<unknown>(
		'kim@example.com',
		'N/A',
		'-',
		'null',
		'[object Object] ',
		'yes',
		'FALSE',
		'{"a":1}',
		'[{"a":1}]',
		'1e3',
	),
	fc.array(
		fc.oneof(fc.constantFrom<unknown>(kim, 'kim@example.com', { _id: kim }, { id: lee, x: 1 }, 'a'), fc.string()),
		{
			maxLength: 3,
		},
	),
);

const isHex = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value);
const isReference = (value: unknown) => isHex(value) || (typeof value === 'string' && /^(ext|src)id-\S/.test(value));
const isListOf = (isEntry: (entry: never) => boolean) => (value: unknown) =>
	Array.isArray(value) && (value as never[]).every(isEntry);
const hasText = (value: unknown, text: unknown) =>
	JSON.stringify(value).toLowerCase().includes(String(text).toLowerCase());
const isSameTime = (value: unknown, sent: unknown) => Number(value) === Date.parse(String(sent));

/** What may be sent of a value, for each type: the same value in the form of the field. */
const oracles: Record<FieldType, (sent: never, value: unknown) => boolean> = {
	text: (sent, value) => Object.is(sent, value) || isSameTime(value, sent),
	key: (sent, value) => Object.is(sent, typeof value === 'string' ? value.trim() : value),
	email: (sent: string, value) => sent === String(value).trim() && sent.split('@').length === 2,
	id: (sent, value) =>
		isReference(sent) &&
		(hasText(value, sent) || hasText(String(value).replace(/ /g, ''), String(sent).replace(/ /g, ''))),
	user: (sent, value) => isHex(sent) && (hasText(value, sent) || String(value).includes('kim@example.com')),
	number: (sent: number, value) =>
		Number.isFinite(sent) &&
		Math.abs(sent) < 2 ** 53 &&
		(Object.is(sent, value) || (typeof value === 'string' && Number(value) === sent)),
	boolean: (sent, value) =>
		typeof sent === 'boolean' &&
		new RegExp(sent ? '^ *(true|yes|1) *$' : '^ *(false|no|0) *$', 'i').test(String(value)),
	date: (sent: string, value) => new Date(sent).toISOString() === sent && isDateOf(value, sent.slice(0, 10), sent),
	day: (sent: number, value) => Number.isInteger(sent) && (Number(value) === sent || isDateOf(value, isoDay(sent))),
	isoDay: (sent: string, value) => /^-?\d{4}-\d\d-\d\d$/.test(sent) && isDateOf(value, sent),
	choice: (sent, value) => Object.is(sent, typeof value === 'string' ? value.trim() : value),
	texts: isListOf((entry) => ['string', 'number', 'boolean'].includes(typeof entry) && !isBlank(entry)),
	ids: isListOf(isReference),
	records: isListOf((entry: { _id: string }) => Object.keys(entry).join() === '_id' && isReference(entry._id)),
	users: isListOf(isHex),
	members: isListOf((entry: { id: string }) => isHex(entry.id)),
	endusers: isListOf((entry: { id: string }) => isReference(entry.id)),
	object: (sent) => typeof sent === 'object' && !Array.isArray(sent),
	objects: isListOf((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry)),
	unknown: (sent, value) => Object.is(sent, value),
};

/** Whether a day, or a moment of it, is what a value says: as it is written, or by the size of the number. */
function isDateOf(value: unknown, day: string, time?: string): boolean {
	if (typeof value === 'string' && /^\s*\d{4}-\d\d-\d\d/.test(value))
		return time === undefined ? value.trim().startsWith(day) : isSameTime(Date.parse(value.trim()), time);
	const number = typeof value === 'string' && /^\s*\d{4}-/.test(value) ? Number.NaN : Number(value);
	if (Number.isNaN(number)) return typeof value === 'string' && /^\s*\d{4}-/.test(value);
	const year = Number(day.slice(0, 4));
	if (typeof value === 'object') return time === undefined || isSameTime(value, time);
	if (number < 58_442) return number >= 32_874 && year >= 1990 && year <= 2060;
	if (number < 1e8) return day.replaceAll('-', '') === String(number);
	return Math.abs(Date.parse(day) - (number < 1e11 ? number * 1_000 : number)) < 2 * 86_400_000;
}

describe.each(Object.keys(readers) as FieldType[])('Whatever is given to a field of the type %s', (type) => {
	const values = type === 'choice' || type === 'texts' ? [] : undefined;
	const convertIt = converterOf(placeOf(type, { values }));

	it('is sent as the same value by the table, or refused in words', () => {
		let sent = 0;
		fc.assert(
			fc.property(given, (value) => {
				if (isBlank(value)) return true;
				const converted = convertIt(value);
				if ('problem' in converted) return converted.problem.given.length <= 81 && converted.problem.wants !== '';
				sent += 1;
				const json = JSON.stringify(converted.value);
				const isKept = !json.includes('[object ') && JSON.stringify(JSON.parse(json)) === json;
				return isKept && oracles[type](converted.value as never, value);
			}),
			{ numRuns: runs(2_000) },
		);
		expect(sent).toBeGreaterThan(10);
	});

	it('is the same when it is given once more as it was sent', () => {
		fc.assert(
			fc.property(given, (value) => {
				const converted = isBlank(value) ? undefined : convertIt(value);
				if (converted === undefined || 'problem' in converted) return true;
				// Days outside 1970 to 2060 are no count of days any more.
				if (type === 'day' && readDayCount(converted.value) === undefined) return true;
				const again = convertIt(JSON.parse(JSON.stringify(converted.value)));
				return 'value' in again && JSON.stringify(again.value) === JSON.stringify(converted.value);
			}),
			{ numRuns: runs(500) },
		);
	});
});

describe('What is sent of a usual value', () => {
	const texts = fc.constantFrom(
		'2026-02-29',
		'2026-03-31',
		'2024-02-29T10:00:00Z',
		'2024-01-01T23:30:00-05:00',
		'Live',
	);
	const anything = fc.oneof(
		texts,
		fc.string(),
		fc.constantFrom('N/A', 'n7', 'none', '[object Object]', ' a', 'a\u200B', 'a.b:c@d/e-f', 'undefined'),
		fc.constantFrom('kim@x.io', 'Kim.Lee+1@x.co.uk', ' kim@x', 'kim@\u200Bx', 'kim@x, lee@x', 'kim@'),
		fc.constantFrom(
			'5f0000000000000000000001',
			'5F0000000000000000000001',
			'5f000000000000000000000',
			' 5f0000000000000000000001',
		),
		fc.boolean(),
		fc.double(),
		fc.integer(),
		fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
		fc.anything(),
	);
	const types = (Object.keys(readers) as FieldType[]).filter((type) => readers[type].usual !== undefined);

	it.each(types)('is what the reader makes of it: %s', (type) => {
		const place = placeOf(type, { values: ['Live', 'N/A'] });
		let taken = 0;
		fc.assert(
			fc.property(anything, (value) => {
				if (isBlank(value)) return;
				const usual = readers[type].usual?.(value, place.field);
				if (usual === undefined) return;
				taken += 1;
				expect(readers[type].read(value, place)).toEqual({ value: usual });
			}),
			{ numRuns: runs(3_000) },
		);
		expect(taken).toBeGreaterThan(20);
	});
});
