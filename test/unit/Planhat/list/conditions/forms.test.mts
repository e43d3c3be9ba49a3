import { describe, expect, it } from '@jest/globals';

import { conditionsIn } from '../../../../../nodes/Planhat/list/conditions/forms.ts';

const less = { field: 'h', operator: '<', value: 5 };
const live = { field: 'phase', operator: 'equals', value: 'Live' };

describe('conditions in JSON', () => {
	it.each<[string, unknown, unknown]>([
		['a list', [less, live], [less, live]],
		['a text', JSON.stringify([less]), [less]],
		['a text in a block of code', '```json\n[{"field":"h","operator":"<","value":5}]\n```', [less]],
		['one object', less, [less]],
		['other names', { name: 'h', op: '<', value: 5 }, [less]],
		['fields with their values', { phase: 'Live', h: { '<': 5 } }, [live, less]],
		['lists of three', [['h', '<', 5]], [less]],
		['one list of three', ['h', '<', 5], [less]],
		['a list in an object', { conditions: [less] }, [less]],
		['no operator', [{ field: 'phase', value: 'Live' }], [live]],
		['nothing', [], []],
		['a field that is called name', { name: 'Acme' }, [{ field: 'name', operator: 'equals', value: 'Acme' }]],
	])('are %s', (_form, given, found) => {
		expect(conditionsIn(given)).toEqual(found);
	});

	it('say a day by days from today', () => {
		const due = (more: object) => conditionsIn([{ field: 'due', ...more }])?.[0];
		expect(due({ operator: 'before', days: 60 })).toEqual({ field: 'due', operator: 'before', value: 'in 60 days' });
		expect(due({ operator: '>', days: -3 })).toMatchObject({ value: '3 days ago' });
		expect(due({ operator: 'withinNextDays', days: 60 })).toMatchObject({ value: 60 });
		expect(due({ days: 60 })).toMatchObject({ operator: '' });
	});

	it('count days in their operator', () => {
		expect(conditionsIn([{ field: 'due', operator: 'within next 60 days' }])).toEqual([
			{ field: 'due', operator: 'within next days', value: '60' },
		]);
		expect(conditionsIn([['due', 'in the last 7 days']])).toEqual([
			{ field: 'due', operator: 'in the last days', value: '7' },
		]);
	});

	it('from … to are two', () => {
		expect(conditionsIn([{ field: 'mrr', operator: 'between', value: [1, 9] }])).toEqual([
			{ field: 'mrr', operator: 'atLeast', value: 1 },
			{ field: 'mrr', operator: 'atMost', value: 9 },
		]);
		for (const value of ['2026-01-01,2026-03-31', '2026-01-01 and 2026-03-31', '2026-01-01 to 2026-03-31'])
			expect(conditionsIn([['due', 'between', value]])).toEqual([
				{ field: 'due', operator: 'atLeast', value: '2026-01-01' },
				{ field: 'due', operator: 'atMost', value: '2026-03-31' },
			]);
		expect(conditionsIn([['due', 'between', '2026-01-01']])).toHaveLength(1);
	});

	it.each(['h < 5', '"h"', 'null', 12, true, ['h'], [['h', 5]], '[{"field": '])('are not %j', (given) => {
		expect(conditionsIn(given)).toBeUndefined();
	});
});
