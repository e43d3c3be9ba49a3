import js from '@eslint/js';
import typescript from 'typescript-eslint';

const globals = Object.fromEntries(
	[
		'process',
		'console',
		'Buffer',
		'URL',
		'URLSearchParams',
		'fetch',
		'performance',
		'setTimeout',
		'clearTimeout',
		'setInterval',
		'clearInterval',
		'setImmediate',
		'AbortController',
		'AbortSignal',
		'structuredClone',
		'TextDecoder',
		'require',
		'module',
		'__dirname',
	].map((name) => [name, 'readonly']),
);

/** An import, or one while the test runs. */
function importing(pattern, message) {
	return { selector: `:matches(ImportDeclaration, ImportExpression)[source.value=${pattern}]`, message };
}

/** Two copies of the node would have two limiters and two clocks. */
const builtOnly = importing(
	'/(^|\\.\\.\\/)(nodes|credentials|unit)\\//',
	'Engine tests run what is built: import from dist, and what they share with unit tests from test/.',
);
const sourcesOnly = importing('/\\b(dist|engine)\\//', 'Only engine tests run what is built: import the source.');

/** Rules for tests and scripts: they are no node code, so that n8n's rules do not hold for them. */
export default typescript.config(
	{ ignores: ['**/node_modules/**'] },
	{ files: ['**/*.{mts,mjs,js}'], extends: [js.configs.recommended], languageOptions: { globals } },
	{
		files: ['**/*.mts'],
		extends: [typescript.configs.strict],
		rules: { '@typescript-eslint/no-explicit-any': 'error' },
	},
	{ files: ['test/engine/**'], rules: { 'no-restricted-syntax': ['error', builtOnly] } },
	{ files: ['test/**'], ignores: ['test/engine/**'], rules: { 'no-restricted-syntax': ['error', sourcesOnly] } },
	{
		files: ['**/*.test.mts'],
		rules: {
			'no-restricted-properties': [
				'error',
				...['describe', 'it', 'test'].flatMap((object) => ['only', 'skip'].map((property) => ({ object, property }))),
			],
		},
	},
);
