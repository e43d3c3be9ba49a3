/** An error that a person can act on: what happened, and what to do next. Shown without a stack. */
export class StartError extends Error {
	/**
	 * @param {string} message What happened.
	 * @param {string} advice What to do next.
	 * @param {{ details?: string, cause?: unknown }} [more] Details are, for example, the last lines of a log.
	 */
	constructor(message, advice, { details = '', cause } = {}) {
		super(message, { cause });
		this.name = 'StartError';
		this.advice = advice;
		this.details = details;
	}
}

/**
 * The text to show for an error, with everything in `secrets` blotted out.
 *
 * @param {unknown} error
 * @param {Array<string | undefined>} [secrets]
 */
export function describeError(error, secrets = []) {
	const parts =
		error instanceof StartError
			? [error.message, error.details && indent(error.details), error.advice && `What to do: ${error.advice}`]
			: [error instanceof Error ? (error.stack ?? error.message) : String(error)];
	return withoutSecrets(parts.filter(Boolean).join('\n'), secrets);
}

/**
 * The text with each secret replaced by asterisks.
 *
 * @param {string} text
 * @param {Array<string | undefined>} secrets
 */
export function withoutSecrets(text, secrets) {
	return secrets.filter((secret) => secret).reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

function indent(text) {
	return text
		.split('\n')
		.map((line) => `    ${line}`)
		.join('\n');
}
