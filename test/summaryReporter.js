const { basename, dirname } = require('node:path');

const millisecondsBetweenSigns = 15_000;

/**
 * Adds to what jest prints: where there is no terminal, and so no line that jest changes in place, a sign of life in long
 * runs; and one plain line at the end, for people and programs that look for nothing but the numbers.
 */
module.exports = class SummaryReporter {
	#started = Date.now();
	#running = new Set();
	#done = 0;
	#second = [];
	#timer;

	onRunStart({ numTotalTestSuites }) {
		if (process.stderr.isTTY) return;
		this.#timer = setInterval(() => this.#sign(numTotalTestSuites), millisecondsBetweenSigns);
		this.#timer.unref();
	}

	onTestFileStart({ path }) {
		this.#running.add(path);
	}

	onTestFileResult({ path }, { testResults }) {
		this.#running.delete(path);
		this.#done += 1;
		for (const { fullName, invocations, status } of testResults)
			if (status === 'passed' && invocations > 1) this.#second.push(`${basename(path)}: ${fullName}`);
	}

	onRunComplete(_contexts, results) {
		clearInterval(this.#timer);
		// A file that could not even be loaded holds no test that could fail, and is no success all the same.
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const second = this.#second.map((name) => `\npassed at the second try: ${name}`).join('');
		const line = `${second}\ntests: ${results.numPassedTests} passed, ${failed} failed\n`;
		// Jest's own summary comes after the reporters; the line is to be the last one.
		process.once('exit', () => process.stdout.write(line));
	}

	#sign(files) {
		const seconds = Math.round((Date.now() - this.#started) / 1000);
		const names = [...this.#running].map((path) => `${basename(dirname(path))}/${basename(path, '.test.mts')}`);
		process.stderr.write(`${this.#done} of ${files} test files done after ${seconds} s; now ${names.join(', ')}\n`);
	}
};
