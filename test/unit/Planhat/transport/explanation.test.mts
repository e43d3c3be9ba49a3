import { describe, expect, it } from '@jest/globals';

import { explain } from '../../../../nodes/Planhat/transport/explanation.ts';
import {
	failureOfAnswer,
	failureOfNetwork,
	failureOfPause,
	failureOfQueue,
	failureOfSuccess,
} from '../../../../nodes/Planhat/transport/failure.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';
import { networkError } from './networkError.mts';

const host = 'api-us2.planhat.com';

const request: PlanhatRequest = {
	method: 'PUT',
	url: '/companies/extid-acme',
	target: {
		verb: 'update',
		record: "company with external ID 'acme'",
		permission: 'Company',
		keys: { externalId: 'acme' },
	},
};

const get: PlanhatRequest = { ...request, method: 'GET', target: { ...request.target, verb: 'get' } };

const told = (status: number, body: unknown, asked = request) => explain(failureOfAnswer(status, body), asked, host);

describe('the message', () => {
	it("names the verb, the resource, the id and Planhat's own words", () => {
		expect(told(400, { message: 'Name is required' }).message).toBe(
			"Planhat did not update the company with external ID 'acme': Name is required",
		);
	});

	it.each([
		[404, 'record not found'],
		[400, 'Planhat answered 400 with no message'],
		[500, 'Planhat answered 500 with no message'],
		[429, 'too many requests with this API token'],
	])('of a %i without words ends with: %s', (status, words) => {
		expect(told(status, '').message).toBe(`Planhat did not update the company with external ID 'acme': ${words}`);
	});

	it('names the host when Planhat could not be reached', () => {
		const { message, description } = explain(failureOfNetwork(networkError('ENOTFOUND')), get, host);
		expect(message).toBe(
			"Planhat could not be reached at api-us2.planhat.com to get the company with external ID 'acme': the address does not exist, ENOTFOUND",
		);
		expect(description).toBe(
			"Check 'Region' or 'Base URL' in the Planhat credential and the network between n8n and Planhat.",
		);
	});
});

it('an address that n8n blocks is a matter of the administrator', () => {
	const blocked = new Error('The request was blocked because it resolves to a restricted IP address');
	expect(explain(failureOfNetwork(blocked), request, host)).toEqual({
		message: `n8n did not connect to ${host} to update the company with external ID 'acme': ${blocked.message}`,
		description:
			"Check 'Region' or 'Base URL' in the Planhat credential. If it is correct, ask the administrator of your n8n to allow the address.",
	});
});

describe('the advice', () => {
	it('after 400 is to check the fields', () => {
		expect(told(400, 'x').description).toBe("Check the fields that Planhat's message is about.");
	});

	it('after 401 names the token, its possible expiry and the region', () => {
		const { description } = told(401, 'Unauthorized');
		expect(description).toContain('API token');
		expect(description).toContain('expired');
		expect(description).toContain('another region than api-us2.planhat.com');
	});

	it('after 403 names the permission on the Private App', () => {
		const { description } = told(403, 'Forbidden');
		expect(description).toContain('The API token works');
		expect(description).toContain('Private App');
		expect(description).toMatch(/for Company\.$/);
	});

	it('after 404 is to check the ID', () => {
		expect(told(404, '').description).toMatch(/^Check the ID\./);
	});

	it('after 413 is to send less', () => {
		expect(told(413, '').description).toBe('Send fewer rows or shorter texts at a time.');
	});

	it("after 429 is to lower 'Calls per Minute'", () => {
		expect(told(429, '').description).toContain("Lower 'Calls per Minute' in the credential");
	});

	it('after 500 is to check the fields and to run again', () => {
		expect(told(500, '', get).description).toMatch(/^Planhat had an internal error, .* then run the workflow again\.$/);
		expect(told(500, '').description).toMatch(/^The change may have been applied\. .* then run the workflow again\.$/);
	});

	it('after a redirect is to check the base URL', () => {
		expect(told(302, '').description).toBe(
			"Check 'Region' or 'Base URL' in the Planhat credential: the address leads elsewhere.",
		);
	});

	it('after an answer that it does not know is none', () => {
		expect(told(418, 'teapot').description).toBe('');
	});

	it.each(['POST', 'PUT', 'DELETE'] as const)('warns when a %s may have been applied', (method) => {
		const { description } = told(503, '', { ...request, method });
		expect(description).toMatch(/^The change may have been applied\. Look up the record in Planhat/);
		expect(description).toContain('Run the workflow again later.');
	});

	it('does not warn so when a GET was lost, or when the change was surely not applied', () => {
		expect(told(503, '', get).description).not.toContain('may have been applied');
		expect(told(400, '').description).not.toContain('may have been applied');
		expect(explain(failureOfNetwork(networkError('ECONNREFUSED')), request, host).description).not.toContain('applied');
	});
});

