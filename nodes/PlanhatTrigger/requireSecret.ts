import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { isHeaderName, readHeaderName } from './verification';
import { secretCredentialOf, webhookSecretsOf } from './webhookSecrets';

/**
 * Refuses to wait for deliveries of which none could ever be verified. n8n shows the message when a workflow is
 * published, and when it listens for a test event: the message alone, so that it says what to do as well.
 * @throws NodeOperationError without a credential or without a secret in it, or with a name that no header can have
 */
export async function requireSecret(this: IHookFunctions): Promise<void> {
	if (this.getNodeParameter('authentication', 'secret') === 'none') return;
	const headerName = readHeaderName(this.getNodeParameter('headerName', ''));
	if (!isHeaderName(headerName)) {
		throw new NodeOperationError(
			this.getNode(),
			"'Header Name' is not a name that a header can have. Use letters, digits and hyphens only, in Planhat and here, such as 'X-Planhat-Secret'.",
		);
	}
	if ((await webhookSecretsOf(this)).length > 0) return;
	const fault =
		secretCredentialOf(this.getNode()) === undefined
			? 'No credential is chosen'
			: 'The Planhat credential has no webhook secret';
	throw new NodeOperationError(
		this.getNode(),
		`${fault}, so every call would be refused. Select a credential under 'Credential for Planhat Webhook API'. Its 'Webhook Secret' must be the text that Planhat's automation sends in its header.`,
	);
}
