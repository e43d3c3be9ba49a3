import { describe, expect, it } from '@jest/globals';
import { fetchWithNpm } from '../../../scripts/lib/registry.mjs';

/** What npm 11 wrote in each case, shortened. */
const said = {
	refused:
		'npm error code ECONNREFUSED\nnpm error FetchError: request to /cookie failed, reason: connect ECONNREFUSED 127.0.0.1:9',
	unreachable: 'npm error code ENETUNREACH\nnpm error network connect ENETUNREACH 192.0.2.1:443',
	firewall: 'npm error code EACCES\nnpm error network connect EACCES 192.0.2.1:443',
	unknownHost: 'npm error code ENOTFOUND\nnpm error network getaddrinfo ENOTFOUND registry.example',
	reset: 'npm error code ECONNRESET\nnpm error network aborted',
	readOnly:
		"npm error code EROFS\nnpm error syscall mkdir\nnpm error rofs EROFS: read-only file system, mkdir '/cache'",
	readOnlyCache:
		"npm error code ENOENT\nnpm error syscall mkdir\nnpm error path /cache/_cacache\nnpm error enoent ENOENT: mkdir '/cache/_cacache'",
	otherOwner:
		"npm error code EACCES\nnpm error syscall open\nnpm error errno EACCES: permission denied, open '/cache/x'",
	full: 'npm error code ENOSPC\nnpm error nospc There appears to be insufficient space',
	wrongHash: 'npm error code EINTEGRITY\nnpm error sha512-AAAA integrity checksum failed',
	noVersion: 'npm error code E404\nnpm error 404 No match found for version 24.99.0',
	strange: 'npm error Exit handler never called!',
};

/** Lets npm fail as the outputs say, one after the other, and then succeed; tells what was shown, waited for and run. */
async function fetch(...outputs: string[]) {
	const log: string[] = [];
	const parameters: string[][] = [];
	const options = {
		cwd: '/',
		what: 'n8n',
		note: (text: string) => log.push(text),
		pause: (milliseconds: number) => Promise.resolve(void log.push(`(${milliseconds} ms)`)),
		run: (given: string[]) => {
			log.push('(npm)');
			parameters.push(given);
			const output = outputs.shift();
			return Promise.resolve({ succeeded: output === undefined, reason: 'exit code 1', output: output ?? '' });
		},
	};
	const error = await fetchWithNpm(['ci'], options).then(
		() => undefined,
		(thrown: unknown) => thrown as Error & { advice: string; details: string },
	);
	return { error, log, parameters };
}

describe('fetching with npm', () => {
	it.each([
		[
			'refused',
			'npm could not fetch n8n: nobody answers at the npm registry (connection refused).',
			'Check the network',
		],
		['unreachable', 'nobody answers at the npm registry (ENETUNREACH).', 'Check the network'],
		['firewall', 'nobody answers at the npm registry (connect EACCES).', 'Check the network'],
		['unknownHost', 'there is no such host as the npm registry, or no network.', 'Check the network'],
		['readOnly', 'npm could not write what it fetched for n8n (EROFS).', 'the right to write'],
		['readOnlyCache', 'npm could not write what it fetched for n8n (ENOENT).', 'the right to write'],
		['otherOwner', 'npm could not write what it fetched for n8n (EACCES).', 'the right to write'],
		['full', 'No space was left on the disk for n8n.', 'Free some space'],
		['wrongHash', 'is not what this package pins by hash. Nothing of it was run.', 'npm cache clean'],
		['noVersion', 'the npm registry does not give it (E404).', 'Check the network'],
	] as const)('gives up after one try, in words: %s', async (name, message, advice) => {
		const { error, log } = await fetch(said[name]);
		expect(error?.message).toContain(message);
		expect(error?.advice).toContain(advice);
		expect(error?.details).toBe(said[name]);
		expect(log).toEqual(['(npm)']);
	});

	it('lets npm itself wait for seconds, not for more than a minute', async () => {
		const { parameters } = await fetch();
		expect(parameters).toEqual([
			expect.arrayContaining(['ci', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']),
		]);
	});

	it('says that it waits while it waits, and that it tries while it tries', async () => {
		const { error, log } = await fetch(said.reset);
		expect(error).toBeUndefined();
		expect(log).toEqual(['(npm)', 'try 1 of 3 failed, waiting 5 s', '(5000 ms)', 'try 2 of 3', '(npm)']);
	});

	it.each([
		['reset', 'the npm registry was not reached, or broke off. It was tried 3 times.'],
		['strange', 'npm could not fetch n8n. It was tried 3 times.'],
	] as const)('gives up after three tries: %s', async (name, message) => {
		const { error, log } = await fetch(said[name], said[name], said[name]);
		expect(error?.message).toContain(message);
		expect(log.filter((line) => line === '(npm)')).toHaveLength(3);
		expect(log.at(-1)).toBe('(npm)');
	});
});
