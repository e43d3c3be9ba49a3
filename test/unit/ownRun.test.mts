import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Reporter {
	onRunStart(results: { numTotalTestSuites: number }): void;
	onTestFileStart(test: { path: string }): void;
	onTestFileResult(test: { path: string }, results: { testResults: [] }): void;
	onRunComplete(contexts: unknown, results: { numFailedTests: number; numRuntimeErrorTestSuites: number }): void;
}

const SummaryReporter = jest.requireActual<new () => Reporter>('../summaryReporter.js');

describe('a run of the tests', () => {
	it('keeps what it writes for a time in a folder of its own, which is removed at its end', () => {
		expect(tmpdir()).toBe(process.env['PLANHAT_TEST_FOLDER']);
		expect(dirname(mkdtempSync(join(tmpdir(), 'own-')))).toBe(tmpdir());
		expect(process.env['N8N_USER_FOLDER']).toMatch(new RegExp(`^${tmpdir()}`));
	});
});

describe('a run of the tests without a terminal', () => {
	const written: string[] = [];
	let wasTerminal: boolean;
	beforeEach(() => {
		jest.useFakeTimers();
		wasTerminal = process.stderr.isTTY;
		process.stderr.isTTY = false;
		written.length = 0;
		jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
	});
	afterEach(() => {
		process.stderr.isTTY = wasTerminal;
		jest.restoreAllMocks();
		jest.useRealTimers();
	});

	it('says every 15 seconds how far it is and what it is doing, until it ends', () => {
		const reporter = new SummaryReporter();
		reporter.onRunStart({ numTotalTestSuites: 3 });
		for (const path of ['/test/unit/a.test.mts', '/test/engine/b.test.mts']) reporter.onTestFileStart({ path });
		jest.advanceTimersByTime(15_000);
		reporter.onTestFileResult({ path: '/test/unit/a.test.mts' }, { testResults: [] });
		jest.advanceTimersByTime(15_000);
		jest.spyOn(process, 'once').mockReturnThis();
		reporter.onRunComplete([], { numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
		jest.advanceTimersByTime(60_000);
		expect(written).toEqual([
			'0 of 3 test files done after 15 s; now unit/a, engine/b\n',
			'1 of 3 test files done after 30 s; now engine/b\n',
		]);
	});

	it('leaves a terminal to jest, which has a line there that changes in place', () => {
		process.stderr.isTTY = true;
		new SummaryReporter().onRunStart({ numTotalTestSuites: 3 });
		jest.advanceTimersByTime(60_000);
		expect(written).toEqual([]);
	});
});
