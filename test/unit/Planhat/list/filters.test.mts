import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { passes, readFilters } from '../../../../nodes/Planhat/list/filters.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

const one = '5f1000000000000000000001';
const other = '5F1000000000000000000002';

const read = (resource: string, filters: IDataObject) => readFilters(fakeItem(resource, { filters }));
const queries = (resource: string, filters: IDataObject) => read(resource, filters).queries;

describe('the query of a list', () => {
	it('without filters asks for everything', () => {
		expect(read('company', {})).toEqual({ queries: [{}], checks: [], leftBlank: [] });
	});

	it.each<[string, unknown]>([
		['blank text', ''],
		['null', null],
		['an empty list', []],
	])('leaves out a filter that holds %s', (_case, status) => {
		expect(queries('company', { status: status as string, companyId: status as string })).toEqual([{}]);
	});

	it('sends a filter under the name of Planhat, and keeps false', () => {
		expect(queries('company', { status: 'customer' })).toEqual([{ status: 'customer' }]);
		expect(queries('enduser', { archived: false })).toEqual([{ archived: false }]);
	});

	it('says so when the model does not have a filter', async () => {
		const error = await thrownBy(() => read('company', { email: 'a@example.org' }));
		expect(error.message).toBe("Lists of companies have no filter 'email'");
		expect(error.description).toMatch(/^They have companyId, status, phase, owner, company, updatedAfter\./);
	});

	it('trims text, and takes numbers', () => {
		expect(queries('enduser', { email: ' a@example.org\u200b\n' })).toEqual([{ email: 'a@example.org' }]);
		expect(queries('nps', { enduserId: 12 })).toEqual([{ enduserId: '12' }]);
		expect(queries('ticket', { search: ' N/A\u00a0' })).toEqual([{ search: 'N/A' }]);
	});

	it.each(['N/A', 'kim', 12, 'kim@example.com, lee@example.com', 'k\u200bim@example.com'])(
		'refuses %j as the email that it asks for',
		async (email) => {
			const error = await thrownBy(() => read('enduser', { email }));
			expect(error.message).toMatch(/^'Email' takes one email address, not '/);
		},
	);

	it('refuses a word for nothing as the ID that it asks for', async () => {
		const error = await thrownBy(() => read('nps', { enduserId: 'null' }));
		expect(error.message).toBe("'End User ID' takes one ID, not 'null'");
	});

	it.each([
		['list', ['a@x.com']],
		['list', ['a@x.com', 'b@x.com']],
		['object', { a: 1 }],
		['switch', true],
	])('refuses a %s as text', async (_kind, email) => {
		for (const [resource, name] of [
			['enduser', 'email'],
			['company', 'status'],
			['metric', 'dimensionId'],
		] as const) {
			const error = await thrownBy(() => read(resource, { [name]: email } as IDataObject));
			expect(error.message).toMatch(/^'[\w ]+' takes one text, not '/);
		}
	});

	it.each<[unknown, boolean]>([
		['true', true],
		[' Yes ', true],
		[1, true],
		['1', true],
		['false', false],
		['NO', false],
		[0, false],
		[false, false],
	])('reads a switch: %j', (given, sent) => {
		expect(queries('enduser', { archived: given as string })).toEqual([{ archived: sent }]);
		expect(queries('task', { isArchived: given as string })).toEqual([{ isArchived: sent }]);
	});

	it.each(['maybe', 2, ['x'], {}])('refuses %j as a switch', async (archived) => {
		const error = await thrownBy(() => read('enduser', { archived: archived as string }));
		expect(error.message).toMatch(/' takes true or false, not '/);
	});

	it.each<[string, unknown]>([
		['text', ` ${one} , ${other}\u200b`],
		['text in quotes', `['${one}', '${other}']`],
		['an array of PostgreSQL', `{${one},${other}}`],
		['a list', [one, ` ${other}`]],
		['a list with one of them twice', [one, other, one]],
		['a list whose entries hold commas', [`${one},${other}`, one]],
	])('takes company IDs as %s', (_case, companyId) => {
		expect(queries('company', { companyId: companyId as string })).toEqual([
			{ companyId: `${one},${other.toLowerCase()}` },
		]);
	});

	it('is split where a list of company IDs is too long for one, and loses none', () => {
		const ids = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(24, '0'));
		const split = queries('enduser', { companyId: ids, email: 'a@example.org' });
		expect(split.length).toBeGreaterThan(1);
		expect(split.flatMap(({ companyId }) => String(companyId).split(','))).toEqual(ids);
		for (const query of split) {
			expect(String(query.companyId).length).toBeLessThan(2_000);
			expect(query.email).toBe('a@example.org');
		}
	});

	it.each<[string, string]>([
		['acme', "'acme' in 'Company Names or IDs' is not the ID of a company in Planhat"],
		[`${one},acme`, "'acme' in 'Company Names or IDs' is not the ID"],
		[`${one},`, "'Company Names or IDs' has an empty entry"],
		[' ', "'Company Names or IDs' has an empty entry"],
		[`${one}0`, 'is not the ID of a company'],
	])('refuses %j as company IDs', async (companyId, message) => {
		expect((await thrownBy(() => read('company', { companyId }))).message).toContain(message);
	});

	it('asks the endpoint that notes share for notes, and that of tickets for nothing more', () => {
		expect(queries('note', {})).toEqual([{ type: 'note' }]);
		expect(queries('ticket', {})).toEqual([{}]);
		expect(queries('conversation', { type: 'email' })).toEqual([{ type: 'email' }]);
	});
});

describe('a record of the answer', () => {
	const wanted = (resource: string, filters: IDataObject, record: IDataObject) =>
		passes(read(resource, filters), record);

	it('is held against a filter that Planhat may not honour, whatever the case of letters', () => {
		expect(wanted('enduser', { email: 'A@example.org' }, { email: 'a@EXAMPLE.org' })).toBe(true);
		expect(wanted('enduser', { email: 'a@example.org' }, { email: 'b@example.org' })).toBe(false);
		expect(wanted('enduser', { email: 'a@example.org' }, { email: null })).toBe(false);
	});

	it('that does not show the field is kept', () => {
		expect(wanted('enduser', { email: 'a@example.org' }, { name: 'Ann' })).toBe(true);
	});

	it('has to pass every filter', () => {
		const filters = { status: 'Done' };
		expect(wanted('task', filters, { status: 'done' })).toBe(true);
		expect(wanted('task', filters, { status: 'open' })).toBe(false);
		expect(wanted('task', {}, { status: 'open' })).toBe(true);
	});

	it('of another type at a shared endpoint is left out', () => {
		expect(wanted('note', {}, { type: 'note' })).toBe(true);
		expect(wanted('note', {}, { type: 'email' })).toBe(false);
		expect(wanted('ticket', {}, { type: 'email', subType: 'ticket' })).toBe(true);
		expect(wanted('ticket', {}, { type: 'ticket' })).toBe(true);
		expect(wanted('ticket', {}, { type: 'email', subType: 'inbox' })).toBe(false);
	});
});

describe('a filter by day', () => {
	it.each([
		['2026-03-31', 20_543],
		['2026-03-31T23:30:00-05:00', 20_543],
		['2026-03-31T00:00:00', 20_543],
		[20_543, 20_543],
		['20543', 20_543],
		[46_112, 20_543],
		['20260331', 20_543],
		[1_774_915_200_000, 20_543],
	])('takes %j as a field of days does', (from, day) => {
		expect(read('metric', { from }).queries).toEqual([{ from: day }]);
	});

	it.each(['soon', '12:30', '31.03.2026', -1, 65_000, true])('refuses %j', async (from) => {
		const error = await thrownBy(() => read('metric', { from }));
		expect(error.message).toMatch(/^'From' takes a date such as/);
	});
});

describe('the filter Updated After', () => {
	const since = '2026-03-31T12:00:00Z';

	it('keeps what was changed later, and what does not show when', () => {
		const filter = read('enduser', { updatedAfter: since });
		const times = ['2026-03-31T11:59:59Z', '2026-03-31T12:00:00.000Z', '2026-03-31T12:00:00.001Z', undefined];
		expect(times.map((updatedAt) => passes(filter, { updatedAt }))).toEqual([false, false, true, true]);
	});

	it('takes text without an offset in the zone of the workflow', () => {
		const item = {
			...fakeItem('enduser', { filters: { updatedAfter: '2026-03-31T14:00:00' } }),
			timezone: 'Europe/Berlin',
		};
		expect(readFilters(item).changed).toEqual({ field: 'updatedAt', after: Date.parse(since) });
	});

	it('is not there for a model that keeps no such time', async () => {
		const error = await thrownBy(() => read('deal', { updatedAfter: since }));
		expect(error.message).toBe("Lists of deals have no filter 'updatedAfter'");
	});

	it.each(['soon', true, '12', 1000, '2026', '10:30'])('refuses %j', async (updatedAfter) => {
		const error = await thrownBy(() => read('enduser', { updatedAfter }));
		expect(error.message).toMatch(/^'Updated After' takes a date such as/);
	});

	it('refuses a date that is none instead of ignoring it', async () => {
		const updatedAfter = new Date('garbage') as unknown as string;
		expect((await thrownBy(() => read('enduser', { updatedAfter }))).message).toMatch(/^'Updated After' takes a date/);
	});
});
