const { mkdir, readdir, readFile, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');

const { dest, parallel, series, src } = require('gulp');

const { homepage } = require('./package.json');
const placeholders = require('./scripts/verify/placeholders.json');

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

/** Lets the links that n8n shows lead to the homepage of package.json, whoever publishes the package. */
async function links() {
	for (const path of await readdir(join(__dirname, 'dist'), { recursive: true })) {
		if (homepage === placeholders.homepage || !/\.(js|json)$/.test(path)) continue;
		const file = join(__dirname, 'dist', path);
		const text = await readFile(file, 'utf8');
		if (text.includes(placeholders.homepage)) await writeFile(file, text.replaceAll(placeholders.homepage, homepage));
	}
}

exports.default = series(parallel(assets, schemas), links);
