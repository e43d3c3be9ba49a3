import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { backOff, believedDelay, delayBeforeRetry, namedDelay } from '../../../../nodes/Planhat/quota/retryDelay.ts';

const now = Date.parse('2026-03-31T08:00:00Z');
const inSeconds = (seconds: number) => String(now / 1_000 + seconds);

describe('Retry-After', () => {
	it.each([
		['whole seconds', '7', 7_000],
		['a fraction of a second', '0.25', 250],
		['0, which means now', '0', 0],
		['blanks around it', ' 3 ', 3_000],
		['an HTTP date', 'Tue, 31 Mar 2026 08:00:30 GMT', 30_000],
		['an HTTP date that has passed, which means now', 'Tue, 31 Mar 2026 07:59:00 GMT', 0],
		['more than five minutes, cut to them', '86400', 300_000],
		['a date in a year, cut to five minutes', 'Wed, 31 Mar 2027 08:00:00 GMT', 300_000],
	])('is understood as %s', (_case, value, delay) => {
		expect(namedDelay({ 'retry-after': value }, now)).toBe(delay);
	});

	it('is understood as a number and as a list, of which the first counts', () => {
		expect(namedDelay({ 'retry-after': 4 }, now)).toBe(4_000);
		expect(namedDelay({ 'retry-after': ['2', '9'] }, now)).toBe(2_000);
	});

	it('goes before X-Rate-Limit-Reset', () => {
		expect(namedDelay({ 'retry-after': '2', 'x-rate-limit-reset': '9' }, now)).toBe(2_000);
		expect(namedDelay({ 'retry-after': '0', 'x-rate-limit-reset': '9' }, now)).toBe(0);
	});

	it.each(['garbage', '-5', '', ' ', '30s', '5, 10', 'NaN', 'Infinity', 'soon 5', 'retry 7'])(
		"that cannot be read ('%s') falls through to the next header",
		(value) => {
			expect(namedDelay({ 'retry-after': value, 'x-rate-limit-reset': '9' }, now)).toBe(9_000);
			expect(namedDelay({ 'retry-after': value }, now)).toBeUndefined();
		},
	);
});

describe('a point in time', () => {
	// The server's clock is an hour ahead of ours.
	const date = 'Tue, 31 Mar 2026 09:00:00 GMT';
	const at = Date.parse(date) + 20_000;

	it.each([
		['retry-after', 'Tue, 31 Mar 2026 09:00:20 GMT'],
		['retry-after', String(at / 1_000)],
		['retry-after', String(at)],
		['x-rate-limit-reset', String(at / 1_000)],
		['x-ratelimit-reset', String(at)],
		['ratelimit-reset', String(at)],
	])("counts from the answer's own Date (%s: %s)", (name, value) => {
		expect(namedDelay({ [name]: value, date }, now)).toBe(20_000);
	});

	it.each([undefined, '', 'yesterday', '2026'])('counts from our clock where Date cannot be read (%j)', (unread) => {
		expect(namedDelay({ 'retry-after': 'Tue, 31 Mar 2026 08:00:20 GMT', date: unread }, now)).toBe(20_000);
		expect(namedDelay({ 'x-rate-limit-reset': String(now + 20_000), date: unread }, now)).toBe(20_000);
	});

	it("is no matter of a length of time, which the answer's Date does not change", () => {
		expect(namedDelay({ 'retry-after': '7', date }, now)).toBe(7_000);
	});
});

describe('RateLimit', () => {
	it.each([
		['limit=200, remaining=0, reset=30', 30_000],
		['reset=30;remaining=0', 30_000],
		['"minute";r=0;t=12', 12_000],
		['"minute"; q=200; t = 12', 12_000],
		['limit=200, remaining=5, reset=30', undefined],
		['"minute";r=5;t=12', undefined],
		['"minute";r=0', undefined],
		['limit=200, remaining=0', undefined],
		['nonsense', undefined],
	])('is understood in the forms of its drafts (%s)', (value, delay) => {
		expect(namedDelay({ ratelimit: value }, now)).toBe(delay);
	});

	it('goes behind RateLimit-Reset, and that behind the families with an X', () => {
		expect(namedDelay({ 'ratelimit-reset': '9', 'ratelimit-remaining': '0', ratelimit: 'reset=30' }, now)).toBe(9_000);
		expect(namedDelay({ 'ratelimit-reset': '9', 'x-rate-limit-reset': '4' }, now)).toBe(4_000);
		expect(namedDelay({ 'ratelimit-reset': '9', 'ratelimit-remaining': '3' }, now)).toBeUndefined();
	});
});

