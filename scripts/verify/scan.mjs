import { checkout } from './packed.mjs';
import { toolFile } from './tools.mjs';

/**
 * n8n's own scanner of community packages, as n8n runs it when a version asks to be verified, but for the provenance that only a
 * published version has: over the sources, and over all that is packed.
 */
export async function scan({ folder }) {
	const scanner = await toolFile('@n8n/scan-community-package/scanner/scanner.mjs');
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(scanner);
	const results = [
		await analyzePackage(checkout, SOURCE_FILE_PATTERNS),
		await analyzePackage(folder, ['**/*.js', 'package.json']),
		await analyzePackage(folder),
	];
	return results.filter(({ passed }) => !passed).map(({ message, details }) => [message, details].join('\n'));
}
