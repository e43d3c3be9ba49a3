import type { INodeType } from 'n8n-workflow';

import type { OptionsMethod } from '../resources/types';
import { getCompanies } from './getCompanies';
import { getDimensionIds } from './getDimensionIds';
import { getOutputFields, getSortFields } from './getFieldNames';
import { optionsOf } from './getFilterValues';
import { getMappingColumns } from './getMappingColumns';
import { searchCompanies, searchRecords, searchUsers } from './searchRecords';
import { testCredential } from './testCredential';

const filterLists: Record<OptionsMethod, typeof getCompanies> = {
	getCompanies,
	getDimensionIds,
	getModels: optionsOf('parent'),
	getPhases: optionsOf('phase'),
	getStatuses: optionsOf('status'),
	getTypes: optionsOf('type'),
};

/** What the editor calls to fill its lists, and to test a credential. */
export const methods: NonNullable<INodeType['methods']> = {
	credentialTest: { testCredential },
	listSearch: { searchCompanies, searchRecords, searchUsers },
	loadOptions: { ...filterLists, getOutputFields, getSortFields },
	resourceMapping: { getMappingColumns },
};
