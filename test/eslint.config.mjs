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

/** Rules for tests and scripts: they are no node code, so that n8n's rules do not hold for them. */
export default typescript.config(
	{ ignores: ['**/node_modules/**'] },
	{ files: ['**/*.{mts,mjs,js}'], extends: [js.configs.recommended], languageOptions: { globals } },
	{
		files: ['**/*.mts'],
		extends: [typescript.configs.strict],
		rules: { '@typescript-eslint/no-explicit-any': 'error' },
	},
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
