const suite = require('../../jest.config.js');

const tests = [
	...['answers', 'authenticate', 'connectionOptions', 'errors', 'failure', 'hosts', 'limiter', 'paging', 'retryDelay'],
	...['retryPolicy', 'secrets', 'settings', 'transport', 'batch/chunks', 'batch/outcomes'],
];

/** The unit tests of `transport/`. Those behind n8n's engine are left out: loading it for each mutant takes hours. */
module.exports = {
	...suite,
	rootDir: '../..',
	testMatch: tests.map((name) => `<rootDir>/test/unit/${name}.test.mts`),
	setupFilesAfterEnv: ['<rootDir>/test/mutation/fewerRuns.js'],
	reporters: ['default'],
};
