import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { testCredential } from '../../../../nodes/Planhat/methods/testCredential.ts';

type Answer = { statusCode: number; body?: unknown } | Error;

/** Tests a credential against an answer of n8n's helper, which is given what is asked. */
async function tested(data: ICredentialDataDecryptedObject | undefined, answer?: Answer) {
	const asked: IDataObject[] = [];
	const request = async (options: IDataObject) => {
		asked.push(options);
		if (answer instanceof Error) throw answer;
		return {
			headers: {},
			...answer,
			body: typeof answer?.body === 'string' ? Readable.from([Buffer.from(answer.body)]) : '',
		};
	};
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	const { status, message } = await testCredential.call(context, { id: '1', name: 'x', type: 'planhatApi', data });
	return { status, message, asked };
}

const uuid = '01234567-89ab-cdef-0123-456789abcdef';

const eu9 = { apiToken: 'the-token', baseUrl: 'api-eu9.planhat.com' };

const lost = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('without an API token nobody is asked', () => {
	it.each([
		['a tenant token', { tenantToken: uuid }, 'OK', /^'Tenant Token' has the right format\. Only sending/],
		['a tenant token and a webhook secret', { tenantToken: uuid, webhookSecret: 'x' }, 'OK', /^'Tenant Token'/],
		['a tenant token with blanks around', { tenantToken: ` ${uuid}\n` }, 'OK', /^'Tenant Token' has the right format/],
		['something else for it', { tenantToken: 'abc' }, 'Error', /^'Tenant Token' does not look like 01234567-/],
		['a blank inside it', { tenantToken: 'abc def' }, 'Error', /^'Tenant Token' .* holds a space or a line break/],
		['a webhook secret', { webhookSecret: 'secret' }, 'OK', /^The webhook secret is all that Planhat Trigger needs/],
		['nothing', {}, 'Error', /^Enter 'API Token'\./],
		['blanks', { apiToken: ' ', tenantToken: ' ', webhookSecret: ' ' }, 'Error', /^Enter 'API Token'\./],
		['the word Bearer', { apiToken: 'Bearer ' }, 'Error', /^Enter 'API Token'\./],
	] as const)('%s', async (_what, data, status, message) => {
		const verdict = await tested(data);
		expect(verdict).toEqual({ status, message: expect.stringMatching(message), asked: [] });
	});

	it('nor without any data', async () => {
		expect(await tested(undefined)).toMatchObject({ status: 'Error', asked: [] });
	});
});

it.each([
	['an API token', { apiToken: 'a b' }],
	['a tenant token beside a good API token', { ...eu9, tenantToken: 'a\nb' }],
])('a blank inside %s is said, and nobody is asked', async (_what, data) => {
	expect(await tested(data)).toEqual({
		status: 'Error',
		message: expect.stringContaining('in the Planhat credential holds a space or a line break. Copy the token'),
		asked: [],
	});
});

it('a pace that is none is said, and nobody is asked', async () => {
	const { message, asked } = await tested({ ...eu9, callsPerMinute: 0.5 });
	expect(message).toMatch(/^'Calls per Minute' .* is not a whole number from 0\. Enter a number such as 200/);
	expect(asked).toEqual([]);
});

it('the test of the credential asks for one company, with the token, in time, and follows no redirect', async () => {
	const { asked } = await tested({ ...eu9, readOnly: true }, { statusCode: 200, body: '[]' });
	expect(asked).toEqual([
		expect.objectContaining({
			method: 'GET',
			url: 'https://api-eu9.planhat.com/companies',
			qs: { limit: 1 },
			headers: { Accept: 'application/json', Authorization: 'Bearer the-token' },
			timeout: 20_000,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			simple: false,
			resolveWithFullResponse: true,
		}),
	]);
});

