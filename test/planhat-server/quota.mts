/** How many calls are let through, and what the answers say about it. */
export type QuotaSettings = {
	/** Calls in one window; null lets everything through. */
	callsPerMinute: number | null;
	/** Length of the "minute": a test can make it short. */
	windowMilliseconds: number;
	/** Nothing of the kind is documented today (reference.md, 3). A number is sent as it is. */
	retryAfter: 'none' | 'seconds' | 'date' | number;
	/** The two families of names that sources mention (reference.md, 3). */
	rateHeaders: 'none' | 'X-Rate-Limit' | 'X-RateLimit';
	/** Whether a refused call takes up quota too. */
	countRefused: boolean;
};

/** No quota, and no headers about one. */
export const noQuota: Readonly<QuotaSettings> = {
	callsPerMinute: null,
	windowMilliseconds: 60_000,
	retryAfter: 'none',
	rateHeaders: 'none',
	countRefused: false,
};

/** Whether a call is refused, and the headers that its answer carries. */
export type QuotaVerdict = { refused: boolean; headers: Record<string, string> };

/** Counts the arrivals within a sliding window. */
export class Quota {
	#settings: QuotaSettings;
	#arrivals: number[] = [];

	constructor(settings: QuotaSettings) {
		this.#settings = settings;
	}

	set(settings: QuotaSettings): void {
		this.#settings = settings;
		this.#arrivals = [];
	}

	/** Counts a call that arrives now (milliseconds of any monotonic clock). */
	arrive(now: number): QuotaVerdict {
		const { callsPerMinute, windowMilliseconds, countRefused } = this.#settings;
		if (callsPerMinute === null) return { refused: false, headers: {} };
		this.#arrivals = this.#arrivals.filter((arrival) => arrival > now - windowMilliseconds);
		const refused = this.#arrivals.length >= callsPerMinute;
		if (!refused || countRefused) this.#arrivals.push(now);
		const free = (this.#arrivals[Math.max(0, this.#arrivals.length - callsPerMinute)] ?? now) + windowMilliseconds;
		const remaining = Math.max(0, callsPerMinute - this.#arrivals.length);
		return { refused, headers: this.#headers(refused, callsPerMinute, remaining, Math.max(0, free - now)) };
	}

	#headers(refused: boolean, limit: number, remaining: number, wait: number): Record<string, string> {
		const { retryAfter, rateHeaders } = this.#settings;
		const headers: Record<string, string> = {};
		const seconds = String(Math.ceil(wait / 1000));
		if (rateHeaders !== 'none') {
			headers[`${rateHeaders}-Limit`] = String(limit);
			headers[`${rateHeaders}-Remaining`] = String(remaining);
		}
		// Only the second family is said to have a reset (reference.md, 3).
		if (rateHeaders === 'X-RateLimit') headers['X-RateLimit-Reset'] = seconds;
		if (!refused || retryAfter === 'none') return headers;
		if (typeof retryAfter === 'number') headers['Retry-After'] = String(retryAfter);
		// Rounded up to the second, the finest that an HTTP date can say.
		else if (retryAfter === 'date') headers['Retry-After'] = httpDate(Date.now() + wait);
		else headers['Retry-After'] = seconds;
		return headers;
	}
}

function httpDate(milliseconds: number): string {
	return new Date(Math.ceil(milliseconds / 1000) * 1000).toUTCString();
}
