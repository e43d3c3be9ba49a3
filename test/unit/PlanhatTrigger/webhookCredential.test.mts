import { describe, expect, it } from '@jest/globals';
import { NodeHelpers, type ICredentialsDecrypted, type ICredentialTestFunctions } from 'n8n-workflow';

import { PlanhatApi } from '../../../credentials/PlanhatApi.credentials.ts';
import { PlanhatWebhookApi } from '../../../credentials/PlanhatWebhookApi.credentials.ts';
import { PlanhatTrigger } from '../../../nodes/PlanhatTrigger/PlanhatTrigger.node.ts';
import { shortestSecret } from '../../../nodes/PlanhatTrigger/testWebhookSecret.ts';
import packageJson from '../../../package.json';

const credential = new PlanhatWebhookApi();
const { testWebhookSecret } = new PlanhatTrigger().methods.credentialTest;

async function test(webhookSecret: unknown) {
	const data = (webhookSecret === undefined ? {} : { webhookSecret }) as ICredentialsDecrypted['data'];
	return await testWebhookSecret.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'a',
		type: credential.name,
		data,
	});
}

describe('the credential of the webhook', () => {
	it('asks for a secret and nothing else', () => {
		expect(credential.name).toBe('planhatWebhookApi');
		expect(credential.properties.map(({ name, type, typeOptions }) => [name, type, typeOptions])).toEqual([
			['webhookSecret', 'string', { password: true }],
		]);
		expect(credential.properties[0]?.description).toContain(`${shortestSecret} characters`);
	});

	it('is taken in by n8n', () => {
		expect(packageJson.n8n.credentials).toContain('dist/credentials/PlanhatWebhookApi.credentials.js');
	});

	it('replaces a field that the Planhat API credential does not show any more, and keeps where it was stored', () => {
		const { properties } = new PlanhatApi();
		expect(properties.find(({ name }) => name === 'webhookSecret')).toMatchObject({
			type: 'hidden',
			typeOptions: { password: true },
		});
		// Both when n8n reads a credential and when it stores one.
		for (const withDefaults of [true, false]) {
			const data = NodeHelpers.getNodeParameters(properties, { webhookSecret: 'old' }, withDefaults, false, null, null);
			expect(data).toMatchObject({ webhookSecret: 'old' });
		}
	});
});

describe('the test of the webhook credential', () => {
	it.each(['', ' , ,', undefined, 5])('says that there is no secret: %j', async (secret) => {
		const { status, message } = await test(secret);
		expect(status).toBe('Error');
		expect(message).toMatch(
			/^There is no secret\. Use a password manager to generate 16 or more letters.*'Call a webhook'/,
		);
	});

	it('says which one is too short, without repeating it', async () => {
		expect((await test('correct horse')).message).toMatch(
			/^The secret is too short: it has 13 of at least 16 characters\. Use a password manager/,
		);
		const { status, message } = await test(`${'x'.repeat(16)}, hunter2`);
		expect(status).toBe('Error');
		expect(message).toMatch(/^Secret 2 of 2 \(separated by commas\) is too short: it has 7/);
		expect(message).not.toContain('hunter2');
	});

	it('says that no header can carry a line break', async () => {
		const { status, message } = await test('first line of it\nsecond line');
		expect([status, message]).toEqual(['Error', expect.stringMatching(/^The secret holds a line break/)]);
	});

	it.each([
		'correct horse battery',
		'x'.repeat(16),
		` ${'x'.repeat(16)} ,${'y'.repeat(20)},`,
		'Schlüssel mit Umlauten\tund Tab',
		'ä'.repeat(16),
	])('is content with %j', async (secret) => {
		const { status, message } = await test(secret);
		expect([status, message]).toEqual(['OK', expect.stringMatching(/long enough\. The first call from Planhat/)]);
	});
});
