import { expect, it } from '@jest/globals';

import { isAddedName } from '../../../../nodes/Planhat/resources/addedNames.ts';
import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';

it.each([
	['company', 'ownerEmail', true],
	['company', 'Sponsor Name', true],
	['company', 'followerNames', true],
	['company', 'companySourceId', true],
	['company', 'nickname', false],
	['license', 'companyExternalId', false],
])('a name that the node adds to records is told from others: %s %s', (resource, name, isAdded) => {
	const sponsor = { name: 'Sponsor', type: 'user', description: '' } as const;
	expect(isAddedName(modelOf(resource) as Model, [sponsor], name)).toBe(isAdded);
});
