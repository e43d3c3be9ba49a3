import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
const usualPlaces = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser that the tests of the editor run in: the one that PLANHAT_CHROME names, else Chromium or Chrome where it
 * usually is.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 * @throws {Error} When there is none; it says what to install.
 */
export function chromeFile(env = process.env) {
	if (env.PLANHAT_CHROME) {
		if (existsSync(env.PLANHAT_CHROME)) return env.PLANHAT_CHROME;
		throw new Error(`PLANHAT_CHROME names '${env.PLANHAT_CHROME}', where no file is.`);
	}
	const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
	const places = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...usualPlaces];
	const found = places.find((place) => existsSync(place));
	if (found) return found;
	throw new Error(
		'No Chromium or Chrome was found. Install one (on Debian: apt-get install chromium), or give the path of its program in the environment variable PLANHAT_CHROME.',
	);
}

// Run by itself it prints the path, or fails with what to do: .ci/run asks whether there is anything to install.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	try {
		console.log(chromeFile());
	} catch (error) {
		console.error(error.message);
		process.exitCode = 1;
	}
}
