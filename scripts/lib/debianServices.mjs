import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './processes.mjs';

const packages = ['postgresql', 'redis-server'];
const isRoot = process.getuid?.() === 0;

/** Where Debian, and a build of one's own, put the programs. */
const places = {
	postgres: '/usr/lib/postgresql',
	redis: ['/usr/bin/redis-server', '/usr/local/bin/redis-server'],
	installer: '/usr/bin/apt-get',
};

/**
 * The folder of PostgreSQL's programs, undefined where there is none.
 *
 * @param {string} [root]
 */
export function findPostgres(root = places.postgres) {
	const versions = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : [];
	return versions.map((version) => join(root, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
}

function findPrograms(where) {
	const postgres = findPostgres(where.postgres);
	const redis = where.redis.find((file) => existsSync(file));
	return postgres === undefined || redis === undefined ? undefined : { postgres, redis };
}

/** The machine has no PostgreSQL or Redis, and may not install them. */
export class MissingServices extends Error {}

/**
 * Finds PostgreSQL and Redis; installs them where this may be done, else says what to do.
 *
 * @param {{ where?: typeof places, mayInstall?: boolean, run?: typeof runToEnd }} [machine]
 */
export async function requireServices({ where = places, mayInstall = isRoot, run = runToEnd } = {}) {
	const found = findPrograms(where);
	if (found !== undefined) return found;
	const why = mayInstall && existsSync(where.installer) ? await install(where.installer, run) : '';
	const installed = findPrograms(where);
	if (installed !== undefined) return installed;
	throw new MissingServices(`This needs PostgreSQL and Redis: apt-get install ${packages.join(' ')}${why}`);
}

/** @returns {Promise<string>} Why it could not be done, to be put behind a sentence; empty where it was done. */
async function install(installer, run) {
	console.log(`Installing ${packages.join(' and ')} …`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	// An old list of packages may do.
	await run(installer, ['update'], { env });
	const { succeeded, output = '' } = await run(installer, ['install', '-y', '--no-install-recommends', ...packages], {
		env,
	});
	return succeeded ? '' : ` (it was tried: ${output.trim().split('\n').at(-1)})`;
}
