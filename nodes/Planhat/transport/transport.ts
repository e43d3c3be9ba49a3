import type { PlanhatAnswer, PlanhatRefusal } from './answer';
import type { Effort } from './attempt';
import type { NodeError } from './errors';
import type { PlanhatRequest, Target } from './request';

/** The one door to Planhat. */
export interface Transport {
	/**
	 * Sends a request when the quota allows it, again when that can help, and hands over its answer.
	 * @throws NodeApiError when Planhat or the network refuses, NodeOperationError when the credential does, and the
	 * signal's reason when the execution is cancelled
	 */
	send(request: PlanhatRequest): Promise<PlanhatAnswer>;
	/** Does the same, but hands over what went wrong in place of throwing it, with the body of the answer. */
	trySend(request: PlanhatRequest, leaving?: () => void): Promise<PlanhatAnswer | PlanhatRefusal>;
	/** Why a request would not be sent at all: the credential lacks the token of its host, or is Read Only. */
	refusalOf(request: Pick<PlanhatRequest, 'method' | 'host'>, deed: string, target?: Target): NodeError | undefined;
	/**
	 * An answer, or a part of one, as people may read it: without secrets. What is matched, such as IDs and keys, is taken
	 * from the answer itself.
	 */
	said(body: unknown): unknown;
	/** How many requests have to be under way for the run to use its quota of a host. */
	wantedAtOnce(host?: PlanhatRequest['host']): number;
	readonly effort: Readonly<Effort>;
	/** Ends all that is under way; none where nothing does. */
	readonly signal?: AbortSignal;
	/** How many requests that may change something have left, whatever came of them. */
	readonly writes: number;
}
