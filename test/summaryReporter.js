/** Adds one plain line to what jest prints, for people and programs that look for nothing but the numbers. */
module.exports = class SummaryReporter {
	onRunComplete(_contexts, results) {
		// A file that could not even be loaded holds no test that could fail, and is no success all the same.
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		process.stdout.write(`\ntests: ${results.numPassedTests} passed, ${failed} failed\n`);
	}
};
