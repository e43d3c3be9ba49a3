import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Host } from '../quota/hosts';
import type { FullResponse } from './dispatch';
import type { Failure } from './failure';
import type { PlanhatRequest } from './request';

/** What a run has cost so far. */
export interface Effort {
	/** Requests sent, those that were sent again included. */
	requests: number;
	/** Requests sent again. */
	retries: number;
	/** Milliseconds in which at least one request waited for the quota or to be sent again. */
	waited: number;
	/** Set where the execution was cancelled while a request stood in the queue for the quota. */
	endedInQueue?: boolean;
}

/** What came of one try. */
export type Attempt = { answer: FullResponse } | Missed;

/** A try without success: what came of it, when to try again (milliseconds) and whether the host is out of order. */
export interface Missed {
	failure: Failure;
	delay: number;
	body?: unknown;
	isOutage?: boolean;
	/** It was refused by the quota without a word on when to come again: the limiter knows. */
	waitsForSlot?: boolean;
}

/** A request that has to go out. */
export interface Outgoing {
	request: PlanhatRequest;
	options: IHttpRequestOptions;
	host: Host;
	/** 0 for the first try. */
	attempt: number;
	/** Whether the quota has refused it without a word on when to come again. */
	waitsForSlot?: boolean;
	/** Told when it leaves. */
	leaving?(): void;
}
