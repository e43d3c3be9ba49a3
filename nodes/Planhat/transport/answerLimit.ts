import type { IHttpRequestOptions } from 'n8n-workflow';

import { lateError, TimeLimit } from './timeLimit';

/** The slowest line that a body is given time for. Bytes in a millisecond. */
const slowestUpload = 50;

/** n8n's own limit comes first, where it holds. Milliseconds. */
const later = 1_000;

/**
 * Ends a request whose answer does not begin. n8n's own time limit is gone once a server has switched to another protocol
 * (101).
 */
export class AnswerLimit {
	/** That of the execution, and of this limit. */
	readonly signal: AbortSignal;

	private readonly controller = new AbortController();

	private readonly limit: TimeLimit;

	/**
	 * @param calls how many calls n8n may make for the request
	 * @param signal of the run
	 */
	constructor({ timeout, body }: IHttpRequestOptions, calls: number, signal?: AbortSignal) {
		// Node warns of more than ten listeners on a signal, and n8n's helper adds one for each request.
		const own = this.controller.signal;
		this.signal = AbortSignal.any(signal === undefined ? [own] : [own, signal]);
		const upload = Buffer.isBuffer(body) ? body.length / slowestUpload : 0;
		const longest = calls * (Number(timeout) + later + upload);
		this.limit = new TimeLimit(longest, longest, () => this.controller.abort(lateError()));
	}

	/** Says that the answer has begun, or that there is none. */
	end(): void {
		this.limit.end();
	}

	/** Closes the connection: where a server is silent, it would stay open for as long as that likes, whoever reads no more. */
	close(): void {
		this.end();
		this.controller.abort(lateError());
	}
}
