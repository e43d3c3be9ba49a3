import { describe, expect, it } from '@jest/globals';

import { KnownKinds, mayMeet, mayRename, type KeyKinds } from '../../../../nodes/Planhat/batch/keyKinds.ts';

const known = new KnownKinds();
const within = new Set(['externalId', 'email']);

function kinds(names: string, isPlaced = false): KeyKinds {
	return known.of(names.split(' '), isPlaced) ?? { best: '', names: new Set(), isPlaced };
}

describe('The keys of rows', () => {
	it('are kept once, and none are none', () => {
		expect(kinds('sourceId email')).toBe(kinds('sourceId email'));
		expect(kinds('sourceId email')).not.toBe(kinds('sourceId email', true));
		expect(known.of([], true)).toBeUndefined();
	});

	it.each([
		['email', 'email', false],
		['sourceId email', 'email', false],
		['email', 'sourceId', true],
		['email', 'sourceId email', true],
	])('tell whether a row with %s and a later one with %s may meet: %s', (earlier, later, is) => {
		expect(mayMeet(kinds(earlier), kinds(later))).toBe(is);
	});

	it.each([
		['email', 'sourceId email', false, true],
		['sourceId', '_id sourceId', false, true],
		['sourceId email', 'email', false, false],
		['sourceId', 'sourceId email', false, false],
		['email', 'sourceId', false, false],
		// A key that counts within a company is another one in another company.
		['email', '_id', true, true],
		['email', 'externalId', true, false],
		['sourceId', '_id', true, false],
	])(
		'tell of a row with %s whether a later one with %s (company: %s) may change its key: %s',
		(earlier, later, isPlaced, is) => {
			expect(mayRename(kinds(earlier), kinds(later, isPlaced), within)).toBe(is);
		},
	);
});
