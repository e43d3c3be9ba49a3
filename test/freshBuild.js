const { readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

/** The files below a folder, by their paths in it without the ending, and when they were changed (milliseconds). */
function filesIn(folder, ending) {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(ending));
	return new Map(paths.map((path) => [path.slice(0, -ending.length), statSync(join(folder, path)).mtimeMs]));
}

/**
 * Says why what is built is not what the sources say.
 * @param root of the checkout
 * @returns a sentence, undefined where every source was built after its last change
 */
function staleBuild(root) {
	for (const folder of ['nodes', 'credentials']) {
		const sources = filesIn(join(root, folder), '.ts');
		let built;
		try {
			built = filesIn(join(root, 'dist', folder), '.js');
		} catch {
			return `There is no dist/${folder}. Run 'npm run build' first.`;
		}
		const late = [...sources].find(([path, changed]) => !(built.get(path) >= changed));
		if (late !== undefined) return `dist is older than ${folder}/${late[0]}.ts. Run 'npm run build' first.`;
		const left = [...built.keys()].find((path) => !sources.has(path));
		if (left !== undefined) return `dist/${folder}/${left}.js has no source any more. Run 'npm run build' first.`;
	}
	return undefined;
}

module.exports = { staleBuild };
