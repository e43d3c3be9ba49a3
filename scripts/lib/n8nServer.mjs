import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from './errors.mjs';
import { createN8nClient } from './n8nClient.mjs';
import { installN8n } from './n8nInstall.mjs';
import { findFreePorts } from './ports.mjs';
import { runToEnd, startProcess } from './processes.mjs';
import { silentProgress } from './progress.mjs';
import { waitFor } from './waiting.mjs';

const startTimeout = 180_000;

/** What n8n may see of our environment: what a program needs to run, and nothing else, tokens least of all. */
const passedOn =
	/^(PATH|HOME|USER|LANG|LC_.*|TZ|SYSTEMROOT|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|SSL_CERT_.*|NODE_EXTRA_CA_CERTS|HTTPS?_PROXY|ALL_PROXY|NO_PROXY)$/i;

/** Nothing of n8n's own that calls home, asks questions or advertises. */
const quietSettings = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_AI_ENABLED: 'false',
	// This one has no other switch: it fetches a list of servers at the start.
	N8N_DISABLED_MODULES: 'mcp-registry',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
};

/**
 * Starts n8n, the pinned one unless told otherwise, with a packed package in it, on loopback, with data of its own that `stop` removes.
 *
 * @param {object} options
 * @param {string} options.tarball The package as `npm pack` made it.
 * @param {string} [options.packageName]
 * @param {string} [options.version]
 * @param {string} [options.cacheFolder] Where n8n is kept; see `defaultCacheFolder`.
 * @param {number} [options.port] A free one unless given.
 * @param {Record<string, string>} [options.environment] More settings for n8n.
 * @param {ReturnType<import('./progress.mjs').createProgress>} [options.progress]
 */
export async function startN8n({
	tarball,
	packageName = 'n8n-nodes-planhat',
	version,
	cacheFolder,
	port,
	environment = {},
	progress = silentProgress,
}) {
	const installed = await installN8n({ version, cacheFolder, progress });
	const { server, address, stop, restart } = await startN8nProcess({
		installed,
		tarball,
		packageName,
		port,
		environment,
	});
	let current = server;
	const isReady = async () =>
		await waitUntilReady(current, [`${address}/healthz/readiness`, `${address}/rest/settings`]);
	try {
		await progress.step(`Starting n8n ${installed.version}`, isReady);

		const client = createN8nClient(address, installed.version);
		const owner = newOwner();
		await client.setUpOwner(owner);
		return {
			...client,
			address,
			pid: server.pid,
			version: installed.version,
			login: { email: owner.email, password: owner.password },
			logLines: () => current.output(),
			/** Resolves when n8n has ended, whoever ended it. */
			ended: server.ended,
			stop,
			/**
			 * Ends n8n, and starts it again at the same address with the same data.
			 *
			 * @param {{ changes?: Record<string, string>, whileStopped?: () => void }} [options] `changes` are other settings.
			 */
			restart: async ({ changes, whileStopped } = {}) => {
				current = await restart(changes, whileStopped);
				await isReady();
			},
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * Starts one process of n8n with the package in it and data of its own; it may not be ready yet.
 *
 * @param {object} options
 * @param {Awaited<ReturnType<typeof installN8n>>} options.installed
 * @param {string} options.tarball
 * @param {string} [options.packageName]
 * @param {'start' | 'webhook' | 'worker'} [options.command]
 * @param {number} [options.port]
 * @param {Record<string, string>} [options.environment]
 * @param {(packageFolder: string) => Promise<void>} [options.alter] Changes the unpacked package.
 */
export async function startN8nProcess({
	installed,
	tarball,
	packageName = 'n8n-nodes-planhat',
	command = 'start',
	port,
	environment = {},
	alter,
}) {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-'));
	let server;
	const stop = async () => {
		await server?.stop();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const packageFolder = await addCommunityPackage({ userFolder, tarball, packageName });
		await alter?.(packageFolder);
		const [freePort, brokerPort, healthPort] = await findFreePorts(3);
		const ownPort = command === 'worker' ? healthPort : (port ?? freePort);
		const temporaryFolder = join(userFolder, 'tmp');
		await mkdir(temporaryFolder);
		const settings = {
			...environmentOf(process.env),
			...quietSettings,
			// Older ones do not start with the name of a module that came later.
			...(installed.version.startsWith('1.') && { N8N_DISABLED_MODULES: '' }),
			...Object.fromEntries(['TMPDIR', 'TEMP', 'TMP'].map((name) => [name, temporaryFolder])),
			N8N_USER_FOLDER: userFolder,
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(ownPort),
			QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			N8N_SECURE_COOKIE: 'false',
			N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			// At "info" hundreds of lines about its database would hide what went wrong.
			N8N_LOG_LEVEL: 'warn',
			...environment,
		};
		const launch = (changes = {}) =>
			startProcess(installed.nodeFile, [installed.n8nFile, command], {
				cwd: userFolder,
				env: { ...settings, ...changes },
			});
		server = launch();
		const restart = async (changes, whileStopped) => {
			await server.stop();
			whileStopped?.();
			server = launch(changes);
			return server;
		};
		return { server, address: `http://127.0.0.1:${ownPort}`, stop, restart };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Lays the package down as n8n's own installer of community packages would. */
async function addCommunityPackage({ userFolder, tarball, packageName }) {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const packageFolder = join(nodesFolder, 'node_modules', packageName);
	await mkdir(packageFolder, { recursive: true });
	await writeFile(
		join(nodesFolder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: { [packageName]: '*' } }),
	);
	const unpacked = await runToEnd('tar', ['-xzf', tarball, '--strip-components=1', '-C', packageFolder]);
	if (unpacked.succeeded) return packageFolder;
	throw new StartError(
		`The packed package could not be unpacked (${unpacked.reason}).`,
		'Check that "tar" is installed and that the disk has room.',
		{ details: unpacked.output },
	);
}

/**
 * Waits until a process of n8n answers at all of these addresses.
 *
 * @param {ReturnType<typeof startProcess>} server
 * @param {string[]} urls
 */
export async function waitUntilReady(server, urls) {
	await waitFor(
		async () => {
			if (server.hasEnded()) {
				const { code, signal } = await server.ended;
				throw new StartError(
					`n8n ended while it was starting (${signal ?? `exit code ${code}`}).`,
					'Read the last lines of its log above. When they name a missing or broken file, delete the cache folder and start again.',
					{ details: server.output() },
				);
			}
			for (const url of urls) if (!(await answersOk(url))) return undefined;
			return true;
		},
		{ timeoutMilliseconds: startTimeout, what: 'The start of n8n', details: server.output },
	);
}

async function answersOk(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		await response.arrayBuffer();
		return response.ok && (response.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}

function environmentOf(environment) {
	const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => passedOn.test(name)));
	const direct = [kept.NO_PROXY ?? kept.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return { ...kept, NO_PROXY: direct, no_proxy: direct };
}

/** The owner of a throw-away n8n. A password of its own each time: the credential store may hold a real token. */
function newOwner() {
	return {
		email: 'owner@example.com',
		firstName: 'Planhat',
		lastName: 'Trial',
		password: `Trial-${randomBytes(6).toString('hex')}1`,
	};
}
