import { joinedWords, planhatWords } from '../transport/words/errorText';
import { isObject } from '../values/checks';
import type { Knowledge } from './verdict';

/** How servers say that all is well, and no more. */
const wellWords =
	/^(?:all )?(?:ok(?:ay)?|true|success(?:ful|fully)?|accepted|received|queued|done|created|processed|thanks|thank you)?[.!\s]*$/i;

const failedWords = /^(?:error|fail(?:ed|ure)?|rejected|invalid|unauthorized|forbidden|denied)$/i;

/** Whether an answer with a good status says that it is none. */
export function denies(body: unknown): boolean {
	if (body === false) return true;
	if (!isObject(body)) return false;
	const isNo = [body.success, body.ok].some((one) => one === false || one === 0 || one === 'false');
	return isNo || (typeof body.status === 'string' && failedWords.test(body.status.trim()));
}

const wordKeys = ['message', 'detail', 'reason', 'description', 'warning', 'warnings', 'info'];

/** What servers count or list that did not go through. */
const lossKeys = ['failed', 'rejected', 'invalid', 'skipped', 'ignored', 'dropped', 'unknown', 'missing'];

function isSome(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return isObject(value) ? Object.keys(value).length > 0 : Boolean(value) && value !== '0';
}

/** Of a list so many entries are looked at: there may be one for each row. */
const mostEntries = 20;

/**
 * What an answer says beside counts and errors, and beside that all is well: nobody knows what Planhat may say there, so that
 * it is shown.
 * @returns blank where there is nothing
 */
export function remarksIn(body: unknown, reader: Required<Pick<Knowledge, 'said'>>): string {
	const wordsOf = (value: unknown) =>
		planhatWords(reader.said(Array.isArray(value) ? value.slice(0, mostEntries) : value));
	if (typeof body === 'string') return wellWords.test(body) ? '' : wordsOf(body);
	if (!isObject(body)) return '';
	const words = wordKeys.map((key) => wordsOf(body[key])).filter((text) => !wellWords.test(text));
	const losses = lossKeys.filter((key) => isSome(body[key])).map((key) => `${key}: ${wordsOf(body[key])}`);
	return joinedWords([...words, ...losses]);
}