describe('a web page', () => {
	const page = '<html><body>Sign in</body></html>';
	const list: PlanhatRequest = {
		method: 'GET',
		url: '/companies',
		target: { verb: 'list', record: 'companies', permission: 'Company' },
	};

	it.each([page, '\n  <p>Sign in</p>'])('beside a success is none, on either host: %j', (body) => {
		const failure = {
			kind: 'unknown',
			code: 'ERR_UNREADABLE',
			words: 'the server returned a web page: Sign in',
			mayBeApplied: true,
			isPage: true,
		};
		expect(failureOfSuccess({}, body)).toEqual(failure);
		expect(failureOfSuccess({ host: 'analytics' }, body)).toEqual(failure);
	});

	it('in place of an answer of the analytics host leads to its address', () => {
		const post: PlanhatRequest = { ...list, method: 'POST', host: 'analytics' };
		const success = failureOfSuccess(post, page);
		expect(success && explain(success, post, host).description).toContain("Check 'Analytics URL'");
	});

	const lead = (words: string) => ({
		message: `Planhat's API did not answer at ${host}: it returned a web page`,
		description: `Check 'Region' or 'Base URL' in the Planhat credential. If it is correct, something between n8n and Planhat, such as a proxy, answered instead. The page says: ${words}`,
	});

	it('in place of an answer leads to the base URL', () => {
		const success = failureOfSuccess(list, page);
		expect(success && explain(success, list, host)).toEqual(lead('Sign in'));
		for (const status of [403, 404, 405]) {
			expect(told(status, '<h1>Not here</h1>', list)).toEqual(lead('Not here'));
		}
	});

	it('does not beside a status that has other reasons', () => {
		for (const status of [400, 413, 500, 502, 503]) {
			expect(told(status, page, list).message).toBe('Planhat did not list the companies: Sign in');
			expect(told(status, page, list).description).not.toContain('URL');
		}
	});

	it('of 404 for one record may be about that record', () => {
		expect(told(404, page, get).description).toMatch(/^Check the ID\./);
	});
});

it('404 for a list is no matter of an ID', () => {
	const list: PlanhatRequest = { ...get, url: '/companies', target: { ...get.target, record: 'companies' } };
	const { message, description } = told(404, '', list);
	expect(message).toBe('Planhat did not get the companies: Planhat answered 404 with no message');
	expect(description).toBe("Check 'Region' or 'Base URL' in the Planhat credential: it may not lead to Planhat's API.");
});

it('what goes to the analytics host is a matter of its own field and token', () => {
	const insert: PlanhatRequest = { ...request, method: 'POST', url: '/dimensiondata/x', host: 'analytics' };
	expect(told(404, '', insert).description).toContain("'Analytics URL'");
	expect(told(302, '', insert).description).toContain("'Analytics URL'");
	expect(told(401, '', insert).description).toBe('Check the tenant token in the Planhat credential.');
	const refused = explain(failureOfNetwork(networkError('ECONNREFUSED')), insert, host);
	expect(refused.description).toContain("'Analytics URL'");
});

it('a certificate that is no good leads to the base URL too', () => {
	const { description } = explain(failureOfNetwork(networkError('CERT_HAS_EXPIRED', 'expired')), get, host);
	expect(description).toBe(
		"Check 'Region' or 'Base URL' in the Planhat credential, and the certificate of that server.",
	);
});

it('a pause that is too long is told with the seconds that are left of it', () => {
	expect(failureOfPause(1_001)).toEqual({
		kind: 'throttled',
		code: '429',
		words: 'too many requests with this API token; Planhat asked to wait 2 more seconds',
		mayBeApplied: false,
	});
});

it('A request whose turn did not come says that the quota is used up, and was not sent', () => {
	const failure = failureOfQueue(30_000);
	expect(failure).toMatchObject({ isNotSent: true, mayBeApplied: false });
	expect(failure.words).toContain('no request was free within 30 seconds, so this was not sent');
});
