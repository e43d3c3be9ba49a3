const { mkdir, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');

const { dest, parallel, src } = require('gulp');

/** Copies what tsc leaves out and n8n reads from `dist`: icons and codex files. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json'], { base: '.', encoding: false }).pipe(dest('dist'));
}

/** Writes what each operation puts out, taken from what tsc has built, to where n8n looks for it. */
async function schemas() {
	const { outputSchemas } = require('./dist/nodes/Planhat/description/outputSchemas.js');
	const { Planhat } = require('./dist/nodes/Planhat/Planhat.node.js');
	const schemasOfAll = [new Planhat().description.version]
		.flat()
		.flatMap((version) => Object.entries(outputSchemas(version)));
	for (const [path, schema] of schemasOfAll) {
		const file = join(__dirname, 'dist/nodes/Planhat/__schema__', path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, JSON.stringify(schema));
	}
}

exports.default = parallel(assets, schemas);
