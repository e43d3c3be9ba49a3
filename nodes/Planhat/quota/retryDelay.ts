/** Header names in lower case, as n8n hands them over, with values of unknown form. */
export type ResponseHeaders = Record<string, unknown>;

/** Where the first try waits up to this long; each further one doubles it. Milliseconds. */
const baseMilliseconds = 1_000;

/** Planhat's window resets every 60 to 120 seconds (Planhat's documents of 2017), so no wait of our own needs more. Milliseconds. */
const capMilliseconds = 60_000;

/** A server that says "at once", or nearly so, to more refusals in a row than this does not mean it. */
const mostAtOnce = 5;

/** A server that names more than this is asked again all the same. Milliseconds. */
const longestNamedDelayMilliseconds = 300_000;

/** A number above these is a point in time since 1970, and not a length of time. */
const earliestEpoch = { seconds: 1_000_000_000, milliseconds: 100_000_000_000 };

function header(headers: ResponseHeaders, ...names: string[]): string | undefined {
	for (const name of names) {
		const value = headers[name];
		const text = Array.isArray(value) ? String(value[0]) : value === undefined ? '' : String(value);
		if (text.trim() !== '') return text.trim();
	}
	return undefined;
}

function clamp(milliseconds: number): number {
	return Math.min(Math.max(0, milliseconds), longestNamedDelayMilliseconds);
}

/** A date of HTTP has a time in it; JavaScript takes much else for a date. */
function httpDate(text: string): number | undefined {
	const date = /\d:\d/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : date;
}

function delayOfNumber(value: number, now: number): number {
	if (value > earliestEpoch.milliseconds) return clamp(value - now);
	return clamp(value > earliestEpoch.seconds ? value * 1_000 - now : value * 1_000);
}

function retryAfter(headers: ResponseHeaders, now: number): number | undefined {
	const value = header(headers, 'retry-after');
	if (value === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return delayOfNumber(Number(value), now);
	const date = httpDate(value);
	return date === undefined ? undefined : clamp(date - now);
}

/** Where some calls are left, the reset of the window is not what the server waits for. */
function delayOfReset(reset: string | undefined, remaining: string | undefined, now: number): number | undefined {
	if (remaining !== undefined && Number(remaining) > 0) return undefined;
	return reset !== undefined && Number(reset) >= 0 ? delayOfNumber(Number(reset), now) : undefined;
}

/** The header `RateLimit` of IETF's drafts: `"name";r=0;t=30`, and before that `limit=200, remaining=0, reset=30`. */
function rateLimit(headers: ResponseHeaders, now: number): number | undefined {
	const text = header(headers, 'ratelimit') ?? '';
	const part = (names: string) => new RegExp(`(?:^|[;,\\s])(?:${names})\\s*=\\s*(\\d+)`, 'i').exec(text)?.[1];
	return delayOfReset(part('t|reset'), part('r|remaining'), now);
}

/** The families of headers that name when the window begins anew, in the order in which they are believed. */
const families = ['x-rate-limit', 'x-ratelimit', 'ratelimit'];

function rateLimitReset(headers: ResponseHeaders, now: number): number | undefined {
	const [reset, remaining] = ['reset', 'remaining'].map((what) =>
		header(headers, ...families.map((family) => `${family}-${what}`)),
	);
	return delayOfReset(reset, remaining, now);
}

/**
 * The wait that an answer asks for: `Retry-After` in seconds or as a point in time, then `X-Rate-Limit-Reset`,
 * `X-RateLimit-Reset`, `RateLimit-Reset` and `RateLimit`. Whether any come is assumption rate-limit-headers.
 * @param headers of the answer; a point in time counts from their own Date, since the two clocks may differ
 * @param now milliseconds since 1970, where they have none
 * @returns milliseconds, 0 for at once, undefined where no header can be read
 */
export function namedDelay(headers: ResponseHeaders, now: number): number | undefined {
	const theirs = httpDate(header(headers, 'date') ?? '') ?? now;
	return retryAfter(headers, theirs) ?? rateLimitReset(headers, theirs) ?? rateLimit(headers, theirs);
}

/**
 * The wait that an answer asks for, as far as it is believed.
 * @param refused how many times in a row it was asked for before
 * @returns milliseconds, undefined where there is none to be believed
 */
export function believedDelay(headers: ResponseHeaders, refused: number, now: number): number | undefined {
	const named = namedDelay(headers, now);
	return named !== undefined && named < baseMilliseconds && refused >= mostAtOnce ? undefined : named;
}

/**
 * The wait where the server names none: full jitter, so that clients which were refused together do not come back together.
 * @param attempt 0 for the first retry
 * @param random a number from 0 to 1
 * @returns milliseconds
 */
export function backOff(attempt: number, random: number): number {
	return random * Math.min(capMilliseconds, baseMilliseconds * 2 ** attempt);
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
	const tries = namedDelay(headers, now) === undefined ? attempt : attempt - mostAtOnce;
	return believedDelay(headers, attempt, now) ?? backOff(tries, random);
}
