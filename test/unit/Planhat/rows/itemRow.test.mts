import { describe, expect, it } from '@jest/globals';
import { NodeOperationError, type IDataObject } from 'n8n-workflow';

import { itemHints, readItemRow, requireAll } from '../../../../nodes/Planhat/rows/itemRow.ts';
import type { ItemRun } from '../../../../nodes/Planhat/run/context.ts';
import { detailsOf } from '../../../../nodes/Planhat/transport/errors.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem } from '../../fakeItem.mts';

const _id = '5f1000000000000000000001';

const withJson = (resource: string, json: unknown, options: IDataObject = {}) =>
	fakeItem(resource, { json: json as IDataObject, ...options }, [[], []]);

/** Items of one run that are the rows themselves. */
function automatic(resource: string, rows: IDataObject[], definitions: IDataObject[] = []): ItemRun[] {
	const items = rows.map((json) => ({ json }));
	const first = fakeItem(resource, { 'fields.mappingMode': 'autoMapInputData' }, [definitions]);
	return items.map((input) => ({ ...first, items, input }));
}

/** An item whose fields are mapped by hand; `raw` as they stand in the workflow. */
function byHand(resource: string, raw: IDataObject, value: IDataObject, options: IDataObject = {}): ItemRun {
	const item = fakeItem(resource, { fields: { value }, ...options }, [[]]);
	return {
		...item,
		node: { ...item.node, parameters: { fields: { mappingMode: 'defineBelow', value: raw } as never } },
	};
}

const refusalOf = async (item: ItemRun, writes: 'new' | 'changes') =>
	(await thrownBy(() => readItemRow(item, writes))).message;

describe('The row of an item', () => {
	it('may be an object or JSON', async () => {
		const given = { name: 'Acme', externalId: 'a' };
		for (const json of [given, JSON.stringify(given)]) {
			const { fields, keys } = await readItemRow(withJson('company', json), 'new');
			expect([fields, keys]).toEqual([given, { externalId: 'a' }]);
		}
	});

	it.each(['', 'name: Acme', '[]', '[{"name":"Acme"},{"name":"Beta"}]', 'null', '7', '"x"', [], null, 7])(
		'is refused where it is no object (%j)',
		async (json) => {
			for (const writes of ['new', 'changes'] as const)
				expect(await refusalOf(withJson('company', json), writes)).toBe("'Fields (JSON)' is not a JSON object");
		},
	);

	it.each([
		{},
		{ _id, __v: 1, mrr: 5 },
		{ name: '', phase: '  ', description: null },
		{ custom: {} },
		{ row_number: 2, toolCallId: 'call_1' },
		{ Titel: 'A' },
	])('is refused where there is nothing to send in %j', async (json) => {
		for (const writes of ['new', 'changes'] as const)
			expect(await refusalOf(withJson('company', json), writes)).toBe('There is nothing to send for the company');
	});

	it('says all that is wrong with it', async () => {
		expect(await refusalOf(withJson('company', { csmScore: 'many', name: ['x'] }), 'new')).toBe(
			"'csmScore' takes a number such as 1200 or 1200.5, not 'many'; 'name' takes text, not '[\"x\"]'",
		);
	});

	it('of a note says that it is one, and nothing else', async () => {
		const note = { companyId: _id, subject: 'Hello' };
		for (const given of [note, { ...note, type: 'note' }, { ...note, type: ' Note' }])
			expect((await readItemRow(withJson('note', given), 'new')).fields).toEqual({ ...note, type: 'note' });
		for (const writes of ['new', 'changes'] as const)
			expect(await refusalOf(withJson('note', { ...note, type: 'email' }), writes)).toBe(
				"'type' of a note is always 'note', not 'email'",
			);
		expect((await readItemRow(withJson('note', { subject: 'Hello' }), 'changes')).fields).toEqual({ subject: 'Hello' });
	});

	it('takes a comma in the column of any item for all of them', async () => {
		const [first, second] = automatic('license', [{ value: '10.000' }, { value: '1.200,50' }]);
		if (first === undefined || second === undefined) throw new Error('There are no items');
		expect(await refusalOf(first, 'changes')).toContain('the point may part thousands');
		const [alone] = automatic('license', [{ value: '10.000' }]);
		if (alone === undefined) throw new Error('There is no item');
		expect((await readItemRow(alone, 'changes')).fields).toEqual({ value: 10 });
	});

	it('asks Planhat once for all items of a run, and tells once what was made of their columns', async () => {
		const definitions = [{ name: 'Seats', type: 'number', parent: 'company' }];
		let reads = 0;
		const items = automatic('company', [
			{ Name: 'A', Seats: '1', colour: 'red' },
			{ Name: 'B', Seats: '2', size: 3 },
		]);
		const { tenant } = fakeItemWith(definitions, () => (reads += 1));
		const sent: IDataObject[] = [];
		for (const item of items) sent.push((await readItemRow({ ...item, tenant }, 'new')).fields);
		expect(sent).toEqual([
			{ name: 'A', colour: 'red', custom: { Seats: 1 } },
			{ name: 'B', size: 3, custom: { Seats: 2 } },
		]);
		expect(reads).toBe(1);
		expect(itemHints({ tenant, node: fakeItem('company').node })).toEqual({
			lost: [
				"2 columns match no company field, and Planhat ignores them: colour, size. See the option 'Unknown Fields'.",
			],
			told: ["Columns were matched to fields with a different spelling: 'Name' as 'name'."],
		});
	});
});

