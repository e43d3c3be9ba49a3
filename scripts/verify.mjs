// Everything that n8n's reviewers ask of a package and that can be seen before it is published: docs/verification.md.
// Needs a build; ends with 1 where a check finds a fault. `--write` notes the public interface anew.

import { install } from './verify/install.mjs';
import { checkInterface, writeInterface } from './verify/interface.mjs';
import { load } from './verify/load.mjs';
import { withPackedPackage } from './verify/packed.mjs';
import { scan } from './verify/scan.mjs';
import { checkTarball } from './verify/tarball.mjs';
import { placeholdersIn } from './verify/placeholders.mjs';
import { checkWorkflows } from './verify/workflows.mjs';

if (process.argv.includes('--write')) console.log(`Public interface \`${await writeInterface()}\``);

const checks = [
	['The tarball holds what n8n loads and what people read, and nothing else', checkTarball],
	["n8n's loaders find every node and credential in it", load],
	['Nothing else is installed with it', install],
	['Names, values and defaults are those that CHANGELOG.md tells of', checkInterface],
	["n8n's scanner of community packages passes it", scan],
	['GitHub can read the workflows, and their actions are pinned by hash', checkWorkflows],
];

await withPackedPackage(async (packed) => {
	console.log(`${packed.paths.length} files, ${Math.round(packed.bytes / 1024)} kB unpacked`);
	for (const [promise, check] of checks) {
		const faults = await check(packed).catch(({ message }) => [message]);
		console.log(`${faults.length === 0 ? '✔' : '✖'} ${promise}`);
		for (const fault of faults) console.error(`  - ${fault}`);
		if (faults.length > 0) process.exitCode = 1;
	}
	for (const line of placeholdersIn(packed.manifest)) console.log(`  To be changed before publishing: ${line}`);
});
