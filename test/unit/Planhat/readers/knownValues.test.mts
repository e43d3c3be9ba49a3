import { describe, expect, it } from '@jest/globals';

import { withKnown } from '../../../../nodes/Planhat/readers/knownValues.ts';
import { placeOf } from './fakePlace.mts';

describe('values that a field does not know', () => {
	const score = placeOf('number', { range: [0, 10] });
	const status = placeOf('text', { usualValues: ['To Do', 'Done'] });

	it('are noted, sent without a word, or refused', () => {
		const note = { kind: 'unlisted', given: '11', taken: '0 to 10' };
		expect(withKnown({ value: 11 }, score)).toEqual({ value: 11, note });
		expect(withKnown({ value: 11 }, { ...score, unknownValues: 'send' })).toEqual({ value: 11 });
		expect(withKnown({ value: 11 }, { ...score, unknownValues: 'fail' })).toEqual({
			refused: undefined,
			wants: 'one of its known values (0 to 10)',
		});
	});

	it.each([0, 10, 7.5])('are none of a range: %s', (value) => {
		expect(withKnown({ value }, score)).toEqual({ value });
	});

	it('are compared with what the documents and recent records have', () => {
		expect(withKnown({ value: 'done' }, status)).toMatchObject({ note: { taken: 'To Do, Done' } });
		const seen = () => ['Waiting'];
		expect(withKnown({ value: 'Waiting' }, { ...status, seen })).toEqual({ value: 'Waiting' });
		expect(withKnown({ value: 'Live' }, placeOf('text', {}, { seen: () => undefined }))).toEqual({ value: 'Live' });
	});

	it('are refused to a model where a list or a range tells them, and no others', () => {
		const failListed = { unknownValues: 'failListed' } as const;
		expect(withKnown({ value: 11 }, { ...score, ...failListed })).toHaveProperty('refused');
		expect(withKnown({ value: 'Waiting' }, { ...status, ...failListed })).toHaveProperty('value', 'Waiting');
		const unlisted = { value: 'Pro', note: { kind: 'unlisted', given: 'Pro' } } as const;
		expect(withKnown(unlisted, placeOf('choice', { values: ['Basic'] }, failListed))).toMatchObject({
			wants: 'one of its known values (Basic)',
		});
	});

	it('stay refused or left out', () => {
		expect(withKnown({ refused: undefined }, score)).toEqual({ refused: undefined });
		expect(withKnown({ value: undefined }, score)).toEqual({ value: undefined });
	});
});
