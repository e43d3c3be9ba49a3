import { runToEnd } from './processes.mjs';

/**
 * Runs npm: the one that runs this script where there is one, so that no second version comes into play.
 *
 * @param {string[]} parameters
 * @param {Parameters<typeof runToEnd>[2]} [options]
 */
export async function runNpm(parameters, options = {}) {
	const npmFile = process.env.npm_execpath;
	const withEnvironment = { ...options, env: npmEnvironment(options.env) };
	return npmFile?.endsWith('.js')
		? await runToEnd(process.execPath, [npmFile, ...parameters], withEnvironment)
		: await runToEnd('npm', parameters, { ...withEnvironment, shell: process.platform === 'win32' });
}

/** npm hands its scripts settings that are meant for this package or this start only: a second npm must not take them over. */
function npmEnvironment(env = process.env) {
	return Object.fromEntries(
		Object.entries(env).filter(
			([name]) => !/^npm_(package_|lifecycle_|config_(local_prefix|dry_run|ignore_scripts|once)$)/.test(name),
		),
	);
}
