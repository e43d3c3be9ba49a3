import { describe, expect, it } from '@jest/globals';

import { newestFirst, timeOf } from '../../../../nodes/Planhat/list/updatedAfter.ts';

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
