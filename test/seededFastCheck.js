const fastCheck = require('../node_modules/fast-check/lib/cjs/fast-check.js');

// The usual run tries the same cases each time, so that it fails by what was changed alone; `npm run fuzz` looks for new ones.
// Its seed is one for a file of tests, so that a second try of a test (tryAgain.js) tries the same cases.
const isFuzz = process.env.FUZZ_RUNS !== undefined;
fastCheck.configureGlobal({ seed: isFuzz ? Math.floor(Math.random() * 0x7f_ff_ff_ff) : 1 });

module.exports = fastCheck;
