import type { ICredentialDataDecryptedObject, INode, INodeProperties } from 'n8n-workflow';

/** The credentials that lead to Planhat's API: one holds a token, for the other n8n fetches and renews one. */
export type CredentialType = 'planhatApi' | 'planhatOAuth2Api';

/** Workflows from before there was a choice hold no value, which means the default. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: 'apiToken',
	options: [
		{ name: 'API Token', value: 'apiToken' },
		{ name: 'OAuth2', value: 'oAuth2' },
	],
};

/** Which credential a node uses, by its parameter Authentication. */
export function credentialTypeOf({ parameters }: Pick<INode, 'parameters'>): CredentialType {
	return parameters.authentication === 'oAuth2' ? 'planhatOAuth2Api' : 'planhatApi';
}

/** n8n's ID of the credential that a node uses; undefined where it has none. */
export function credentialIdOf(node: Pick<INode, 'parameters' | 'credentials'>): string | undefined {
	const reference = node.credentials?.[credentialTypeOf(node)];
	return reference && String(reference.id);
}

/** What n8n fills in by itself, so that it says nothing of whose credential it is: a token that was renewed changes it. */
const ownFields = new Set([
	'oauthTokenData',
	'authUrl',
	'accessTokenUrl',
	'allowedHttpRequestDomains',
	'allowedDomains',
]);

/** The fields of a credential that people fill in. */
export function givenFields(credentials: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	return Object.fromEntries(Object.entries(credentials).filter(([name]) => !ownFields.has(name)));
}
