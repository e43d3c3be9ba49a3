const fastCheck = require('../node_modules/fast-check/lib/cjs/fast-check.js');

// One seed for a file of tests, so that a second try of a test (tryAgain.js) tries the same cases.
fastCheck.configureGlobal({ seed: Math.floor(Math.random() * 0x7f_ff_ff_ff) });

module.exports = fastCheck;