function fakeItemWith(definitions: IDataObject[], onRead: () => void): ItemRun {
	const item = fakeItem('company');
	const tenant = Object.create(item.tenant) as ItemRun['tenant'];
	let isRead = false;
	return {
		...item,
		tenant: Object.defineProperties(tenant, {
			customFieldsRead: { get: () => isRead },
			customFields: { get: () => new Map(isRead ? definitions.map((each) => [each.name, each]) : []) },
			learn: {
				value: async () => {
					isRead = true;
					onRead();
				},
			},
		}),
	};
}

describe('What a row lacks', () => {
	it('is said with the keys that it has', async () => {
		const item = withJson('ticket', { sourceId: 't-1' });
		const row = await readItemRow(item, 'new');
		const error = await thrownBy(async () => requireAll(item, row, row.fields));
		expect(error.message).toBe('The ticket lacks email, companyId or companyExternalId or domains');
		expect(detailsOf(error as NodeOperationError)).toMatchObject({ keys: { sourceId: 't-1' } });
	});

	it('is said with the column that is spelled alike', async () => {
		const item = withJson('company', { Name: 'Acme', phase: 'Live' });
		const row = await readItemRow(item, 'new');
		const error = await thrownBy(async () => requireAll(item, row, row.fields));
		expect(error.message).toBe("The company lacks name (the column 'Name' may be meant)");
	});

	it('does not matter for a change, but for a ticket', async () => {
		const company = withJson('company', { phase: 'Live' });
		requireAll(company, await readItemRow(company, 'changes'), { phase: 'Live' });
		const ticket = withJson('ticket', { status: 'closed' });
		const row = await readItemRow(ticket, 'changes');
		await expect(async () => requireAll(ticket, row, row.fields)).rejects.toThrow('The ticket lacks sourceId, email');
	});
});

describe('Blanks', () => {
	const clear = { 'options.emptyValues': 'clear' };
	const blanks = { name: ' ', phase: '', csmScore: null, tags: '', owner: null, 'custom.x': '' };

	it('are left out, and clear each field as its type wants it where the user says so', async () => {
		expect((await readItemRow(withJson('company', { ...blanks, city: 'Oslo' }), 'changes')).fields).toEqual({
			city: 'Oslo',
		});
		const { fields } = await readItemRow(withJson('company', blanks, clear), 'changes');
		expect(fields).toEqual({ name: '', phase: '', csmScore: null, tags: [], owner: null });
	});

	it('that nobody has mapped are left out even then; an expression that comes out blank clears', async () => {
		const raw = { phase: '={{ $json.phase }}', city: '', description: null, csmScore: '={{ $json.score }}' };
		const value = { phase: null, city: '', description: null, csmScore: undefined };
		expect((await readItemRow(byHand('company', raw, value, clear), 'changes')).fields).toEqual({ phase: '' });
		expect(await refusalOf(byHand('company', raw, value), 'changes')).toContain('nothing to send');
	});
});

describe('What is mapped by hand', () => {
	it('is refused with the expression that reads it', async () => {
		const raw = { startTime: '={{ $json["Start date"] }}', endTime: '31.01.2024', dateDone: '=until {{ $json.done }}' };
		const value = { startTime: '31-01-2024', endTime: '31.01.2024', dateDone: '31/01/2024' };
		const words = await refusalOf(byHand('task', raw, value), 'changes');
		expect(words).toContain(`{{ DateTime.fromFormat($json["Start date"], 'dd-MM-yyyy').toISODate() }}`);
		expect(words).toContain(`{{ DateTime.fromFormat("31.01.2024", 'dd.MM.yyyy').toISODate() }}`);
		expect(words).toContain(`{{ DateTime.fromFormat($json.dateDone, 'dd/MM/yyyy').toISODate() }}`);
	});
});
