const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Gives the tests, and what they start, a folder of their own for what they write for a time: one for all projects. */
module.exports = () => {
	if (process.env.PLANHAT_TEST_FOLDER !== undefined) return;
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-test-'));
	process.env.PLANHAT_TEST_FOLDER = folder;
	// One of these is what Node's `tmpdir` looks at, by system.
	for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
};
