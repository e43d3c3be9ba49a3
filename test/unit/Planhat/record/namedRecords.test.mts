import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { findNamed } from '../../../../nodes/Planhat/record/namedRecords.ts';
import type { ItemRun } from '../../../../nodes/Planhat/run/context.ts';
import { fakeItem } from '../../fakeItem.mts';
import { thrownBy } from '../../../thrownBy.mts';

/** The items of a run, whose records are named by external IDs, and what was listed for them. */
function items(resource: string, keys: readonly string[], records: readonly IDataObject[]) {
	const listed: string[] = [];
	const one = fakeItem(resource);
	const naming = (at: number) => ({ mode: 'externalId', value: keys[at] });
	const all = keys.map((_key, at): ItemRun => ({
		...one,
		items: keys.map(() => ({ json: {} })),
		parameter: () => naming(at),
		parameterAt: (index) => naming(index),
		runTransport: {
			...one.runTransport,
			async send({ url }) {
				listed.push(url);
				return { status: 200, body: records, resent: false };
			},
		},
	}));
	return { all, listed };
}

const idOf = (at: number) => `5f100000000000000000000${at}`;
const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
const records = keys.map((externalId, at) => ({ _id: idOf(at), externalId }));

describe('records that are named by keys', () => {
	it('are found in one list for all items', async () => {
		const { all, listed } = items('company', keys, records);
		const found = await Promise.all(all.map(async (item) => await findNamed(item, 'delete')));
		expect(found.map(({ _id }) => _id)).toEqual(records.map(({ _id }) => _id));
		expect(listed).toEqual(['/leancompanies']);
	});

	it('are refused where several have the key, or none', async () => {
		const twice = [...records.slice(1), { _id: idOf(7), externalId: 'b' }];
		const { all } = items('asset', keys, twice);
		const errors = await Promise.all(
			all.slice(0, 2).map(async (item) => await thrownBy(() => findNamed(item, 'delete'))),
		);
		expect(errors.map(({ message }) => message)).toEqual([
			"Planhat has no asset with external ID 'a'",
			"Planhat has 2 assets with external ID 'b'",
		]);
	});
});
