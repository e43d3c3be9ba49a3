import { isObject } from '../values/checks';
import { deepestLevel, isNestedDeeply } from '../values/nesting';
import { LargeAnswer, readBody, type ByteStream, type ReadingLimits } from './bodyStream';
import type { FullResponse } from './dispatch';

function isStream(body: unknown): body is ByteStream {
	return isObject(body) && typeof body.on === 'function' && typeof body.destroy === 'function';
}

/**
 * As n8n's helper parses an answer that it reads itself: what is no JSON stays a text.
 * @throws LargeAnswer for what n8n could not store
 */
function parsed(text: string): unknown {
	let value: unknown = text;
	try {
		if (text !== '') value = JSON.parse(text);
	} catch {
		return text;
	}
	if (isNestedDeeply(value)) throw new LargeAnswer(`the answer is nested more than ${deepestLevel} levels deep`);
	return value;
}

/** The charset that an answer names, where it is another than that of JSON. */
function charsetOf({ headers }: FullResponse): string | undefined {
	const charset = /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(String(headers['content-type'] ?? ''))?.[1];
	return charset === undefined || /^utf-?8$/i.test(charset) ? undefined : charset;
}

/**
 * Reads the body of an answer that n8n's helper has handed over as a stream.
 * @throws LargeAnswer for a success whose body is too large; a refusal is one without its body too
 */
export async function readAnswer(answer: FullResponse, limits: ReadingLimits): Promise<FullResponse> {
	const { body, statusCode } = answer;
	if (!isStream(body)) return answer;
	let thrown: unknown;
	try {
		return { ...answer, body: parsed(await readBody(body, { ...limits, charset: charsetOf(answer) })) };
	} catch (error) {
		thrown = error;
	}
	if (thrown instanceof LargeAnswer && statusCode >= 300) return { ...answer, body: thrown.message };
	throw thrown;
}
