const commonjs = (syntax) => [
	'@swc/jest',
	{ jsc: { parser: { syntax }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** Tests are `.mts`, so that n8n's lint, which takes every `.ts` for node code, leaves them alone. */
const common = {
	rootDir: __dirname,
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'json', 'node'],
	transform: { '\\.m?ts$': commonjs('typescript'), '/scripts/.+\\.mjs$': commonjs('ecmascript') },
	// The system's folder for temporary files is not ours to leave things in.
	cacheDirectory: '<rootDir>/node_modules/.cache/jest',
	globalSetup: '<rootDir>/test/makeTemporaryFolder.js',
	globalTeardown: '<rootDir>/test/removeTemporaryFolder.js',
	setupFiles: ['<rootDir>/test/setup.js'],
	setupFilesAfterEnv: ['<rootDir>/test/tryAgain.js'],
	moduleNameMapper: { '^fast-check$': '<rootDir>/test/seededFastCheck.js' },
	testEnvironment: 'node',
};

module.exports = {
	projects: [
		/** They load sources, so that one of them runs without a build. */
		{
			...common,
			displayName: 'sources',
			roots: ['<rootDir>/test'],
			testMatch: ['**/*.test.mts'],
			testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/engine/'],
		},
		{
			...common,
			displayName: 'built',
			roots: ['<rootDir>/test/engine'],
			testMatch: ['**/*.test.mts'],
			globalSetup: '<rootDir>/test/requireFreshBuild.js',
		},
		/** n8n's Engine 2.0 knows no `customOperations`: batches, items and lists do the same there. */
		{
			...common,
			displayName: 'engine 2.0',
			roots: ['<rootDir>/test/engine'],
			testMatch: ['batch', 'records', 'run', 'lists', 'inFlight', 'mapping', 'hints'].map(
				(name) => `**/${name}.test.mts`,
			),
			globalSetup: '<rootDir>/test/requireFreshBuild.js',
			globals: { usualWay: 'routing' },
		},
	],
	maxWorkers: '100%',
	// A busy machine is no failure: tests that are about time measure it themselves. Milliseconds.
	testTimeout: 60_000,
	reporters: ['default', '<rootDir>/test/summaryReporter.js'],
};
