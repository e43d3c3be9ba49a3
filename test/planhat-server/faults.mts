import type { RecordedRequest } from './recording.mts';
import type { JsonValue } from './types.mts';

/**
 * Something that goes wrong by order. The first part says for which requests and how often, the second what happens.
 * Of several faults that match, every `latency` counts and the first of the rest is done.
 */
export type Fault = {
	method?: string;
	/** The path as sent or percent-decoded, without the query. */
	path?: string | RegExp;
	host?: 'api' | 'analytics';
	/** Looks at the parsed body. */
	body?: (body: unknown) => boolean;
	/** Default 1. */
	times?: number | 'always';
	/** How many matching requests pass unharmed before. */
	after?: number;

	/** Waits before anything else, in milliseconds. */
	latency?: number;
	/** This answer instead of the server's own; `applied` runs the request all the same. */
	answer?: { status: number; headers?: Record<string, string>; body?: JsonValue | Buffer; applied?: boolean };
	/** Ends the connection without an answer. */
	cut?: 'beforeApplying' | 'afterApplying';
	/** Applies the request, then keeps silent from the start or from half of the body on. */
	neverEnds?: 'beforeHeaders' | 'withinBody';
	/** The server's own answer, a few bytes at a time. */
	trickle?: { bytes: number; milliseconds: number };
	/** `offset` is ignored: every page is the first. */
	repeatPage?: boolean;
	/** A list answers 200 with this instead of an array. */
	notAnArray?: JsonValue;
};

/** A fault in force. */
export type OrderedFault = { readonly served: number; cancel(): void };

/** What becomes of one request. */
export type Fate = { latency: number; effect: Fault | null };

type Entry = { fault: Fault; passesLeft: number; timesLeft: number; served: number };

/** The faults that wait for their request. */
export class Faults {
	#entries: Entry[] = [];

	order(fault: Fault): OrderedFault {
		const timesLeft = fault.times === 'always' ? Infinity : (fault.times ?? 1);
		const entry: Entry = { fault, passesLeft: fault.after ?? 0, timesLeft, served: 0 };
		this.#entries.push(entry);
		return {
			get served() {
				return entry.served;
			},
			cancel: () => {
				this.#entries = this.#entries.filter((other) => other !== entry);
			},
		};
	}

	clear(): void {
		this.#entries = [];
	}

	/** Takes what was ordered for this request. */
	take(request: RecordedRequest): Fate {
		const fate: Fate = { latency: 0, effect: null };
		for (const entry of this.#entries) {
			const onlyWaits = isOnlyLatency(entry.fault);
			if (entry.timesLeft === 0 || (!onlyWaits && fate.effect !== null) || !matches(entry.fault, request)) continue;
			if (entry.passesLeft > 0) {
				entry.passesLeft -= 1;
				continue;
			}
			entry.timesLeft -= 1;
			entry.served += 1;
			fate.latency += entry.fault.latency ?? 0;
			if (!onlyWaits) fate.effect = entry.fault;
		}
		return fate;
	}
}

function isOnlyLatency(fault: Fault): boolean {
	const { answer, cut, neverEnds, trickle, repeatPage, notAnArray } = fault;
	return [answer, cut, neverEnds, trickle, repeatPage, notAnArray].every((effect) => effect === undefined);
}

function matches(fault: Fault, request: RecordedRequest): boolean {
	if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
	if (fault.host !== undefined && fault.host !== request.host) return false;
	if (fault.body !== undefined && !fault.body(request.body)) return false;
	if (fault.path === undefined) return true;
	if (typeof fault.path === 'string') return [request.path, request.decodedPath].includes(fault.path);
	// A regular expression with the g flag would remember where it stopped.
	return new RegExp(fault.path.source, fault.path.flags.replace(/[gy]/g, '')).test(request.path);
}
