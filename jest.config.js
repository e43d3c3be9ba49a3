/** Tests are `.mts`, so that n8n's lint, which takes every `.ts` for node code, leaves them alone. */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'json', 'node'],
	transform: {
		'\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	setupFiles: ['<rootDir>/test/setup.js'],
	testEnvironment: 'node',
	reporters: ['default', '<rootDir>/test/summaryReporter.js'],
};
