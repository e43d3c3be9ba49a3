import { expect, it } from '@jest/globals';

import { usualReferenceRules } from '../../../../nodes/Planhat/readers/referenceRules.ts';
import { knownTenant, sentOf } from '../columns/fakeColumns.mts';
import { kim, lee } from '../readers/fakePlace.mts';

it('Rows whose people hang on a company are written once both were looked up', async () => {
	const tenant = knownTenant({
		references: {
			'enduserEmail twin@example.com': [
				{ _id: kim, companyId: 'c1' },
				{ _id: lee, companyId: 'c2' },
			],
			'companyExternalId acme': [{ _id: 'c2' }],
		},
	});
	const rows = [{ externalId: '1', companyId: 'acme', endusers: 'twin@example.com' }];
	const options = { references: { ...usualReferenceRules, companyBy: 'externalId' as const } };
	expect(await sentOf(rows, { resource: 'conversation', tenant, options })).toEqual([
		{ externalId: '1', companyId: 'extid-acme', endusers: [{ id: lee }] },
	]);
	expect(tenant.learnt).toEqual(['enduserEmail', 'companyExternalId']);
});
