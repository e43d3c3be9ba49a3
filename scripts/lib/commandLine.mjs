import { requireBaseUrl } from './baseUrl.mjs';
import { StartError } from './errors.mjs';

export const help = `npm start [-- --once]

Shows this package at work in a real n8n: builds it, fetches n8n (kept for the
next start), starts a test server for Planhat with 1,000 companies, runs the
example workflows and leaves n8n open for you until you press Ctrl-C.

  --once    end after the examples: exit code 0 when all went as it should, 1
            when anything went wrong ("npm start --once" does the same)
  --help    this text

Environment
  PLANHAT_API_TOKEN    use the real Planhat instead of the test server. Only an
                       example that reads is run then, and the credential is
                       stored as read-only; the other examples are there for
                       you to look at.
  PLANHAT_BASE_URL     the API address of your region, with PLANHAT_API_TOKEN
                       (default https://api.planhat.com)
  PLANHAT_N8N_CACHE    the folder that keeps n8n between starts (default:
                       n8n-nodes-planhat in the cache folder of your account)
`;

/**
 * Reads flags and environment; refuses what it does not know.
 *
 * @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} environment
 */
export function readCommandLine(parameters, environment) {
	const unknown = parameters.find((parameter) => !['--once', '--help', '-h'].includes(parameter));
	if (unknown !== undefined) {
		throw new StartError(`"${unknown}" is not known here.`, '"npm start -- --help" shows what is.');
	}
	const apiToken = environment.PLANHAT_API_TOKEN?.trim() || undefined;
	const baseUrl = environment.PLANHAT_BASE_URL?.trim() || undefined;
	if (baseUrl !== undefined) {
		requireToken(apiToken);
		requireBaseUrl(baseUrl);
	}
	return {
		once: parameters.includes('--once') || isSwitchedOn(environment.npm_config_once),
		help: parameters.some((parameter) => parameter === '--help' || parameter === '-h'),
		apiToken,
		baseUrl,
	};
}

function requireToken(apiToken) {
	if (apiToken !== undefined) return;
	throw new StartError(
		'PLANHAT_BASE_URL is set, but PLANHAT_API_TOKEN is not.',
		'Set both to use the real Planhat, or none to use the test server.',
	);
}

/** Without "--" before it, npm takes a flag for a setting of its own, and hands it on in the environment. */
function isSwitchedOn(setting = '') {
	return !['', 'false'].includes(setting);
}
