import { expect, it } from '@jest/globals';

import { readsBack, readsFirst, readsText, type ReadingRows } from '../../../../nodes/Planhat/held/readsFirst.ts';
import type { Guards } from '../../../../nodes/Planhat/held/writeGuards.ts';
import { modelNamed } from '../rows/rowsOfModel.mts';

const usual: Guards = { mode: 'createOrUpdate', isPreview: false, kept: new Set() };
const preview: Guards = { ...usual, isPreview: true };
const pages = 'at most 1 request, and 1 more for every 5,000 companies in Planhat';

function rowsWith(count: number, others: Partial<ReadingRows> = {}): ReadingRows {
	const plain = { namesCompanies: false, lacksCompany: false, isKnown: false, isNarrowed: false };
	return { ...plain, keys: new Map([['externalId', count]]), ...others };
}

it('what it takes to read the records of rows is told by the options, the rows and the size of pages', () => {
	const company = modelNamed('company');
	const text = (guards: Guards, rows = rowsWith(11), reports = false) =>
		readsText(readsFirst(guards, company, rows, reports));
	expect(text(usual)).toBeUndefined();
	expect(text({ ...usual, mode: 'updateOnly' })).toBe('at most 1 request');
	expect(text(preview)).toBe(pages);
	expect(text(preview, rowsWith(3))).toBe('at most 5 requests');
	expect(text(preview, rowsWith(11, { isKnown: true }))).toBeUndefined();
	expect(text({ ...usual, stopAbove: { rows: 1 } })).toBe(pages);
	expect(text(usual, rowsWith(11), true)).toBe(pages);
	expect(text(preview, rowsWith(11), true)).toBe(pages);
	expect(readsText(readsBack(usual, company, rowsWith(11)))).toBe(pages);
	const people = readsFirst(
		preview,
		modelNamed('enduser'),
		rowsWith(2, { lacksCompany: true, namesCompanies: true }),
		false,
	);
	expect(readsText(people)).toBe(
		'at most 4 requests, and 1 more for every 2,000 end users and every 5,000 companies in Planhat',
	);
});
