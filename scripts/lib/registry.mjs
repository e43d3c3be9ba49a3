import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from './errors.mjs';
import { runNpm } from './npm.mjs';

/** npm says what is wrong at the beginning; the log of the start holds the rest. */
const linesShown = 6;

const secondsBetweenTries = [5, 20];

/** npm asks for each package three times. By itself it waits for 10 and 60 seconds in between, also where nobody listens. */
const shortWaits = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

const checkSettings =
	'Check the network and npm\'s own settings ("npm config get registry", "npm config get proxy"), then start again.';

/** What npm's own words mean, first match first. With `once` a second try would end in the same way. */
const troubles = [
	{
		pattern: /ENOSPC/,
		once: true,
		message: (what) => `No space was left on the disk for ${what}.`,
		advice: 'Free some space and start again.',
	},
	{
		pattern: /EINTEGRITY/,
		once: true,
		message: (what) => `What npm fetched for ${what} is not what this package pins by hash. Nothing of it was run.`,
		advice: 'Type "npm cache clean --force" and start again; if it happens again, do not trust this npm registry.',
	},
	{
		pattern: /ECONNREFUSED|connect (?:EACCES|EPERM)|EHOSTUNREACH|ENETUNREACH/,
		once: true,
		message: (what, [code]) =>
			`npm could not fetch ${what}: nobody answers at the npm registry (${code === 'ECONNREFUSED' ? 'connection refused' : code}).`,
		advice: checkSettings,
	},
	{
		pattern: /ENOTFOUND/,
		once: true,
		message: (what) => `npm could not fetch ${what}: there is no such host as the npm registry, or no network.`,
		advice: checkSettings,
	},
	{
		// npm too says ENOENT for a folder that it cannot make on a disk that can only be read.
		pattern: /\b(EROFS|EACCES|EPERM)\b|code (ENOENT|ENOTDIR)\n.*syscall (?:mkdir|open|rename)/,
		once: true,
		message: (what, [, refused, code = refused]) => `npm could not write what it fetched for ${what} (${code}).`,
		advice:
			'Give yourself the right to write to the folder that npm names above ("npm config get cache" names its own), then start again.',
	},
	{
		pattern: /code (E40[134])/,
		once: true,
		message: (what, [, code]) => `npm could not fetch ${what}: the npm registry does not give it (${code}).`,
		advice: checkSettings,
	},
	{
		pattern: /ECONNRESET|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|code (?:E5\d\d|E429)/,
		once: false,
		message: (what) => `npm could not fetch ${what}: the npm registry was not reached, or broke off.`,
		advice: checkSettings,
	},
	{
		pattern: /code (EUSAGE|ERESOLVE|EBADPLATFORM)/,
		once: true,
		message: (what, [, code]) => `npm refuses to install ${what} (${code}).`,
		advice: 'Read what npm says above; in an unchanged checkout, please report it.',
	},
	{
		pattern: /^/,
		once: false,
		message: (what) => `npm could not fetch ${what}.`,
		advice: 'Read what npm says above; "npm cache verify" and a second start often help.',
	},
];

/**
 * Lets npm fetch packages; a registry that stumbles is asked again, three times in all.
 *
 * @param {string[]} parameters
 * @param {{ cwd: string, what: string, note?: (text: string) => void, run?: typeof runNpm, pause?: (milliseconds: number) => Promise<void> }} options
 */
export async function fetchWithNpm(parameters, { cwd, what, note = () => {}, run = runNpm, pause = wait }) {
	const tries = secondsBetweenTries.length + 1;
	for (let tried = 1; ; tried += 1) {
		const result = await run(
			[...parameters, ...shortWaits, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
			{ cwd },
		);
		if (result.succeeded) return;
		const trouble = troubles.find(({ pattern }) => pattern.test(result.output));
		if (trouble.once || tried === tries) throw notFetched(what, trouble, result, tried);
		const seconds = secondsBetweenTries[tried - 1];
		note(`try ${tried} of ${tries} failed, waiting ${seconds} s`);
		await pause(seconds * 1_000);
		note(`try ${tried + 1} of ${tries}`);
	}
}

function notFetched(what, { pattern, message, advice }, { reason, output }, tries) {
	const said = message(what, pattern.exec(output));
	const after = tries > 1 ? ` It was tried ${tries} times.` : '';
	const firstLines = (output || reason).split('\n').slice(0, linesShown).join('\n');
	return new StartError(`${said}${after}`, advice, { details: firstLines });
}
