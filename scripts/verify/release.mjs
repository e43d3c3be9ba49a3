// Ends with 1 unless the release that is published names the version of package.json, and CHANGELOG.md tells of it with a date.

import { readFileSync } from 'node:fs';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { version } = JSON.parse(read('../../package.json'));
const [tag = ''] = process.argv.slice(2);

const faults = [];
if (tag.replace(/^v/, '') !== version)
	faults.push(`The release is ${tag || 'not named'}, and package.json has ${version}.`);
if (!read('../../CHANGELOG.md').includes(`## [${version}] - 20`))
	faults.push(`CHANGELOG.md has no dated section [${version}].`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
