import { describe, expect, it } from '@jest/globals';
import { NodeHelpers } from 'n8n-workflow';

import { PlanhatApi } from '../../dist/credentials/PlanhatApi.credentials.js';

const credential = new PlanhatApi();

describe('the credential', () => {
	it('has the fields and defaults that workflows depend on', () => {
		const fields = credential.properties.filter(({ type }) => type !== 'notice');
		const defaults = Object.fromEntries(fields.map((property) => [property.name, property.default]));
		expect(credential.name).toBe('planhatApi');
		expect(defaults).toEqual({
			apiToken: '',
			tenantToken: '',
			baseUrl: 'https://api.planhat.com',
			analyticsUrl: 'https://analytics.planhat.com',
			callsPerMinute: 200,
			readOnly: false,
			webhookSecret: '',
		});
	});

	it('hides every secret, and asks for none of them', () => {
		const secret = credential.properties.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(secret.map(({ name }) => name).sort()).toEqual(['apiToken', 'tenantToken', 'webhookSecret']);
		expect(credential.properties.filter(({ required }) => required === true)).toEqual([]);
	});

	it('says beside the webhook secret what its test says without an API token', () => {
		const names = credential.properties.map(({ name }) => name);
		const notice = credential.properties.find(({ name }) => name === 'webhookNotice');
		expect(notice?.displayName).toMatch(/leave 'API Token' blank.*could not connect.*works for the trigger/);
		expect(names.indexOf(String(notice?.name))).toBe(names.indexOf('webhookSecret') + 1);
		const shown = (webhookSecret: string) =>
			notice !== undefined && NodeHelpers.displayParameter({ webhookSecret }, notice, null, null);
		expect([shown('secret'), shown('')]).toEqual([true, false]);
	});

	it('takes no negative number of calls', () => {
		const calls = credential.properties.find(({ name }) => name === 'callsPerMinute');
		expect(calls?.typeOptions?.minValue).toBe(0);
	});

	it('says who is asking, by host', async () => {
		const authenticate = credential.authenticate;
		if (typeof authenticate !== 'function') throw new Error('authenticate is not a function');
		const secrets = { apiToken: 'api-secret', baseUrl: 'https://api.planhat.com' };
		const request = await authenticate(secrets, { url: '/companies' });
		expect(request.headers).toEqual({ Authorization: 'Bearer api-secret' });
		const elsewhere = await authenticate(secrets, { url: 'https://evil.example/' });
		expect(elsewhere.headers).toBeUndefined();
	});

	it('is tested by reading one company', () => {
		expect(credential.test.request).toMatchObject({ url: '/companies', qs: { limit: 1 } });
	});

	it('tells a bad token from one that may not read companies', () => {
		const messages = (credential.test.rules ?? []).map(({ type, properties }) => [
			type,
			'value' in properties ? properties.value : undefined,
			properties.message,
		]);
		expect(messages).toEqual([
			['responseCode', 401, expect.stringMatching(/expired.*region/)],
			['responseCode', 403, expect.stringMatching(/^The API token itself works/)],
		]);
	});
});
