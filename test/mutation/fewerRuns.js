const { default: fastCheck } = require('fast-check');

/** A property that a mutant breaks is broken soon, and each is tried for hundreds of mutants. */
const mostRuns = 100;

const { assert } = fastCheck;
fastCheck.assert = (property, parameters = {}) =>
	assert(property, { ...parameters, numRuns: Math.min(parameters.numRuns ?? mostRuns, mostRuns) });
