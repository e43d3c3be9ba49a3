import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';

import { rangeFromToday, rangeOfDate } from '../../../../../nodes/Planhat/list/conditions/dateRanges.ts';

const zone = 'America/New_York';
const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const now = DateTime.fromISO('2026-03-31T22:00:00', { zone });

describe('a range of dates', () => {
	it('is counted from today in the time zone of the workflow', () => {
		expect(rangeFromToday('withinNextDays', 1, zone, now)).toMatchObject({
			days: { from: day('2026-03-31'), to: day('2026-04-01') },
			times: { from: Date.parse('2026-03-31T04:00:00Z'), to: Date.parse('2026-04-02T03:59:59.999Z') },
		});
		expect(rangeFromToday('withinLastDays', 7, zone, now).days).toEqual({
			from: day('2026-03-24'),
			to: day('2026-03-31'),
		});
		expect(rangeFromToday('daysFromToday', -1, zone, now).days).toEqual({
			from: day('2026-03-30'),
			to: day('2026-03-30'),
		});
	});

	it('of a day does not hold the day itself before and after it', () => {
		const range = (operator: 'before' | 'after' | 'atMost') => rangeOfDate('2026-03-31', operator, zone, false);
		expect(range('before')?.days).toEqual({ from: -Infinity, to: day('2026-03-30') });
		expect(range('after')?.times).toEqual({ from: Date.parse('2026-04-01T04:00:00Z'), to: Infinity });
		expect(range('atMost')?.days.to).toBe(day('2026-03-31'));
	});

	it.each(['2026-03-31', '2026-03-31T00:00:00', '2026-03-31T00:00:00Z', '2026-03-31T00:00:00-04:00'])(
		'of %s is a day',
		(text) => {
			const range = rangeOfDate(text, 'equals', zone, false);
			expect([range?.isMoment, range?.days]).toEqual([false, { from: day('2026-03-31'), to: day('2026-03-31') }]);
		},
	);

	it('of a moment is one', () => {
		const range = rangeOfDate('2026-03-31T09:00:00', 'after', zone, false);
		expect([range?.isMoment, range?.times.from]).toEqual([true, Date.parse('2026-03-31T13:00:00Z') + 1]);
	});

	it('takes words, and counts of days where the field holds such', () => {
		const today = rangeOfDate('today', 'equals', zone, false)?.days.from ?? 0;
		expect(rangeOfDate('in 60 days', 'equals', zone, false)?.days.from).toBe(today + 60);
		expect(rangeOfDate(20_000, 'equals', zone, true)?.days.from).toBe(20_000);
		expect(rangeOfDate(20_000, 'equals', zone, false)).toBeUndefined();
		expect(rangeOfDate('soon', 'equals', zone, false)).toBeUndefined();
	});
});
