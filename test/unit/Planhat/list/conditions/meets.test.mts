import { describe, expect, it } from '@jest/globals';

import { rangeOfDate } from '../../../../../nodes/Planhat/list/conditions/dateRanges.ts';
import {
	meets,
	comparedText,
	unsetField,
	type ListCondition,
} from '../../../../../nodes/Planhat/list/conditions/meets.ts';
import type { ValueKind, Operator } from '../../../../../nodes/Planhat/list/conditions/operators.ts';

function condition(kind: ValueKind, operator: Operator, wanted: Partial<ListCondition> = {}): ListCondition {
	return { path: 'x', kind, operator, holdsDays: false, texts: [], numbers: [], dates: [], ...wanted };
}

function met(tried: ListCondition, values: unknown[]): unknown[] {
	return values.filter((x) => meets(tried, { x } as never));
}

describe('a condition on a text', () => {
	it('does not mind capitals and blanks', () => {
		const texts = [comparedText(' Live '), 'lost'];
		expect(met(condition('text', 'equals', { texts }), ['LIVE', 'Lost ', 'Alive', '', undefined])).toEqual([
			...['LIVE', 'Lost '],
		]);
		expect(met(condition('text', 'contains', { texts: ['liv'] }), ['Alive', 'Lost', 120])).toEqual(['Alive']);
	});

	it('that is negative is met by records without a value', () => {
		const values = ['Live', 'Lost', '', null, undefined];
		expect(met(condition('text', 'notEquals', { texts: ['live'] }), values)).toEqual(['Lost', '', null, undefined]);
	});

	it('is met by a person who stands as an object', () => {
		const texts = ['5f0000000000000000000001'];
		const person = { _id: '5F0000000000000000000001', name: 'Ada' };
		expect(met(condition('reference', 'equals', { texts }), [person, 'other'])).toEqual([person]);
		expect(met(condition('list', 'contains', { texts }), [[{ name: 'Ben' }, person], [], ['x']])).toHaveLength(1);
	});
});

describe('a condition on a number', () => {
	it.each<[Operator, number[]]>([
		['equals', [5]],
		['greaterThan', [6]],
		['atLeast', [5, 6]],
		['lessThan', [0]],
		['atMost', [0, 5]],
	])('%s', (operator, found) => {
		expect(met(condition('number', operator, { numbers: [5] }), [0, 5, 6, null, 'five'])).toEqual(found);
	});

	it('is met by a number that stands as a text', () => {
		expect(met(condition('unknown', 'greaterThan', { numbers: [5] }), ['5.5', 'x', 7])).toEqual(['5.5', 7]);
		expect(met(condition('unknown', 'contains', { texts: ['12'], numbers: [12] }), [120, 12, 7])).toEqual([120, 12]);
	});
});

describe('a condition on a date', () => {
	const zone = 'America/New_York';
	const on = (text: string, operator: Operator = 'equals', holdsDays = false) => {
		const range = rangeOfDate(text, operator, zone, holdsDays);
		if (range === undefined) throw new Error(`'${text}' is no date`);
		return condition('date', operator, { dates: [range], holdsDays });
	};

	it('takes the beginning of a day in UTC for that day, and other times for the day where the workflow is', () => {
		const held = ['2026-03-31T00:00:00.000Z', '2026-04-01T02:00:00.000Z', '2026-04-01T00:00:00.000Z'];
		expect(met(on('2026-03-31'), held)).toEqual(held.slice(0, 2));
		expect(met(on('2026-03-31', 'after'), held)).toEqual(held.slice(2));
	});

	it('compares moments where a time of day is given', () => {
		const held = ['2026-03-31T12:59:59Z', '2026-03-31T13:00:01Z', Date.parse('2026-03-31T14:00:00Z'), 'x', null];
		expect(met(on('2026-03-31T09:00:00', 'after'), held)).toEqual(held.slice(1, 3));
	});

	it('compares days where the field holds days', () => {
		const count = Date.parse('2026-03-31T00:00:00Z') / 86_400_000;
		expect(met(on('2026-03-31', 'equals', true), [count, count + 1, '2026-03-31'])).toEqual([count, '2026-03-31']);
	});
});

describe('any condition', () => {
	it('knows what is empty', () => {
		const values = [undefined, null, '', ' ', [], {}, [null], 0, false, 'x', ['a'], { a: 1 }];
		expect(met(condition('object', 'isEmpty'), values)).toEqual(values.slice(0, 7));
		expect(met(condition('object', 'isNotEmpty'), values)).toEqual(values.slice(7));
	});

	it('on Yes or No is met by that alone', () => {
		expect(met(condition('boolean', 'equals', { truth: false }), [true, false, undefined])).toEqual([false]);
	});

	it('that Planhat was asked for too is met where the answer does not show the field', () => {
		const asked = condition('text', 'equals', { texts: ['a'], isAsked: true });
		expect(met(asked, [undefined, 'b', 'a'])).toEqual([undefined, 'a']);
	});

	it('looks into custom fields', () => {
		const plan = { ...condition('text', 'equals', { texts: ['pro'] }), path: 'custom.Plan v1.2' };
		expect(meets(plan, { custom: { 'Plan v1.2': 'Pro' } })).toBe(true);
		expect(meets(plan, { custom: {} })).toBe(false);
	});
});

describe('a record that holds nothing', () => {
	const early = condition('number', 'lessThan', { numbers: [5] });
	const other = { ...condition('text', 'equals', { texts: ['live'] }), path: 'y' };

	it('where little or early is asked for, and nothing else keeps it out, is told', () => {
		expect(unsetField([early, other], { y: 'Live' })).toBe('x');
		expect(unsetField([early, other], { x: '', y: 'Live' })).toBe('x');
	});

	it.each([
		['holds something', { x: 7, y: 'Live' }],
		['is kept out by more', { y: 'Lost' }],
		['meets all', { x: 1, y: 'Live' }],
	])('is not told where it %s', (_what, record) => {
		expect(unsetField([early, other], record)).toBeUndefined();
	});

	it('is not told where much or an equal value is asked for', () => {
		expect(unsetField([condition('number', 'atLeast', { numbers: [5] })], {})).toBeUndefined();
		expect(unsetField([condition('text', 'equals', { texts: ['live'] })], {})).toBeUndefined();
	});
});
