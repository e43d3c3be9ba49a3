import { StartError } from './errors.mjs';
import { checkoutFolder } from './checkout.mjs';
import { startProcess } from './processes.mjs';
import { waitFor } from './waiting.mjs';

const startTimeout = 60_000;

/**
 * Starts the test double of Planhat with a data set.
 *
 * @param {{ companies?: number, parameters?: string[] }} [options] `parameters` go to the double as they are.
 */
export async function startStandIn({ companies = 1_000, parameters = [] } = {}) {
	let announced;
	const server = startProcess(
		process.execPath,
		['--import', 'tsx', 'test/planhat-server/main.mts', '--companies', String(companies), ...parameters],
		{
			cwd: checkoutFolder,
			// tsx would leave what it compiles in the folder for temporary files.
			env: { ...process.env, TSX_DISABLE_CACHE: '1' },
			onLine: (line) => {
				announced ??= announcementIn(line);
			},
		},
	);
	try {
		const { baseUrl, analyticsUrl, apiToken, tenantToken } = await waitFor(
			async () => {
				if (announced === undefined && server.hasEnded()) throw endedEarly(server);
				return announced;
			},
			{
				timeoutMilliseconds: startTimeout,
				what: 'The start of the test double of Planhat',
				details: server.output,
			},
		);
		return {
			baseUrl,
			analyticsUrl,
			apiToken,
			tenantToken,
			companies,
			pid: server.pid,
			/** The external IDs of all companies, asked of the double itself, so that the node's own word is not all we have. */
			externalIds: async () =>
				(await ask(baseUrl, apiToken, 'leancompanies')).map(({ externalId }) => externalId ?? ''),
			firstRecord: async (path) => (await ask(baseUrl, apiToken, `${path}?limit=1`))[0],
			stop: async () => await server.stop(3_000),
		};
	} catch (error) {
		await server.stop(0);
		throw error;
	}
}

async function ask(baseUrl, apiToken, path) {
	const response = await fetch(`${baseUrl}/${path}`, { headers: { authorization: `Bearer ${apiToken}` } });
	if (response.ok) return await response.json();
	throw new StartError(
		`The test double of Planhat answered /${path} with ${response.status}.`,
		'Start again; if it happens again, please report it.',
	);
}

function announcementIn(line) {
	if (!line.startsWith('{')) return undefined;
	try {
		const { baseUrl, ...rest } = JSON.parse(line);
		return baseUrl ? { baseUrl, ...rest } : undefined;
	} catch {
		return undefined;
	}
}

function endedEarly(server) {
	return new StartError(
		'The test double of Planhat ended while it was starting.',
		'Read its last lines above; "npm ci" mends a half-finished installation.',
		{ details: server.output() },
	);
}
