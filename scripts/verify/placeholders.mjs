// Says which entries of package.json still hold the place of the owner's own: names, addresses, an email. Whoever publishes
// changes them there and nowhere else; the build writes the address of the guide into what n8n shows. Ends with 1 while one is left.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** @returns {string[]} A line for each entry of a package.json that still is a placeholder. */
export function placeholdersIn(manifest) {
	const placeholders = read('placeholders.json');
	const entries = {
		'author.name': manifest.author?.name,
		'author.email': manifest.author?.email,
		homepage: manifest.homepage,
		'repository.url': manifest.repository?.url,
		'bugs.url': manifest.bugs?.url,
	};
	const isPlaceholder = (text = '') => text === '' || Object.values(placeholders).some((each) => text.includes(each));
	return Object.entries(entries)
		.filter(([, text]) => isPlaceholder(text))
		.map(([name, text]) => `package.json: ${name} is ${text ? `the placeholder "${text}"` : 'missing'}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const left = placeholdersIn(read('../../package.json'));
	console.log(left.length > 0 ? left.join('\n') : 'No placeholder is left.');
	process.exitCode = left.length > 0 ? 1 : 0;
}
