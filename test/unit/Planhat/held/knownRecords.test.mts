import { expect, it } from '@jest/globals';

import { fetchAllOnce, keepWants, knownRecords, namesOfColumns } from '../../../../nodes/Planhat/held/knownRecords.ts';
import { columnsOf } from '../columns/fakeColumns.mts';
import { fakeRun } from './fakeRun.mts';

const held = [
	{ _id: 'b', externalId: '2', name: 'B', city: 'Oslo', phase: 'Lost' },
	{ _id: 'a', externalId: '1', name: 'A', city: 'Rome', phase: 'Live' },
];

it('the list of a run is read once, with what all its stages look at', async () => {
	const { run, asked } = fakeRun('company', { '/companies': held });
	const columns = await columnsOf([{ externalId: '1', name: 'A' }]);
	keepWants(run, { names: namesOfColumns });
	const [first] = await fetchAllOnce(run, ['city'], columns);
	await fetchAllOnce(run, ['city'], columns);
	expect(first?._id).toBe('a');
	expect((await knownRecords(run))?.map(({ _id }) => _id)).toEqual(['a', 'b']);
	expect(asked.map(({ qs }) => qs.select)).toEqual(['_id,sourceId,externalId,city,name']);
	expect(await knownRecords({ ...run })).toBeUndefined();
});

it('a list whose records may be reported is read whole, and of the others only what is looked at stays', async () => {
	const { run, asked } = fakeRun('company', { '/companies': held });
	keepWants(run, { isWhole: ({ phase }) => phase === 'Live' });
	const records = await fetchAllOnce(run, ['name'], await columnsOf([{ externalId: '1' }]));
	expect(records).toEqual([held[1], { _id: 'b', externalId: '2', name: 'B' }]);
	expect(asked.map(({ qs }) => qs.select)).toEqual([undefined]);
});
