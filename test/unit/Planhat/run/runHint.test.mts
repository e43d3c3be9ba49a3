import { describe, expect, it } from '@jest/globals';

import { joinedHints, runHint } from '../../../../nodes/Planhat/run/runHint.ts';

describe('The hint of a run', () => {
	it('is one text, what was lost first, each thing once', () => {
		const part = { lost: ['Phase was left out.'], told: ['It waited'] };
		expect(runHint(joinedHints([part, part, { lost: ['A list was cut'], told: [] }]))).toEqual({
			message: 'Phase was left out. A list was cut. It waited.',
			location: 'outputPane',
			type: 'warning',
		});
	});

	it('is no warning where nothing was lost, and none where there is nothing to say', () => {
		expect(runHint({ lost: [], told: ['It waited'] })).toMatchObject({ message: 'It waited', type: 'info' });
		expect(runHint({ lost: [], told: [] })).toBeUndefined();
	});
});
