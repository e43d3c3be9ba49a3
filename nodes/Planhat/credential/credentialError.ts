/** What is wrong with a credential, and how to mend it. */
export interface CredentialProblem {
	message: string;
	/** What to do next. */
	description: string;
}

/** A credential that cannot be used as it stands. No text of it holds a token or an address. */
export class CredentialError extends Error implements CredentialProblem {
	readonly description: string;

	constructor({ message, description }: CredentialProblem) {
		super(message);
		this.name = 'CredentialError';
		this.description = description;
	}
}