describe('an answer', () => {
	it.each(['[]', '[{"_id":"5f0000000000000000000001","name":"Acme"}]', ' [ ]\n'])('is good: %s', async (body) => {
		expect(await tested(eu9, { statusCode: 200, body })).toMatchObject({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	it('of 403 is a valid token without a right', async () => {
		expect(await tested(eu9, { statusCode: 403, body: 'Forbidden' })).toMatchObject({
			status: 'OK',
			message: expect.stringMatching(/^The API token works, but has no permission to read companies\./),
		});
	});

	const elsewhere = "Region or Base URL does not point to Planhat's API: it";

	it.each<[number, string | undefined, string]>([
		[200, '<!DOCTYPE html><html></html>', `${elsewhere} returned a web page`],
		[200, '\n <p>Sign in</p>', `${elsewhere} returned a web page`],
		[403, '<html>Blocked</html>', `${elsewhere} returned a web page (403)`],
		[404, '<html>Not here</html>', `${elsewhere} returned a web page (404)`],
		[204, undefined, `${elsewhere} sent an empty answer`],
		[200, '', `${elsewhere} sent an empty answer`],
		[200, '{"error":"No such tenant"}', `${elsewhere} sent something other than a list of companies: No such tenant`],
		[200, '{}', `${elsewhere} sent something other than a list of companies`],
		[200, 'null', `${elsewhere} sent something other than a list of companies`],
		[200, 'true', `${elsewhere} sent something other than a list of companies: true`],
		[200, 'OK', `${elsewhere} sent something other than a list of companies: OK`],
		[200, '[{"_id":"5f', `${elsewhere} sent something other than a list of companies: [{"_id":"5f`],
		[200, '[1,2]', `${elsewhere} sent something other than a list of companies`],
		[200, '[{"id":7}]', `${elsewhere} sent something other than a list of companies`],
		[404, 'Not Found', `${elsewhere} answered 404`],
		[405, '', `${elsewhere} answered 405`],
		[301, '', `${elsewhere} answered with a redirect (301), which is not followed, so that the token stays here`],
		[308, '', `${elsewhere} answered with a redirect (308), which is not followed, so that the token stays here`],
		[400, '{"message":"No"}', 'Planhat answered 400: No'],
		[418, '', 'Planhat answered 418'],
		[500, 'Failed', 'Planhat is not available (500: Failed). Try again later.'],
		[503, '<html>Busy</html>', 'Planhat is not available (503: Busy). Try again later.'],
	])('is not: %d %j', async (statusCode, body, message) => {
		expect(await tested(eu9, { statusCode, body })).toMatchObject({ status: 'Error', message });
	});

	it('of 401 speaks of expiry and region', async () => {
		const { status, message } = await tested(eu9, { statusCode: 401, body: 'Unauthorized' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^Planhat does not accept this API token\. .*expired.*region/);
	});

	it('of 429 says that nothing could be tested', async () => {
		const { status, message } = await tested(eu9, { statusCode: 429, body: 'Too many requests' });
		expect(status).toBe('Error');
		expect(message).toMatch(/rate limit of this API token is used up/);
	});

	it.each([
		[200, '{"error":"the-token is wrong"}'],
		[400, '"the-token is wrong"'],
		[500, 'the-token is wrong'],
	])('that repeats the token is shown without it (%d)', async (statusCode, body) => {
		const { message } = await tested(eu9, { statusCode, body });
		expect(message).toContain('[hidden] is wrong');
		expect(message).not.toContain('the-token');
	});
});

describe('no answer', () => {
	it.each(['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
		'for want of a server leads to the base URL (%s)',
		async (code) => {
			expect(await tested(eu9, lost(code))).toMatchObject({
				status: 'Error',
				message:
					'No server found at api-eu9.planhat.com. Check Region or Base URL, and the network between n8n and Planhat.',
			});
		},
	);

	it.each(['ECONNABORTED', 'ETIMEDOUT'])('in time is said (%s)', async (code) => {
		const { message } = await tested(eu9, lost(code));
		expect(message).toMatch(/^api-eu9\.planhat\.com did not answer within 20 seconds\./);
	});

	it.each([
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
		['CERT_HAS_EXPIRED', 'certificate has expired'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'not in the list of names'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
	])('over a connection that cannot be trusted says why (%s)', async (code, words) => {
		const error = Object.assign(new Error('x', { cause: lost(code, words) }), { code });
		expect((await tested(eu9, error)).message).toBe(
			`api-eu9.planhat.com cannot be trusted: ${words} (${code}). Check Region or Base URL, and its certificate.`,
		);
	});

	it('in https is said', async () => {
		expect((await tested(eu9, lost('EPROTO', 'write EPROTO 00:error'))).message).toBe(
			'api-eu9.planhat.com does not speak https. Check Region or Base URL.',
		);
	});

	it('for a reason of the network is named', async () => {
		expect((await tested(eu9, lost('ECONNRESET'))).message).toBe(
			'There was no answer from api-eu9.planhat.com: the connection was closed before the answer was complete, ECONNRESET',
		);
	});

	it("is told in n8n's words where it has no code, as for a blocked address", async () => {
		const { message } = await tested(eu9, new Error('The request was blocked'));
		expect(message).toBe('There was no answer from api-eu9.planhat.com: The request was blocked');
	});
});
