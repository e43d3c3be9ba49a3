import { expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { RecordIndex } from '../../../../nodes/Planhat/batch/recordIndex.ts';
import { OpenRows } from '../../../../nodes/Planhat/held/openRows.ts';
import { modelNamed } from '../rows/rowsOfModel.mts';

function searching(resource: string, rows: IDataObject[]) {
	const model = modelNamed(resource);
	const search = new OpenRows(model, new RecordIndex(model));
	for (const row of rows) search.add(row);
	return search;
}

it('rows are looked for until a record has the best key of each', () => {
	const search = searching('company', [
		{ sourceId: 's', externalId: 'e' },
		{ externalId: 'e' },
		{ externalId: 'f' },
		{ name: 'No key' },
	]);
	search.take([{ _id: '1', externalId: 'e' }]);
	expect(search.open).toEqual([{ sourceId: 's', externalId: 'e' }, { externalId: 'f' }]);
	search.take([
		{ _id: '2', sourceId: 's' },
		{ _id: '3', externalId: 'f' },
	]);
	expect([search.isOver, search.open]).toEqual([true, []]);
});

it('a person of another company does not end the search', () => {
	const search = searching('enduser', [{ email: 'Ann@x.com', companyId: 'b' }]);
	search.take([{ _id: '1', email: 'ann@x.com', companyId: 'a' }]);
	expect(search.isOver).toBe(false);
	search.take([{ _id: '2', email: 'ann@x.com', companyId: 'b' }]);
	expect(search.isOver).toBe(true);
});
