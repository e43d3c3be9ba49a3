import type { ICredentialDataDecryptedObject, IExecuteFunctions, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { credentialTypeOf, givenFields } from '../credential/authentication';

/** n8n's execute functions hold this; it is not among what their interface names. */
type Additional = { additionalData?: Pick<IWorkflowExecuteAdditionalData, 'credentialsHelper'> };

/** Nothing but a secret of a vault, a variable of the instance or of its environment: the same for each item. */
const fixedExpression = /^=\s*\{\{\s*\$(?:secrets|vars|env)[\w.[\]'"-]*\s*\}\}\s*$/;

function mayDiffer(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=') && !fixedExpression.test(value);
}

/**
 * Reads the credential as it is stored, with its expressions. n8n's functions for nodes give only what comes of them, so
 * that its own helper is asked (n8n-workflow, `ICredentialsHelper.getDecrypted`).
 * @returns undefined where n8n does not offer it
 */
async function readStored(context: IExecuteFunctions): Promise<ICredentialDataDecryptedObject | undefined> {
	const { additionalData } = context as Additional;
	const node = context.getNode();
	const type = credentialTypeOf(node);
	const reference = node.credentials?.[type];
	if (additionalData === undefined || reference === undefined) return undefined;
	return await additionalData.credentialsHelper.getDecrypted(
		additionalData as IWorkflowExecuteAdditionalData,
		reference,
		type,
		context.getMode(),
		context.getExecuteData(),
		true,
	);
}

/**
 * Whether all items of a run have the same credential: then it need not be decrypted, and its expressions resolved, for
 * each of them (n8n reads its database for that each time). Where it is not certain, they have not.
 */
export async function isSameForAll(
	context: IExecuteFunctions,
	count: number,
	identityOf: (credentials: ICredentialDataDecryptedObject) => string,
): Promise<boolean> {
	if (count < 2) return true;
	try {
		const stored = await readStored(context);
		if (stored === undefined || Object.values(givenFields(stored)).some(mayDiffer)) return false;
		// What is not in n8n's interface may change: a few items have to bear it out.
		const identities = new Set<string>();
		for (const index of [0, count >> 1, count - 1]) {
			identities.add(identityOf(await context.getCredentials(credentialTypeOf(context.getNode()), index)));
		}
		return identities.size === 1;
	} catch {
		return false;
	}
}
