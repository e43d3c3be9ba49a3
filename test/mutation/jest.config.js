const {
	projects: [suite],
} = require('../../jest.config.js');

const { UNIT_TESTS = '*' } = process.env;

/** The unit tests of one file, as `run.mjs` names it. */
module.exports = {
	...suite,
	rootDir: '../..',
	testMatch: [`<rootDir>/test/unit/${UNIT_TESTS}.test.mts`],
	setupFilesAfterEnv: ['<rootDir>/test/mutation/fewerRuns.js'],
	reporters: ['default'],
};
