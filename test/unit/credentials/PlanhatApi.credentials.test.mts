import { describe, expect, it } from '@jest/globals';

import { PlanhatApi } from '../../../credentials/PlanhatApi.credentials.ts';
import { Planhat } from '../../../nodes/Planhat/Planhat.node.ts';
import { PlanhatTrigger } from '../../../nodes/PlanhatTrigger/PlanhatTrigger.node.ts';
import manifest from '../../../package.json';

const credential = new PlanhatApi();

describe('the credential', () => {
	it('has the fields and defaults that workflows depend on', () => {
		const fields = credential.properties.filter(({ type }) => type !== 'notice');
		const defaults = Object.fromEntries(fields.map((property) => [property.name, property.default]));
		expect(credential.name).toBe('planhatApi');
		expect(defaults).toEqual({
			apiToken: '',
			tenantToken: '',
			region: 'default',
			baseUrl: 'https://api.planhat.com',
			analyticsUrl: 'https://analytics.planhat.com',
			callsPerMinute: 200,
			readOnly: false,
			allowHttp: false,
			webhookSecret: '',
		});
	});

	it('hides every secret, and asks for none of them', () => {
		const secret = credential.properties.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(secret.map(({ name }) => name).sort()).toEqual(['apiToken', 'tenantToken', 'webhookSecret']);
		expect(credential.properties.filter(({ required }) => required === true)).toEqual([]);
	});

	it('takes whole numbers of calls from 0', () => {
		const calls = credential.properties.find(({ name }) => name === 'callsPerMinute');
		expect(calls?.typeOptions).toEqual({ minValue: 0, numberPrecision: 0 });
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

	it('is tested by a method of the node Planhat, which n8n finds before other nodes that take it', () => {
		expect(credential).not.toHaveProperty('test');
		const types = [new Planhat(), new PlanhatTrigger()];
		const named = types.flatMap(({ description }) => description.credentials ?? []);
		const testers = named.filter(({ name }) => name === 'planhatApi').map(({ testedBy }) => testedBy);
		expect(testers).toEqual(['testCredential', 'testCredential']);
		expect(new Planhat().methods.credentialTest?.testCredential).toBeInstanceOf(Function);
		expect(manifest.n8n.nodes[0]).toBe('dist/nodes/Planhat/Planhat.node.js');
	});
});
