const { dest, src } = require('gulp');

/** Copies what tsc leaves out and n8n reads from `dist`: icons, codex files and output schemas. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
		allowEmpty: true,
	}).pipe(dest('dist'));
}

exports.default = assets;
