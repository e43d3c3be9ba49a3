import { createHash, timingSafeEqual } from 'node:crypto';

/** Name of the header with the secret, unless the user chooses another. */
export const defaultHeaderName = 'X-Planhat-Secret';

/**
 * The name of the header as it is looked for.
 * @param value of the parameter; a colon or blanks around it are left out, and nothing means the default
 * @returns the name in small letters, as Node has it
 */
export function readHeaderName(value: unknown): string {
	const name = typeof value === 'string' ? value.trim().replace(/\s*:$/, '') : '';
	return (name || defaultHeaderName).toLowerCase();
}

/** Whether HTTP allows this as the name of a header (RFC 9110, 5.6.2). */
export function isHeaderName(name: string): boolean {
	return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}

/** The parts of a text with commas, without blanks around them. Node joins headers that come twice by a comma. */
function partsOf(text: string): string[] {
	return text.split(',').map((part) => part.trim());
}

/**
 * The secrets that are valid now: one, or two while it is being changed.
 * @param webhookSecret of the credential: secrets with a comma between them; empty parts are none
 */
export function readSecrets(webhookSecret: unknown): string[] {
	return typeof webhookSecret === 'string' ? partsOf(webhookSecret).filter((secret) => secret !== '') : [];
}

/** All of the same length, so that the time of a comparison tells nothing of the length of a secret either. */
function digest(text: string): Buffer {
	return createHash('sha256').update(text, 'utf8').digest();
}

/** What a header may say. Node reads it byte by byte; a sender may have written letters such as `ü` as two bytes, in UTF-8. */
export function readingsOf(value: string): string[] {
	return [value, Buffer.from(value, 'latin1').toString('utf8')];
}

function matchesAny(value: string, secrets: Buffer[]): boolean {
	const received = readingsOf(value).map(digest);
	const matches = secrets.map((secret) => received.map((reading) => timingSafeEqual(reading, secret)));
	return matches.flat().includes(true);
}

/**
 * Whether a delivery carries a valid secret. A header that comes several times is good only if each value is.
 * @param header as Node gives it: a text, a list where it came several times, or nothing
 * @param secrets that are valid; with none, nothing is
 */
export function isVerified(header: string | string[] | undefined, secrets: readonly string[]): boolean {
	const values = [header ?? []].flat().flatMap(partsOf);
	const digests = secrets.map(digest);
	return values.length > 0 && values.every((value) => matchesAny(value, digests));
}
