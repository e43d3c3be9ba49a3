import { describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { isSameForAll } from '../../../../nodes/Planhat/run/sameCredential.ts';
import { node } from '../../fakeItem.mts';

/** n8n's functions for a node, as far as the credential is concerned, and the items whose credential was resolved. */
function context(stored: ICredentialDataDecryptedObject | Error | undefined, tokenOf: (index: number) => string) {
	const resolved: number[] = [];
	const helper = {
		getDecrypted: async () => {
			if (stored instanceof Error) throw stored;
			return stored;
		},
	};
	const functions = {
		...(stored !== undefined && { additionalData: { credentialsHelper: helper } }),
		getNode: () => ({ ...node, credentials: { planhatApi: { id: '1', name: 'Planhat' } } }),
		getMode: () => 'manual',
		getExecuteData: () => ({}),
		getCredentials: async (_type: string, index: number) => {
			resolved.push(index);
			return { apiToken: tokenOf(index) };
		},
	};
	return { functions: functions as unknown as IExecuteFunctions, resolved };
}

async function isSame(
	stored: ICredentialDataDecryptedObject | Error | undefined,
	tokenOf: (index: number) => string = () => 'token',
	count = 101,
) {
	const { functions, resolved } = context(stored, tokenOf);
	return { is: await isSameForAll(functions, count, ({ apiToken }) => String(apiToken)), resolved };
}

describe('the credential of all items', () => {
	it.each(['token', '={{ $secrets.vault.planhat }}', '= {{$vars.token}}', "={{ $env['TOKEN'] }}"])(
		'is the same where it is stored as %j, and three items bear it out',
		async (apiToken) => {
			expect(await isSame({ apiToken })).toEqual({ is: true, resolved: [0, 50, 100] });
		},
	);

	it.each(['={{ $json.token }}', '={{ $vars.tokens[$json.tenant] }}', '={{ $vars.a }}{{ $json.b }}', '=a'])(
		'may differ where it is stored as %j',
		async (apiToken) => {
			expect((await isSame({ apiToken })).is).toBe(false);
			expect((await isSame({ apiToken: 'token', baseUrl: apiToken })).is).toBe(false);
		},
	);

	it.each([0, 50, 100])('is not the same where item %d has another', async (other) => {
		expect((await isSame({ apiToken: 'token' }, (index) => (index === other ? 'other' : 'token'))).is).toBe(false);
	});

	it('is not taken for the same where n8n does not say how it is stored', async () => {
		expect((await isSame(undefined)).is).toBe(false);
		expect((await isSame(new Error('gone'))).is).toBe(false);
	});

	it('is the same for one item, without asking', async () => {
		expect(await isSame({ apiToken: '={{ $json.token }}' }, undefined, 1)).toEqual({ is: true, resolved: [] });
	});
});
