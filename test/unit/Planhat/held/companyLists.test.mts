import { expect, it } from '@jest/globals';

import { fetchCompanyIds, fetchDomains } from '../../../../nodes/Planhat/held/companyLists.ts';
import { fakeRun } from './fakeRun.mts';

it('the companies are found by keys of their own, by one list a run', async () => {
	const { run, sent } = fakeRun('enduser', { '/leancompanies': [{ _id: 'a', externalId: 7, sourceId: 's' }] });
	expect((await fetchCompanyIds(run, [{ fields: { companyId: 'a' } }])).size).toBe(0);
	const ids = await fetchCompanyIds(run, [{ fields: { companyId: 'extid-7' } }]);
	expect([...ids]).toEqual([
		['extid-7', 'a'],
		['srcid-s', 'a'],
	]);
	await fetchCompanyIds(run, [{ fields: { companyId: 'srcid-s' } }]);
	expect(sent()).toEqual(['/leancompanies']);
});

it('the domains of companies are compared without capitals', async () => {
	const { run } = fakeRun('enduser', { '/companies': [{ _id: 'a', domains: ['Acme.com'] }, { _id: 'b' }] });
	expect([...(await fetchDomains(run))]).toEqual([['acme.com', 'a']]);
});
