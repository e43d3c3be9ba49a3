import { describe, expect, it } from '@jest/globals';

import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { readReferenceRules, shownReferenceOptions } from '../../../../nodes/Planhat/rows/referenceOptions.ts';

describe('The options about references', () => {
	it('say nothing where they are as usual, or hold what is no choice', () => {
		const read = (values: Record<string, unknown>) =>
			readReferenceRules((name, fallback) => values[name.replace('options.', '')] ?? fallback);
		expect(read({ companyBy: 'slug' })).toBeUndefined();
		expect(read({ companyBy: 'domain', unknownReferences: 'useFallback', fallbackUser: ' kim@example.com ' })).toEqual({
			companyBy: 'domain',
			endUsersBy: 'id',
			unknown: 'useFallback',
			fallbackUser: 'kim@example.com',
		});
	});

	it('are shown for models that point at companies and end users', () => {
		const [companyBy, endUsersBy] = shownReferenceOptions(models, ['upsert']);
		expect(companyBy?.displayOptions?.hide?.['/resource']).toEqual(expect.arrayContaining(['company', 'user']));
		expect(companyBy?.displayOptions?.hide?.['/resource']).not.toContain('invoice');
		expect(endUsersBy?.displayOptions?.show?.['/resource']).toEqual(['conversation', 'issue', 'note', 'task']);
	});
});
