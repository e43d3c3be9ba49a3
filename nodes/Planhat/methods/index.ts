import type { INodeType } from 'n8n-workflow';

import type { OptionsMethod } from '../resources/types';
import { getCompanies } from './companies';
import { getDimensionIds } from './getDimensionIds';
import { getMappingColumns } from './getMappingColumns';
import { getOutputFields, getSortFields } from './getOutputFields';
import { searchRecords } from './searchRecords';
import { optionsOf } from './seenValues';
import { testCredential } from './testCredential';

const filterLists: Record<OptionsMethod, typeof getCompanies> = {
	getCompanies,
	getDimensionIds,
	getModels: optionsOf('parent'),
	getStatuses: optionsOf('status'),
	getTypes: optionsOf('type'),
};

/** What the editor calls to fill its lists, and to test a credential. */
export const methods: NonNullable<INodeType['methods']> = {
	credentialTest: { testCredential },
	listSearch: { searchRecords },
	loadOptions: { ...filterLists, getOutputFields, getSortFields },
	resourceMapping: { getMappingColumns },
};
