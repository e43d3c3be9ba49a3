import type { IncomingHttpHeaders } from 'node:http';
import type { Query } from './types.mts';

/** One request as it arrived, and how it was answered. Times are those of `performance.now()`. */
export type RecordedRequest = {
	host: 'api' | 'analytics';
	method: string;
	/** As sent, without the query. */
	path: string;
	decodedPath: string;
	query: Query;
	headers: IncomingHttpHeaders;
	rawBody: string;
	/** Undefined when there was none or it was no JSON. */
	body: unknown;
	arrivedAt: number;
	/** Null while it is under way. */
	answeredAt: number | null;
	/** Null while it is under way, and for ever when the connection was cut before an answer. */
	status: number | null;
};

/** Everything that came in since the last reset. */
export class Recorder {
	requests: RecordedRequest[] = [];
	mostInFlight = 0;
	#inFlight = 0;

	arrive(request: RecordedRequest): void {
		this.requests.push(request);
		this.#inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
	}

	leave(request: RecordedRequest, status: number | null): void {
		request.answeredAt = performance.now();
		request.status = status;
		this.#inFlight -= 1;
	}

	clear(): void {
		this.requests = [];
		this.mostInFlight = this.#inFlight;
	}
}
