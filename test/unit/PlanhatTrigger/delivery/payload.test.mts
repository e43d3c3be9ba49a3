import { describe, expect, it } from '@jest/globals';

import { isWanted, readRecords } from '../../../../nodes/PlanhatTrigger/delivery/payload.ts';

function itemsOf(body: unknown) {
	return readRecords(body).map(({ fields }) => fields);
}

describe('the records of a body', () => {
	it.each([
		['a record alone', { _id: '1', name: 'Tenet' }, { _id: '1', record: { _id: '1', name: 'Tenet' } }],
		[
			'names of the output',
			{ event: 'manual', record: { a: 1 }, previous: 1, changed: 2 },
			{ event: 'manual', record: { a: 1 }, previous: 1, changed: 2 },
		],
		['both spellings of a name', { id: '1', _id: '2', event: 'x' }, { event: 'x', _id: '2', id: '1' }],
		['a blank id', { id: '', object: { _id: '1' } }, { _id: '1', record: { _id: '1' } }],
		['only an id', { id: '1', name: 'Tenet' }, { _id: '1', name: 'Tenet' }],
		['an event that names the model', { event: 'company.updated', model: '' }, { event: 'updated', model: 'company' }],
		[
			'a model beside another in the event',
			{ event: 'company.updated', model: 'Task' },
			{ event: 'updated', model: 'task' },
		],
		[
			'an unknown event and model',
			{ event: 'health fell', model: 'Workflow' },
			{ event: 'health fell', model: 'Workflow' },
		],
		['an event that is no text', { event: { type: 'a' } }, { event: { type: 'a' } }],
		['another shape', { data: [1] }, { body: { data: [1] } }],
		['nothing', undefined, {}],
		['null', null, { body: null }],
		['an empty list', [], { body: [] }],
		[
			'fields with names of ours',
			{ event: 'manual', headers: 'mine' },
			{ event: 'manual', headers: 'mine', body: { event: 'manual', headers: 'mine' } },
		],
	])('are read from %s', (_, body, item) => {
		expect(itemsOf(body)).toEqual([item]);
	});

	it('are those of a list, in a body or as a body', () => {
		const records = [{ _id: '1' }, { _id: '2' }];
		expect(itemsOf({ event: 'scheduled', model: 'Company', id: 'x', object: records })).toEqual(
			records.map((record) => ({
				event: 'scheduled',
				model: 'company',
				_id: record._id,
				record,
				body: { event: 'scheduled', model: 'Company', id: 'x' },
			})),
		);
		expect(itemsOf([records[0], 'text', [1]])).toEqual([
			{ _id: '1', record: records[0] },
			{ body: 'text' },
			{ body: [1] },
		]);
	});

	it('do not repeat a list in what stands besides its records', () => {
		const object = Array.from({ length: 10_000 }, (_, index) => ({ _id: String(index), name: 'x'.repeat(100) }));
		const rest = { event: 'scheduled', headers: 'mine', query: 'mine' };
		const items = itemsOf({ ...rest, object });
		expect(items).toHaveLength(10_000);
		expect(items[9_999]).toEqual({ ...rest, _id: '9999', record: object[9_999], body: rest });
		expect(JSON.stringify(items).length).toBeLessThan(4 * JSON.stringify(object).length);
	});

	const many = Array.from({ length: 5_000 }, (_, index) => ({ _id: String(index) }));
	const noted = (characters: number) => ({ event: 'updated', object: many, note: 'x'.repeat(characters) });

	it.each<[string, unknown, number]>([
		['a list beside them', { event: 'scheduled', object: many, oldDoc: many }, 1],
		['a long text beside them', noted(9_000), 1],
		['a long text in one of several bodies', [{ event: 'created' }, noted(9_000)], 2],
		['texts in several bodies, which are long together', [noted(4_500), noted(4_500)], 1],
		['a text that is not long', noted(1_000), 5_000],
	])('are one where much would stand in each of them: %s', (_what, body, count) => {
		expect(itemsOf(body).length).toBe(count);
		expect(JSON.stringify(itemsOf(body)).length).toBeLessThan(40_000_000);
	});

	it('keep the text of a record in quotes that is nested too deeply', () => {
		const object = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
		expect(itemsOf({ event: 'manual', object })).toEqual([{ event: 'manual', record: object }]);
	});

	it('do not reach for what objects inherit', () => {
		const body: unknown = JSON.parse('{"event":"manual","__proto__":{"model":"company"},"constructor":1}');
		const [item] = itemsOf(body);
		expect(item?.model).toBeUndefined();
		expect(JSON.stringify(item)).toBe('{"event":"manual","__proto__":{"model":"company"},"constructor":1}');
		expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
	});
});

describe('a record', () => {
	const isWantedBy = (body: unknown, events: string[], models: string[]) =>
		readRecords(body).map((record) => isWanted(record, events, models));

	it('is wanted unless its event or its model is certainly another', () => {
		expect(isWantedBy({ event: 'company.updated' }, ['updated'], ['company'])).toEqual([true]);
		expect(isWantedBy({ event: 'company.updated' }, ['created'], ['company'])).toEqual([false]);
		expect(isWantedBy({ event: 'company.updated' }, ['updated'], ['task'])).toEqual([false]);
		expect(isWantedBy({ event: 'Company changed' }, ['created'], ['task'])).toEqual([true]);
		expect(isWantedBy('text', ['created'], ['task'])).toEqual([true]);
	});

	it('that names two models may be either, but nothing else', () => {
		const body = { event: 'enduser.created', model: 'Company' };
		expect(['company', 'enduser', 'task'].map((model) => isWantedBy(body, [], [model]))).toEqual([
			[true],
			[true],
			[false],
		]);
	});

	it('of a list is judged by itself', () => {
		const body = { model: 'conversation', object: [{ type: 'note' }, { type: 'email' }, { _id: '1' }] };
		expect(isWantedBy(body, [], ['note'])).toEqual([true, false, true]);
	});
});
