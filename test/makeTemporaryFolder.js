const { mkdirSync, mkdtempSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Gives the tests, and what they start, a folder of their own for what they write for a time: one for all projects. It is
 * beside the cache of jest, so that a run that is killed leaves nothing in the system's folder for it.
 */
module.exports = () => {
	if (process.env.PLANHAT_TEST_FOLDER !== undefined) return;
	const cache = join(__dirname, '..', 'node_modules', '.cache');
	mkdirSync(cache, { recursive: true });
	const folder = mkdtempSync(join(cache, 'test-'));
	process.env.PLANHAT_TEST_FOLDER = folder;
	// One of these is what Node's `tmpdir` looks at, by system.
	for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
};
