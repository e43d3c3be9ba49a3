import { describe, expect, it } from '@jest/globals';

import {
	countsDays,
	kindOf,
	operators,
	operatorsOf,
	readOperator,
	type Operator,
} from '../../../../../nodes/Planhat/list/conditions/operators.ts';

describe('an operator', () => {
	it.each<[string, Operator]>([
		['>=', 'atLeast'],
		['gte', 'atLeast'],
		['$gte', 'atLeast'],
		['GREATER_THAN', 'greaterThan'],
		['is not', 'notEquals'],
		['not_in', 'notEquals'],
		['IS NULL', 'isEmpty'],
		['within next days', 'withinNextDays'],
		['does not contain', 'notContains'],
	])('is read as models write it: %s', (written, operator) => {
		expect(readOperator(written, 'unknown')).toBe(operator);
	});

	it('is read by its value and by its label', () => {
		for (const [value, name] of Object.entries(operators))
			expect([readOperator(value, 'unknown'), readOperator(name, 'unknown')]).toEqual([value, value]);
	});

	it('of less and more is one of before and after where dates are compared', () => {
		expect(readOperator('<', 'date')).toBe('before');
		expect(readOperator('after', 'number')).toBe('greaterThan');
		expect(readOperator('<', 'number')).toBe('lessThan');
	});

	it('of several values is one that a list contains', () => {
		expect(['in', 'any of', 'notIn'].map((written) => readOperator(written, 'list'))).toEqual([
			...['contains', 'contains', 'notContains'],
		]);
		expect(readOperator('in', 'text')).toBe('equals');
		expect(readOperator('equals', 'list')).toBe('equals');
	});

	it('that nobody has is none', () => {
		expect(readOperator('~=', 'text')).toBeUndefined();
		expect(readOperator('', 'text')).toBeUndefined();
	});

	it('fits some kinds of values only', () => {
		expect(operatorsOf(kindOf('number'))).not.toContain('contains');
		expect(operatorsOf(kindOf('texts'))).not.toContain('equals');
		expect(operatorsOf(kindOf('user'))).not.toContain('greaterThan');
		expect(operatorsOf(kindOf('object'))).toEqual(['isEmpty', 'isNotEmpty']);
	});

	it('counts days where it says so', () => {
		expect(Object.keys(operators).filter((each) => countsDays(each as Operator))).toEqual([
			...['withinNextDays', 'withinLastDays', 'daysFromToday'],
		]);
	});
});
