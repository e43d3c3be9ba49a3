import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { readSecrets } from './verification';

/** The credentials that can hold the secret. Workflows from before the first one came keep it in the second. */
const credentialTypes = ['planhatWebhookApi', 'planhatApi'] as const;

/** What n8n hands to the methods of a node, as far as it is needed here. */
interface CredentialsContext {
	getNode(): INode;
	getCredentials<T extends object = ICredentialDataDecryptedObject>(type: string): Promise<T>;
}

/**
 * The credential that the secret is read from: where both are chosen, the one that is made for it, and never a mixture.
 * @returns its type; undefined when none is chosen
 */
export function secretCredentialOf({ credentials }: INode): (typeof credentialTypes)[number] | undefined {
	return credentialTypes.find((type) => credentials?.[type] !== undefined);
}

/**
 * The secrets that are valid for a node.
 * @returns none when no credential is chosen, or when it has no secret
 * @throws NodeOperationError when n8n cannot read the credential
 */
export async function webhookSecretsOf(context: CredentialsContext): Promise<string[]> {
	const type = secretCredentialOf(context.getNode());
	if (type === undefined) return [];
	const { webhookSecret } = await context.getCredentials(type);
	return readSecrets(webhookSecret);
}
