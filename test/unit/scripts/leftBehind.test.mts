import { describe, expect, it } from '@jest/globals';
import { countLeftBehind, describeLeftBehind, faultsOfLeftBehind } from '../../../scripts/lib/leftBehind.mjs';

const results = [{ name: 'Deletes all' }, { name: 'Sync', leaves: { prefix: 'sync-', companies: 2 } }];

describe('what the examples leave in the test server', () => {
	it('is as it was before, and what they are to leave', () => {
		const counts = countLeftBehind(['', 'acme', 'sync-1', 'sync-2'], results, 2);
		expect(faultsOfLeftBehind(counts)).toEqual([]);
		expect(describeLeftBehind(counts)).toBe(
			'\n  The test server itself was asked. It holds\n' +
				'  - 2 companies of its own, as many as before: yes\n' +
				'  - 2 companies of "Sync", as many as it is to leave: yes',
		);
	});

	it.each([
		['one too few of an example', ['', 'acme', 'sync-1'], ['the test server holds 1 companies of "Sync" instead of 2']],
		['one of its own is gone', ['sync-1', 'sync-2', ''], ['the test server holds 1 companies of its own instead of 2']],
		[
			'one that nobody has deleted',
			['', 'acme', 'left', 'sync-1', 'sync-2'],
			['the test server holds 3 companies of its own instead of 2'],
		],
	])('is a fault where it is not: %s', (_case, externalIds, faults) => {
		const counts = countLeftBehind(externalIds, results, 2);
		expect(faultsOfLeftBehind(counts)).toEqual(faults);
		expect(describeLeftBehind(counts)).toContain('no, that would be 2');
	});
});
