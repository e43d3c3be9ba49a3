import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';

import { spokenDay } from '../../../../nodes/Planhat/values/spokenDays.ts';

/** A Thursday; in Auckland it is Friday already. */
const now = DateTime.fromISO('2026-11-26T22:00:00Z');

describe('a day as people say it', () => {
	it.each([
		['today', '2026-11-26'],
		[' Tomorrow ', '2026-11-27'],
		['yesterday', '2026-11-25'],
		['in 60 days', '2027-01-25'],
		['3 days ago', '2026-11-23'],
		['Friday', '2026-11-27'],
		['next Thursday', '2026-12-03'],
	])('%s is a date', (said, date) => {
		expect(spokenDay(said, 'UTC', now)).toBe(date);
	});

	it('counts in the zone of the workflow', () => {
		expect(spokenDay('today', 'Pacific/Auckland', now)).toBe('2026-11-27');
	});

	it.each(['2026-03-31', 'soon', '', 5, null])('is not %p', (value) => {
		expect(spokenDay(value, 'UTC', now)).toBeUndefined();
	});
});
