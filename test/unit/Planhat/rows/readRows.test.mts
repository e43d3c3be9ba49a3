import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { columnRunOfBatch } from '../../../../nodes/Planhat/rows/columnRun.ts';
import { readRows } from '../../../../nodes/Planhat/rows/readRows.ts';
import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import { inputError } from '../../../../nodes/Planhat/transport/errors.ts';
import { fakeItem, node } from '../../fakeItem.mts';

interface Options {
	indexes?: number[];
	parameters?: INodeParameters;
	refusal?: BatchRun['refusal'];
	parameter?(name: string, index: number): unknown;
}

function run(items: IDataObject[], { indexes, parameters = {}, refusal, parameter = () => undefined }: Options = {}) {
	const asked: string[] = [];
	const context: BatchRun = {
		...fakeItem('task'),
		node: { ...node, parameters },
		items: items.map((json) => ({ json })),
		indexes: indexes ?? items.map((_item, index) => index),
		refusal,
		stops: false,
		parameter: (name, index, fallback) => {
			asked.push(`${name} ${index}`);
			return parameter(name, index) ?? fallback;
		},
		hint: () => {},
		inLoop: () => false,
		tell: () => {},
		yieldToEventLoop: () => undefined,
	};
	return { context, asked };
}

const automatic: Options = { parameter: (name) => (name === 'fields.mappingMode' ? 'autoMapInputData' : undefined) };

describe('The rows of a run', () => {
	it('are the input items themselves with automatic mapping, for which no parameter is read', async () => {
		const items = Array.from({ length: 100 }, (_item, index) => ({ action: String(index) }));
		const { context, asked } = run(items, { ...automatic, indexes: [3, 7] });
		const { rows, refused } = await readRows(context);
		expect(rows).toEqual([
			{ item: 3, given: items[3] },
			{ item: 7, given: items[7] },
		]);
		expect(rows[0]?.given).toBe(items[3]);
		expect(refused).toEqual([]);
		expect(asked.length).toBeLessThan(5);
	});

	it('are all objects of JSON; an item without any is a row that is refused', async () => {
		const json = ['[{"action":"A"},{"action":"B"}]', { action: 'C' }, '[]', 'no json', [1], undefined];
		const { context } = run(
			json.map(() => ({})),
			{
				parameter: (name, index) => {
					if (name === 'specifyFields') return 'json';
					if (index === 5) throw new Error('There is no node Sheet');
					return json[index];
				},
			},
		);
		const { rows, refused } = await readRows(context);
		expect(rows.map(({ item, given }) => [item, given.action])).toEqual([
			[0, 'A'],
			[0, 'B'],
			[1, 'C'],
			[2, undefined],
			[3, undefined],
			[4, undefined],
			[5, undefined],
		]);
		const unreadable = (said: string) => ({ code: 'unreadable', said });
		expect(refused).toEqual([
			{ at: 4, why: unreadable("'Fields (JSON)' is not a JSON object") },
			{ at: 5, why: unreadable("'Fields (JSON)' is not a JSON object") },
			{ at: 6, why: unreadable('There is no node Sheet') },
		]);
	});

	it('hold no field that nobody has filled in, and times of the workflow where they were picked', async () => {
		const value = {
			startTime: '2026-03-31T09:00:00',
			endTime: '2026-03-31T00:00:00',
			dateDone: '={{ $json.done }}',
			action: '={{ $json.none }}',
			status: '',
			mainType: null,
			customFieldsMissing: 'No right',
		};
		const resolved = { ...value, dateDone: '2026-03-31T09:00:00', action: null };
		const { context } = run([{}], {
			parameters: { fields: { mappingMode: 'defineBelow', value } as never },
			parameter: (name) => (name === 'fields' ? { value: resolved } : undefined),
		});
		const { rows } = await readRows({ ...context, timezone: 'America/New_York' });
		expect(rows[0]?.given).toEqual({
			startTime: '2026-03-31T13:00:00.000Z',
			endTime: '2026-03-31T00:00:00',
			dateDone: '2026-03-31T09:00:00',
			action: null,
		});
	});

	it('are all refused, with the same words, where the credential refuses them', async () => {
		const refusal = inputError(node, 'The credential is read only', 'Switch it off');
		const { context } = run([{}, {}], { ...automatic, refusal });
		const { refused } = await readRows(context);
		const why = { code: 'unreadable', said: 'The credential is read only. Switch it off' };
		expect(refused).toEqual([
			{ at: 0, why },
			{ at: 1, why },
		]);
	});
});

describe('The columns of a run', () => {
	it('are those of the input with automatic mapping only', () => {
		expect(columnRunOfBatch(run([{}], automatic).context).isAutomatic).toBe(true);
		const byHand = columnRunOfBatch(
			run([{}], {
				parameters: { fields: { value: { a: '={{ $json["Start"] }}', b: 'x', c: '=at {{ $json.c }}' } } as never },
			}).context,
		);
		expect(byHand.isAutomatic).toBe(false);
		expect(['a', 'b', 'c', 'd'].map((name) => byHand.sourceOf?.(name))).toEqual([
			'$json["Start"]',
			'"x"',
			undefined,
			undefined,
		]);
	});
});
