import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { filterOptions } from '../../../../nodes/Planhat/list/filterParameters.ts';
import { passes, readFilters } from '../../../../nodes/Planhat/list/filters.ts';
import { readSort, sortQuery, sortRecords } from '../../../../nodes/Planhat/list/sort.ts';
import { newestFirst, timeOf } from '../../../../nodes/Planhat/list/updatedAfter.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem, model, node } from '../../fakeItem.mts';

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
		expect(error.description).toMatch(/^They have companyId, status, updatedAfter\./);
	});

	it.each<[unknown, unknown]>([
		[' a@example.org\n', 'a@example.org'],
		[12, '12'],
	])('trims text: %j', (email, sent) => {
		expect(queries('enduser', { email: email as string })).toEqual([{ email: sent }]);
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
		['text', ` ${one} , ${other}`],
		['a list', [one, ` ${other}`]],
		['a list with one of them twice', [one, other, one]],
		['a list whose entries hold commas', [`${one},${other}`, one]],
	])('takes company IDs as %s', (_case, companyId) => {
		expect(queries('company', { companyId: companyId as string })).toEqual([{ companyId: `${one},${other}` }]);
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
		[`${one},`, "'Company Names or IDs' holds a blank"],
		[' ', "'Company Names or IDs' holds a blank"],
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

describe('a filter whose expression comes out blank', () => {
	const withRaw = (resource: string, filters: IDataObject, raw: IDataObject | string, more: Partial<INode> = {}) => ({
		...fakeItem(resource, { filters }),
		node: { ...node, ...more, parameters: { filters: raw as INodeParameters } },
	});
	const blanks: unknown[] = [undefined, null, '', ' \t', NaN, [], [''], [null, ' ']];
	const doors = models.flatMap(({ resource, filters }) => filters.map(({ name }) => [resource, name] as const));

	it.each([...doors, ['company', 'updatedAfter'] as const])('fails its item: %s, %s', async (resource, name) => {
		for (const blank of blanks) {
			const item = withRaw(resource, { [name]: blank as string }, { [name]: '={{ $json.x }}' });
			expect((await thrownBy(() => readFilters(item))).message).toMatch(/^'[^']+' is blank for this item$/);
		}
	});

	it('is named as people call it, and it is said what would be listed', async () => {
		const item = withRaw('enduser', { companyId: '' }, { companyId: '={{ $json.company }}' });
		const error = await thrownBy(() => readFilters(item));
		expect(error.message).toBe("'Company' is blank for this item");
		expect(error.description).toContain('all end users would be listed');
	});

	it('fails its item also as one of a list', async () => {
		const item = withRaw('enduser', { companyId: [null] as never }, { companyId: ['={{ $json.company }}'] as never });
		expect((await thrownBy(() => readFilters(item))).message).toBe("'Company' is blank for this item");
		const half = withRaw(
			'enduser',
			{ companyId: [one, null] as never },
			{ companyId: [one, '={{ $json.c }}'] as never },
		);
		expect((await thrownBy(() => readFilters(half))).message).toBe("'Company Names or IDs' holds a blank");
	});

	it('is none where it only searches the list in the editor', () => {
		const item = withRaw('company', { companySearch: '' }, { companySearch: '={{ $json.no }}' });
		expect(readFilters(item).queries).toEqual([{}]);
	});

	it('is no filter by hand', () => {
		for (const email of ['', ' ', null]) {
			expect(readFilters(withRaw('enduser', { email }, { email })).queries).toEqual([{}]);
		}
	});

	const byModel = { companyId: "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Company', ``, 'string') }}" };

	it('is no filter where the model of an agent has left it blank, and is remembered', () => {
		for (const blank of blanks) {
			const tool = withRaw('enduser', { companyId: blank as string }, byModel, {
				type: 'n8n-nodes-planhat.planhatTool',
			});
			expect(readFilters(tool)).toMatchObject({ queries: [{}], leftBlank: ['Company'] });
		}
	});

	it('fails a tool too where it does not come from the model', async () => {
		const type = 'n8n-nodes-planhat.planhatTool';
		const tool = withRaw('enduser', { companyId: '' }, { companyId: '={{ $json.company }}' }, { type });
		expect((await thrownBy(() => readFilters(tool))).message).toBe("'Company' is blank for this item");
	});

	it('fails a node that is no tool, whatever its expression', async () => {
		const item = withRaw('enduser', { companyId: '' }, byModel);
		expect((await thrownBy(() => readFilters(item))).message).toBe("'Company' is blank for this item");
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

	it.each(['soon', true])('refuses %j', async (updatedAfter) => {
		const error = await thrownBy(() => read('enduser', { updatedAfter }));
		expect(error.message).toMatch(/^'Updated After' takes a date such as/);
	});

	it('refuses a date that is none instead of ignoring it', async () => {
		const updatedAfter = new Date('garbage') as unknown as string;
		expect((await thrownBy(() => read('enduser', { updatedAfter }))).message).toMatch(/^'Updated After' takes a date/);
	});
});

describe('a list that was asked for newest first', () => {
	const page = (...times: Array<number | undefined>) => times.map((updatedAt) => ({ updatedAt }));
	const watch = () => newestFirst({ field: 'updatedAt', after: 100 });

	it('is read no further than the first record that is too old', () => {
		const isEnough = watch();
		expect(isEnough(page(300, 200))).toBe(false);
		expect(isEnough(page(200, 101))).toBe(false);
		expect(isEnough(page(101, 100))).toBe(true);
	});

	it('is read to its end when it is in another order', () => {
		const isEnough = watch();
		expect(isEnough(page(150, 200))).toBe(false);
		expect(isEnough(page(90, 80))).toBe(false);
	});

	it('is read to its end when the order breaks between two pages, or a time is missing', () => {
		const isEnough = watch();
		expect(isEnough(page(200, 150))).toBe(false);
		expect(isEnough(page(160, 90))).toBe(false);
		const unsure = watch();
		expect(unsure(page(200, undefined))).toBe(false);
		expect(unsure(page(90, 80))).toBe(false);
	});

	it('has times as ISO text or as milliseconds', () => {
		expect(timeOf({ at: '1970-01-01T00:00:01Z' }, 'at')).toBe(1_000);
		expect(timeOf({ at: 5 }, 'at')).toBe(5);
		expect(timeOf({}, 'at')).toBeNaN();
	});
});

describe('the order of a list', () => {
	it('is read from the parameter, with blanks left out', () => {
		const sort = (values: IDataObject) => readSort(fakeItem('company', { 'sort.values': values }));
		expect(sort({ field: ' name ', direction: 'desc' })).toEqual({ field: 'name', descending: true });
		expect(sort({ field: 'name' })).toEqual({ field: 'name', descending: false });
		expect(sort({ field: ' ' })).toBeUndefined();
		expect(readSort(fakeItem('company'))).toBeUndefined();
	});

	it('is sent as the name of the field, with a minus for descending', () => {
		expect(sortQuery({ field: 'name', descending: false })).toBe('name');
		expect(sortQuery({ field: 'name', descending: true })).toBe('-name');
	});

	it('is made on our side for numbers and for text, with missing values first', () => {
		const given = [{ x: 10 }, { x: 9 }, { x: null }, { x: 100 }, {}];
		expect(sortRecords(given, { field: 'x', descending: false }).map(({ x }) => x)).toEqual([
			null,
			undefined,
			9,
			10,
			100,
		]);
		expect(sortRecords([{ x: 'b' }, { x: 'a' }], { field: 'x', descending: false })).toEqual([{ x: 'a' }, { x: 'b' }]);
		expect(sortRecords([{ x: 1 }, { x: 2 }], { field: 'x', descending: true })).toEqual([{ x: 2 }, { x: 1 }]);
		expect(given[0]).toEqual({ x: 10 });
	});
});

describe('the options of the collection Filters', () => {
	const options = filterOptions(models);

	it('show each filter for exactly the models that have it', () => {
		for (const { resource, filters } of models) {
			const shown = options.filter(({ displayOptions }) => displayOptions?.show?.['/resource']?.includes(resource));
			const ours = ['updatedAfter', 'companySearch'];
			const names = shown.map(({ name }) => name).filter((name) => !ours.includes(name));
			expect([resource, names.sort()]).toEqual([resource, filters.map(({ name }) => name).sort()]);
		}
	});

	it('offer Updated After where Planhat keeps the time of a change', () => {
		const shown = options.find(({ name }) => name === 'updatedAfter')?.displayOptions?.show?.['/resource'] ?? [];
		expect(shown).toEqual(expect.arrayContaining(['company', 'enduser', 'ticket', 'invoice']));
		expect(shown).not.toContain('deal');
	});

	it('are in the order of the alphabet', () => {
		const names = options.map(({ displayName }) => displayName);
		expect(names).toEqual([...names].sort((first, second) => first.localeCompare(second)));
	});

	it('offer Company Search wherever companies are chosen, and send nothing of it', () => {
		const resourcesOf = (wanted: string) =>
			options.find(({ name }) => name === wanted)?.displayOptions?.show?.['/resource'] ?? [];
		expect(resourcesOf('companySearch')).toEqual(resourcesOf('companyId'));
		expect(resourcesOf('companySearch').length).toBeGreaterThan(15);
		expect(queries('company', { companySearch: 'acme' })).toEqual([{}]);
	});

	it('have a switch for what is on or off, and a list for what the editor can list', () => {
		const { name } = options.find(({ type }) => type === 'boolean') ?? {};
		expect(
			model('enduser')
				.filters.concat(model('task').filters)
				.find((filter) => filter.name === name)?.takes,
		).toBe('boolean');
		const of = (wanted: string) => options.filter((option) => option.name === wanted);
		expect(of('companyId')).toMatchObject([{ type: 'multiOptions', default: [], displayName: 'Company Names or IDs' }]);
		expect(of('status').map(({ type }) => type)).toEqual(['options', 'options', 'options']);
		expect(of('search')).toMatchObject([{ type: 'string' }]);
	});

	it('that load a list take expressions, and say so in the words of n8n', () => {
		const loading = options.filter(({ typeOptions }) => typeOptions?.loadOptionsMethod !== undefined);
		expect(loading.length).toBeGreaterThanOrEqual(7);
		for (const { type, displayName, description, allowArbitraryValues } of loading) {
			const several = type === 'multiOptions';
			expect(displayName).toMatch(several ? / Names or IDs$/ : / Name or ID$/);
			const sentence = `Choose from the list, or specify ${several ? 'IDs' : 'an ID'} using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`;
			expect(description?.endsWith(sentence)).toBe(true);
			expect(allowArbitraryValues).toBe(true);
		}
	});
});
