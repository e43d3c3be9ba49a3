import { StartError } from './errors.mjs';

export const help = `npm start [-- --once]

Shows this package at work in a real n8n: builds it, fetches n8n (kept for the
next start), starts a stand-in for Planhat with 1,000 companies, runs the
example workflows and leaves n8n open for you until you press Ctrl-C.

  --once    end after the examples: exit code 0 when all went as it should, 1
            when anything went wrong
  --help    this text

Environment
  PLANHAT_API_TOKEN    use the real Planhat instead of the stand-in. Only an
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
	if (baseUrl !== undefined) requireUsable(baseUrl, apiToken);
	return {
		once: parameters.includes('--once'),
		help: parameters.some((parameter) => parameter === '--help' || parameter === '-h'),
		apiToken,
		baseUrl,
	};
}

function requireUsable(baseUrl, apiToken) {
	if (apiToken === undefined) {
		throw new StartError(
			'PLANHAT_BASE_URL is set, but PLANHAT_API_TOKEN is not.',
			'Set both to use the real Planhat, or none to use the stand-in.',
		);
	}
	if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
		throw new StartError(
			'PLANHAT_BASE_URL is not a web address.',
			'Set it to the address of your region, for example https://api-us4.planhat.com',
		);
	}
}