describe('X-Rate-Limit-Reset', () => {
	it.each(['x-rate-limit', 'x-ratelimit'])('is understood with the spelling %s', (spelling) => {
		expect(namedDelay({ [`${spelling}-reset`]: '12' }, now)).toBe(12_000);
		expect(namedDelay({ [`${spelling}-reset`]: '0' }, now)).toBe(0);
		expect(namedDelay({ [`${spelling}-reset`]: '12', [`${spelling}-remaining`]: '0' }, now)).toBe(12_000);
		expect(namedDelay({ [`${spelling}-reset`]: '12', [`${spelling}-remaining`]: '5' }, now)).toBeUndefined();
	});

	it('is understood as seconds since 1970', () => {
		expect(namedDelay({ 'x-rate-limit-reset': inSeconds(45) }, now)).toBe(45_000);
	});

	it('in the past means now, and far away is cut to five minutes', () => {
		expect(namedDelay({ 'x-rate-limit-reset': inSeconds(-10) }, now)).toBe(0);
		expect(namedDelay({ 'x-rate-limit-reset': inSeconds(86_400) }, now)).toBe(300_000);
		expect(namedDelay({ 'x-rate-limit-reset': '3600' }, now)).toBe(300_000);
	});

	it.each(['garbage', '-3', '', 'NaN'])("that cannot be read ('%s') names no delay", (value) => {
		expect(namedDelay({ 'x-rate-limit-reset': value }, now)).toBeUndefined();
	});

	it('counts when Remaining cannot be read', () => {
		expect(namedDelay({ 'x-rate-limit-reset': '8', 'x-rate-limit-remaining': 'none' }, now)).toBe(8_000);
	});
});

describe('a wait that is asked for again and again', () => {
	it.each(['0', '0.001', '0.999'])('and hardly any (%s s) is believed five times', (value) => {
		const headers = { 'retry-after': value };
		const named = Number(value) * 1_000;
		expect([0, 4, 5, 50].map((refused) => believedDelay(headers, refused, now))).toEqual([
			named,
			named,
			undefined,
			undefined,
		]);
		expect([4, 5, 8, 50].map((attempt) => delayBeforeRetry(headers, attempt, now, 1))).toEqual([
			named,
			1_000,
			8_000,
			60_000,
		]);
	});

	it('and is a second or more is made each time', () => {
		expect([0, 5, 50].map((attempt) => delayBeforeRetry({ 'retry-after': '1' }, attempt, now, 1))).toEqual([
			1_000, 1_000, 1_000,
		]);
	});
});

describe('no header at all', () => {
	it('names no delay', () => {
		expect(namedDelay({}, now)).toBeUndefined();
		expect(namedDelay({ 'content-type': 'text/html', 'x-rate-limit-remaining': '0' }, now)).toBeUndefined();
	});
});

describe('whatever the headers hold', () => {
	it('the delay is undefined or from 0 to five minutes', () => {
		const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.date().map(String));
		const headers = fc.record(
			{
				'retry-after': value,
				'x-rate-limit-reset': value,
				'x-ratelimit-remaining': value,
				ratelimit: value,
				date: value,
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(headers, (given) => {
				const delay = namedDelay(given, now) ?? 0;
				expect(delay).toBeGreaterThanOrEqual(0);
				expect(delay).toBeLessThanOrEqual(300_000);
			}),
		);
	});
});

describe('backing off', () => {
	it.each([
		[0, 1_000],
		[1, 2_000],
		[2, 4_000],
		[5, 32_000],
		[6, 60_000],
		[50, 60_000],
		[5_000, 60_000],
	])('after try %i lasts from 0 to %i ms', (attempt, most) => {
		expect(backOff(attempt, 0)).toBe(0);
		expect(backOff(attempt, 0.5)).toBe(most / 2);
		expect(backOff(attempt, 1)).toBe(most);
	});
});

describe('the wait before a retry', () => {
	it('is what the answer names, without jitter', () => {
		for (const random of [0, 0.5, 0.999]) {
			expect(delayBeforeRetry({ 'retry-after': '3' }, 7, now, random)).toBe(3_000);
			expect(delayBeforeRetry({ 'x-ratelimit-reset': '4' }, 7, now, random)).toBe(4_000);
		}
	});

	it('is random between nothing and one that doubles, up to a minute, where nothing is named', () => {
		for (let attempt = 0; attempt < 12; attempt += 1) {
			const most = Math.min(60_000, 1_000 * 2 ** attempt);
			expect(delayBeforeRetry({}, attempt, now, 0)).toBe(0);
			expect(delayBeforeRetry({}, attempt, now, 0.5)).toBe(most / 2);
			expect(delayBeforeRetry({}, attempt, now, 1)).toBe(most);
			expect(delayBeforeRetry({ 'retry-after': 'soon' }, attempt, now, 1)).toBe(most);
		}
	});

	it('is none for five refusals that say "at once", and grows for those after them', () => {
		const waits = Array.from({ length: 9 }, (_, attempt) => delayBeforeRetry({ 'retry-after': '0' }, attempt, now, 1));
		expect(waits).toEqual([0, 0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000]);
	});
});
