import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Outgoing } from './attempt';
import { helperOptions } from './dispatch';
import type { PlanhatRequest } from './request';
import { isIdempotent } from './retryPolicy';

/** A probe that asks for nothing is answered sooner than this by a host that is there. Milliseconds. */
const longestProbe = 20_000;

/** So many probes in a row are requests that wait anyway; then, and where silence costs time, one that asks for nothing is sent. */
const probesByRequests = { repeatable: 4, other: 2 };

/** Whether a host that does not answer is better asked for nothing than sent a request. */
export function asksForNothing({ host: { health }, request }: Outgoing): boolean {
	const most = isIdempotent(request) ? probesByRequests.repeatable : probesByRequests.other;
	return health.isSilent || health.probes >= most;
}

/** Whatever Planhat says to it, it is there; and nothing is lost or done twice where it is not. */
export function probeOf({ host, request: { host: of } }: Outgoing, connection: Partial<IHttpRequestOptions>): Outgoing {
	const request: PlanhatRequest = {
		method: 'GET',
		url: '/',
		...(of && { host: of }),
		target: { verb: 'reach', record: 'API', permission: '' },
	};
	const timeout = Math.min(connection.timeout ?? longestProbe, longestProbe);
	const options = helperOptions(request, host.address, { ...connection, timeout });
	return { request, options, host, attempt: 1 };
}
