import { isThisMachine, requireBaseUrl } from './baseUrl.mjs';
import { StartError } from './errors.mjs';

export const help = `npm start [-- --once] [-- --n8n <address>]

Shows this package at work in a real n8n: builds it, fetches n8n (kept for the
next start), starts a test server for Planhat with 1,000 companies, runs the
example workflows and leaves n8n open for you until you press Ctrl-C.

  --once    end after the examples: exit code 0 when all went as it should, 1
            when anything went wrong ("npm start --once" does the same)
  --n8n     use an n8n that runs on this machine, such as http://127.0.0.1:5678,
            in place of starting one. The package must be installed in it. The
            workflows and credentials that are made there are removed at the
            end. (A container needs the network of this machine to reach the
            test server.)
  --help    this text

Environment
  N8N_EMAIL, N8N_PASSWORD
                       how to sign in to the n8n of --n8n
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
	const { address, others } = readAddress(parameters, environment);
	const unknown = others.find((parameter) => !['--once', '--help', '-h'].includes(parameter));
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
		n8n: address === undefined ? undefined : runningN8n(address, environment),
		once: parameters.includes('--once') || isSwitchedOn(environment.npm_config_once),
		help: parameters.some((parameter) => parameter === '--help' || parameter === '-h'),
		apiToken,
		baseUrl,
	};
}

/** `--n8n` stands before its address, or has it behind "=", or npm has taken both for settings of its own. */
function readAddress(parameters, { npm_config_n8n: taken }) {
	const at = parameters.findIndex((parameter) => /^--n8n(=|$)/.test(parameter));
	if (at < 0) {
		if (taken === undefined || taken === '') return { others: parameters };
		// npm keeps "true", and leaves the address to us, where no "=" stands between them.
		return taken === 'true'
			? { address: parameters[0] ?? '', others: parameters.slice(1) }
			: { address: taken, others: parameters };
	}
	const [, behind] = parameters[at].split(/=(.*)/);
	const length = behind === undefined ? 2 : 1;
	return { address: behind ?? parameters[at + 1] ?? '', others: parameters.toSpliced(at, length) };
}

function runningN8n(text, { N8N_EMAIL: email, N8N_PASSWORD: password }) {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isHere = url !== undefined && /^https?:$/.test(url.protocol) && isThisMachine(url.hostname);
	if (!isHere || url.username !== '' || url.search !== '' || url.hash !== '') {
		throw new StartError(
			'--n8n needs the address of an n8n on this machine.',
			'Give the address that you open it at, for example: npm start -- --n8n http://127.0.0.1:5678',
		);
	}
	if (!email || !password) {
		throw new StartError(
			'To use a running n8n, N8N_EMAIL and N8N_PASSWORD are needed.',
			'Set both to what you sign in to it with.',
		);
	}
	return { address: url.href.replace(/\/+$/, ''), email, password };
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
