const { staleBuild } = require('./freshBuild.js');
const makeTemporaryFolder = require('./makeTemporaryFolder.js');

/** Before the engine tests, which run what is built: otherwise they would silently test what was there before. */
module.exports = (_all, { rootDir }) => {
	const words = staleBuild(rootDir);
	if (words !== undefined) throw new Error(words);
	makeTemporaryFolder();
};
