import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from './errors.mjs';
import { runNpm } from './npm.mjs';

const waitsBetweenTries = [5_000, 20_000];
const networkTroubles =
	/ECONNRESET|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E5\d\d|E429/;

/** What a second try cannot mend: a lock file that does not fit, no space, no right to write. */
const lastingTroubles = /code (EUSAGE|ERESOLVE|ENOSPC|EACCES|EPERM|EROFS|EBADPLATFORM)/;

/**
 * Lets npm fetch packages; a registry that stumbles is asked again, three times in all.
 *
 * @param {string[]} parameters
 * @param {{ cwd: string, what: string, note?: (text: string) => void, env?: NodeJS.ProcessEnv }} options
 */
export async function fetchWithNpm(parameters, { cwd, what, note = () => {}, env }) {
	for (let tried = 0; ; tried += 1) {
		const result = await runNpm(
			[...parameters, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
			{ cwd, env },
		);
		if (result.succeeded) return;
		if (/ENOSPC/.test(result.output)) {
			throw new StartError(`No space was left on the disk for ${what}.`, 'Free some space and start again.');
		}
		if (lastingTroubles.test(result.output) || tried >= waitsBetweenTries.length)
			throw notFetched(what, result, tried + 1);
		note(`try ${tried + 1} failed, next one in ${waitsBetweenTries[tried] / 1000} s`);
		await wait(waitsBetweenTries[tried]);
	}
}

function notFetched(what, { reason, output }, tries) {
	const advice = networkTroubles.test(output)
		? 'The npm registry was not reached. Check the network and npm\'s own settings ("npm config get registry", proxy), then start again.'
		: 'Read what npm says above; "npm cache verify" and a second start often help.';
	return new StartError(
		`npm could not fetch ${what} (${reason}${tries > 1 ? `, tried ${tries} times` : ''}).`,
		advice,
		{
			details: output,
		},
	);
}
