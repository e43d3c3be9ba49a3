import type { INode } from 'n8n-workflow';

import type { CredentialType } from '../credential/authentication';
import type { Host } from '../quota/hosts';
import type { PlanhatRefusal } from './answer';
import { apiError, markAbsent } from './errors';
import { adviceOnRow, explain, isAbsent } from './explanation';
import type { Failure } from './failure';
import type { PlanhatRequest } from './request';

/** What came of the tries of a request: the last answer, whether it may have been applied before, and how long it took. */
interface Course {
	body: unknown;
	resent: boolean;
	/** Milliseconds since the first failure. */
	waited: number;
}

/** Says of a request that did not succeed what is known of it, for rows and for people. */
export function toRefusal(
	node: INode,
	request: PlanhatRequest,
	failure: Failure,
	{ body, resent, waited }: Course,
	{ address }: Pick<Host, 'address'>,
	type: CredentialType,
): PlanhatRefusal {
	const tried = Math.round(waited / 1_000);
	const after = tried > 0 ? ` (tried again for ${tried} seconds)` : '';
	const { _id, keys, record } = request.target;
	const isUnknown = failure.mayBeApplied && request.method !== 'GET';
	const outcome = isUnknown ? 'unknown' : failure.isNotSent ? 'notSent' : 'failed';
	const explanation = explain(failure, request, new URL(address).host, after, type);
	const error = apiError(node, failure.code, explanation, { outcome, _id, keys });
	return {
		status: Number(failure.code) || 0,
		body,
		resent,
		failure,
		...adviceOnRow(failure, request, type),
		error: isAbsent(failure, request) ? markAbsent(error, record) : error,
	};
}
