import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** What `webhookSecret` may hold: several, separated by commas. */
function secretsOf({ apiToken, tenantToken, webhookSecret }: ICredentialDataDecryptedObject): string[] {
	const parts = [apiToken, tenantToken, ...String(webhookSecret ?? '').split(',')];
	const texts = parts.map((part) => (typeof part === 'string' ? part.trim() : '')).filter((part) => part !== '');
	// As it stands in an address, and as Basic (Planhat's documents, "Authentication"); longest first, should one hold another.
	const forms = texts.flatMap((text) => {
		const basic = Buffer.from(`${text}:`).toString('base64');
		return [text, encodeURIComponent(text), basic, basic.replace(/=+$/, '')];
	});
	return forms.sort((one, other) => other.length - one.length);
}

/**
 * Makes a function that takes the secrets of the credential out of a text, should Planhat's answer repeat one.
 * @param readCredentials reads the decrypted credential
 * @returns undefined where the credential cannot be read any more
 */
export async function secretHider(
	readCredentials: () => Promise<ICredentialDataDecryptedObject>,
): Promise<((text: string) => string) | undefined> {
	let secrets: string[];
	try {
		secrets = secretsOf(await readCredentials());
	} catch {
		return undefined;
	}
	return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text);
}

/**
 * Copies the body of an answer without the secrets in its texts.
 * @param body parsed JSON
 * @param hide as made by `secretHider`
 */
export function hiddenIn(body: unknown, hide: (text: string) => string): unknown {
	return JSON.parse(JSON.stringify(body), (_key, value: unknown) => (typeof value === 'string' ? hide(value) : value));
}
