import { describe, expect, it } from '@jest/globals';
import type { INode } from 'n8n-workflow';

import { secretCredentialOf, webhookSecretsOf } from '../../../nodes/PlanhatTrigger/webhookSecrets.ts';
import { node } from '../fakeItem.mts';

const chosen = { id: '1', name: 'Planhat' };

function withCredentials(...types: string[]): INode {
	return { ...node, credentials: Object.fromEntries(types.map((type) => [type, chosen])) };
}

/** The secrets of a node whose credentials hold these texts. */
async function secretsOf(texts: Record<string, unknown>) {
	return await webhookSecretsOf({
		getNode: () => withCredentials(...Object.keys(texts)),
		getCredentials: async <T extends object>(type: string) => ({ webhookSecret: texts[type] }) as T,
	});
}

describe('the credential that the secret is read from', () => {
	it('is the one that is made for it, where both are chosen', () => {
		expect(secretCredentialOf(withCredentials('planhatApi', 'planhatWebhookApi'))).toBe('planhatWebhookApi');
		expect(secretCredentialOf(withCredentials('planhatApi'))).toBe('planhatApi');
	});

	it('is none where none of the two is chosen', () => {
		expect(secretCredentialOf(node)).toBeUndefined();
		expect(secretCredentialOf(withCredentials('httpBasicAuth'))).toBeUndefined();
	});
});

describe('the secrets of a node', () => {
	it('are those of one credential, never of both', async () => {
		expect(await secretsOf({ planhatApi: 'old', planhatWebhookApi: 'new, newer' })).toEqual(['new', 'newer']);
		expect(await secretsOf({ planhatApi: 'old', planhatWebhookApi: '' })).toEqual([]);
		expect(await secretsOf({ planhatApi: 'old' })).toEqual(['old']);
	});

	it('are none without a credential', async () => {
		expect(await secretsOf({})).toEqual([]);
	});
});
