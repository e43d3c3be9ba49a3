import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { readSecrets } from './verification';

/**
 * Characters. Whoever knows the URL can guess, and n8n counts no guesses: at a thousand a second, three words of a language
 * (about 40 bits) last for decades, and 16 letters and digits made by chance (95 bits) for ever. Shorter than that, people
 * write one word and a year. From this length on, a secret does not turn up in an ID by accident either (see `hidden.ts`).
 */
export const shortestSecret = 16;

const howToMakeOne = `Use a password manager to generate ${shortestSecret} or more letters and digits. Enter it here, and as the value of the header in Planhat's step 'Call a webhook'.`;

/** What is wrong with the secrets of a credential, without repeating any of them. */
function findFault(webhookSecret: unknown): string | undefined {
	const secrets = readSecrets(webhookSecret);
	if (secrets.length === 0) return `There is no secret. ${howToMakeOne}`;
	for (const [place, secret] of secrets.entries()) {
		const name = secrets.length === 1 ? 'The secret' : `Secret ${place + 1} of ${secrets.length} (separated by commas)`;
		if (/[^\P{Cc}\t]/u.test(secret)) {
			return `${name} holds a line break or another character that no header can carry. ${howToMakeOne}`;
		}
		if (secret.length < shortestSecret) {
			return `${name} is too short: it has ${secret.length} of at least ${shortestSecret} characters. ${howToMakeOne}`;
		}
	}
	return undefined;
}

/**
 * The test of a Planhat Webhook API credential. It asks nobody: whether Planhat sends the same secret shows with the first
 * call only.
 */
export async function testWebhookSecret(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fault = findFault(data?.webhookSecret);
	return fault === undefined
		? {
				status: 'OK',
				message: 'The secret is long enough. The first call from Planhat shows whether Planhat sends the same one.',
			}
		: { status: 'Error', message: fault };
}
