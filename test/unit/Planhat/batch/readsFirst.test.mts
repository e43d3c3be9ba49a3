import { expect, it } from '@jest/globals';

import { readsFirst } from '../../../../nodes/Planhat/batch/readsFirst.ts';
import type { Guards } from '../../../../nodes/Planhat/batch/writeGuards.ts';
import { modelNamed } from '../rows/rowsOfModel.mts';

const usual: Guards = { mode: 'createOrUpdate', isPreview: false, kept: new Set() };
const pages = '1 request for every 5,000 companies in Planhat, fewer for few rows';

it('what it takes to read the records of rows is told by the options and the size of pages', () => {
	const company = modelNamed('company');
	expect(readsFirst(usual, false, company)).toBeUndefined();
	expect(readsFirst({ ...usual, mode: 'updateOnly' }, false, company)).toBe('1 request');
	expect(readsFirst({ ...usual, mode: 'updateOnly' }, true, company)).toBe(`1 request; to verify, ${pages}`);
	expect(readsFirst({ ...usual, isPreview: true }, true, company)).toBe(pages);
	expect(readsFirst({ ...usual, stopAbove: { rows: 1 } }, false, company)).toBe(pages);
	expect(readsFirst(usual, true, company)).toBe(pages);
	expect(readsFirst({ ...usual, mode: 'createOnly' }, false, modelNamed('enduser'))).toContain('2,000 end users');
});
