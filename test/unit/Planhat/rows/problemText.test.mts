import { describe, expect, it } from '@jest/globals';

import { problemText } from '../../../../nodes/Planhat/rows/problemText.ts';

describe('A problem in words', () => {
	const problem = { field: 'mrr', given: 'many', wants: 'a number such as 1200 or 1200.5' };

	it('says which column takes what, what was given, and what else helps', () => {
		expect(problemText(problem)).toBe("'mrr' takes a number such as 1200 or 1200.5, not 'many'");
		expect(problemText({ ...problem, advice: 'This reads it' })).toBe(
			"'mrr' takes a number such as 1200 or 1200.5, not 'many'. This reads it",
		);
	});

	it('says what is wrong with the column where it is not the value', () => {
		expect(problemText({ ...problem, said: 'Two columns mean it', advice: 'Drop one' })).toBe(
			'Two columns mean it. Drop one',
		);
	});
});
