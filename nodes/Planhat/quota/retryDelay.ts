/** Header names in lower case, as n8n hands them over, with values of unknown form. */
export type ResponseHeaders = Record<string, unknown>;

/** Where the first try waits up to this long; each further one doubles it. Milliseconds. */
const base = 1_000;

/** Planhat's window resets every 60 to 120 seconds (Planhat's documents of 2017), so no wait of our own needs more. Milliseconds. */
const cap = 60_000;

/** A server that says "at once" to more refusals in a row than this does not mean it. */
const mostRefusalsAtOnce = 5;

/** A server that names more than this is asked again all the same. Milliseconds. */
const longestNamedDelay = 300_000;

/** A number above this is a point in time, in seconds since 1970, and not a length of time. */
const earliestEpochSeconds = 1_000_000_000;

function header(headers: ResponseHeaders, ...names: string[]): string | undefined {
	for (const name of names) {
		const value = headers[name];
		const text = Array.isArray(value) ? String(value[0]) : value === undefined ? '' : String(value);
		if (text.trim() !== '') return text.trim();
	}
	return undefined;
}

function clamp(milliseconds: number): number {
	return Math.min(Math.max(0, milliseconds), longestNamedDelay);
}

function retryAfter(headers: ResponseHeaders, now: number): number | undefined {
	const value = header(headers, 'retry-after');
	if (value === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return clamp(Number(value) * 1_000);
	const date = Date.parse(value);
	// A date of HTTP has a time in it; JavaScript takes much else for a date.
	return Number.isNaN(date) || !/\d:\d/.test(value) ? undefined : clamp(date - now);
}

function rateLimitReset(headers: ResponseHeaders, now: number): number | undefined {
	const remaining = header(headers, 'x-rate-limit-remaining', 'x-ratelimit-remaining');
	if (remaining !== undefined && Number(remaining) > 0) return undefined;
	const reset = Number(header(headers, 'x-rate-limit-reset', 'x-ratelimit-reset'));
	if (!(reset >= 0)) return undefined;
	return clamp(reset > earliestEpochSeconds ? reset * 1_000 - now : reset * 1_000);
}

/**
 * The wait that an answer asks for: `Retry-After` in seconds or as a date, then `X-Rate-Limit-Reset` or
 * `X-RateLimit-Reset`. Planhat documents neither, and other clients have seen both spellings.
 * @param headers of the answer
 * @param now milliseconds since 1970
 * @returns milliseconds, 0 for at once, undefined where no header can be read
 */
export function namedDelay(headers: ResponseHeaders, now: number): number | undefined {
	return retryAfter(headers, now) ?? rateLimitReset(headers, now);
}

/**
 * The wait where the server names none: full jitter, so that clients which were refused together do not come back together.
 * @param attempt 0 for the first retry
 * @param random a number from 0 to 1
 * @returns milliseconds
 */
export function backOff(attempt: number, random: number): number {
	return random * Math.min(cap, base * 2 ** attempt);
}

/**
 * The wait before a request is sent again: what the answer names, without jitter, else full jitter.
 * @param headers of the answer; empty where there was none
 * @param attempt 0 for the first retry
 * @param now milliseconds since 1970
 * @param random a number from 0 to 1
 * @returns milliseconds
 */
export function delayBeforeRetry(headers: ResponseHeaders, attempt: number, now: number, random: number): number {
	const named = namedDelay(headers, now);
	if (named === undefined) return backOff(attempt, random);
	return named === 0 && attempt >= mostRefusalsAtOnce ? backOff(attempt - mostRefusalsAtOnce, random) : named;
}
