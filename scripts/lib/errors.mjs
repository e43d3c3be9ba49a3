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

/** Why the system refuses a file or folder, by its code. */
const refusals = {
	EROFS: 'it is on a disk that can only be read',
	EACCES: 'your account lacks the right',
	EPERM: 'the system does not allow it',
	ENOSPC: 'no space is left on the disk',
	EDQUOT: 'your share of the disk is used up',
	ENOTDIR: 'a part of its path is a file, not a folder',
	EEXIST: 'there is a file of that name',
	ENOENT: 'it is not there',
};

/**
 * Why the system refused a file or folder, as half a sentence with its code.
 *
 * @param {unknown} error
 * @returns {string | undefined} Nothing for an error that is not the file system's.
 */
export function whyRefused(error) {
	if (typeof error?.code !== 'string' || typeof error.path !== 'string') return undefined;
	return `${refusals[error.code] ?? 'the system refused'} (${error.code})`;
}

/**
 * What to show for any error: what happened, details, what to do. Only a StartError knows the latter well.
 *
 * @param {unknown} error
 */
export function describeError(error) {
	const { message, details = '', advice } = error instanceof StartError ? error : inWords(error);
	return [message, details && indent(details), `What to do: ${advice}`].filter(Boolean).join('\n');
}

function inWords(error) {
	const why = whyRefused(error);
	if (why !== undefined) {
		return {
			message: `"${error.path}" could not be used: ${why}.`,
			advice: 'See to that, then start again.',
		};
	}
	return {
		message: `The start script itself went wrong: ${[messageOf(error), messageOf(error?.cause)].filter(Boolean).join(': ')}`,
		advice: 'Start again; if it goes wrong again, please report it, with the log file.',
	};
}

/** An error for the log, where there is room for its stack. */
export function stackOf(error) {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
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

function messageOf(error) {
	return error instanceof Error ? error.message : error === undefined ? '' : String(error);
}

function indent(text) {
	return text
		.split('\n')
		.map((line) => `    ${line}`)
		.join('\n');
}
