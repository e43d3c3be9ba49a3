const commonjs = (syntax) => [
	'@swc/jest',
	{ jsc: { parser: { syntax }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** Tests are `.mts`, so that n8n's lint, which takes every `.ts` for node code, leaves them alone. */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'json', 'node'],
	transform: { '\\.mts$': commonjs('typescript'), '/scripts/.+\\.mjs$': commonjs('ecmascript') },
	// The system's folder for temporary files is not ours to leave things in.
	cacheDirectory: '<rootDir>/node_modules/.cache/jest',
	globalSetup: '<rootDir>/test/makeTemporaryFolder.js',
	globalTeardown: '<rootDir>/test/removeTemporaryFolder.js',
	setupFiles: ['<rootDir>/test/setup.js'],
	testEnvironment: 'node',
	reporters: ['default', '<rootDir>/test/summaryReporter.js'],
};
