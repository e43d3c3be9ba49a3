import type { NodeApiError } from 'n8n-workflow';

import type { Failure } from './failure';

/** What came back. */
export interface PlanhatAnswer {
	status: number;
	body: unknown;
	/** Whether an earlier try may have been applied, so that Planhat may have seen the request twice. */
	resent: boolean;
}

/** What came of a request that did not succeed. */
export interface PlanhatRefusal extends PlanhatAnswer {
	failure: Failure;
	/** What to check where something else than Planhat has answered, in sentences. */
	advice?: string;
	/** The same in words for the person who built the workflow. */
	error: NodeApiError;
}
