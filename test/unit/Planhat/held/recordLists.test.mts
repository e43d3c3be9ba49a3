import { describe, expect, it } from '@jest/globals';

import { fetchWhole } from '../../../../nodes/Planhat/held/recordLists.ts';
import { fakeRun } from './fakeRun.mts';

const live = { _id: 'a', email: 'a@x.com', archived: false };
const archived = { _id: 'b', email: 'b@x.com', archived: true };

describe('The list of all people', () => {
	it('is one where the archived ones come beside the others', async () => {
		const { run, asked } = fakeRun('enduser', { '/endusers true': [live, archived] });
		expect(await fetchWhole(run, { names: [] })).toEqual([live, archived]);
		expect(asked.map(({ qs }) => qs.archived)).toEqual([true]);
	});

	it('is two where the archived ones come alone', async () => {
		const { run, asked } = fakeRun('enduser', { '/endusers true': [archived], '/endusers ': [live] });
		expect(await fetchWhole(run, { names: [] })).toEqual([live, archived]);
		expect(asked.map(({ qs }) => qs.archived)).toEqual([true, undefined]);
	});
});
