import { describe, expect, it } from '@jest/globals';
import { describeError, StartError } from '../../../scripts/lib/errors.mjs';

describe('a failed start', () => {
	it('says what happened, shows the details, and says in one sentence what to do', () => {
		const error = new StartError('It failed.', 'Start again.', { details: 'line 1\nline 2' });
		expect(describeError(error)).toBe('It failed.\n    line 1\n    line 2\nWhat to do: Start again.');
	});

	it.each([
		['EROFS', 'it is on a disk that can only be read'],
		['EACCES', 'your account lacks the right'],
		['ENOSPC', 'no space is left on the disk'],
		['ELOOP', 'the system refused'],
	])('tells a refusal of the system in words, without a stack: %s', (code, why) => {
		const error = Object.assign(new Error(`${code}: refused, mkdtemp '/tmp/x'`), { code, path: '/tmp/x' });
		expect(describeError(error)).toBe(
			`"/tmp/x" could not be used: ${why} (${code}).\nWhat to do: See to that, then start again.`,
		);
	});

	it.each([
		[new TypeError('fetch failed', { cause: new Error('read ECONNRESET') }), 'fetch failed: read ECONNRESET'],
		[new Error('no'), 'no'],
		['text', 'text'],
		[undefined, ''],
	])('tells anything else in words, without a stack: %s', (error, said) => {
		expect(describeError(error)).toBe(
			`The start script itself went wrong: ${said}\n` +
				'What to do: Start again; if it goes wrong again, please report it, with the log file.',
		);
	});
});
