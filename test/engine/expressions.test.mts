import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const _id = '5f0000000000000000000001';
const name = '={{ $json._id + 1 }}';

describe('A value that looks like an expression', () => {
	it('is returned as it is', async () => {
		planhat.server.insert('companies', [{ _id, name }]);
		for (const parameters of [{ operation: 'get', recordId: record('id', _id) }, { operation: 'getAll' }]) {
			const { output } = await planhat.run({ resource: 'company', simplify: true, ...parameters });
			expect(output.map(({ json }) => json.name)).toEqual([name]);
		}
	});

	const ways: Record<string, INodeParameters> = {
		'by its column': { fields: { mappingMode: 'autoMapInputData', value: null } },
		'as JSON': { json: '={{ $json }}' },
		'as the text of JSON': { json: '={{ JSON.stringify($json) }}' },
		'mapped by hand': {
			fields: { mappingMode: 'defineBelow', value: { name: '={{ $json.name }}', _id: '={{ $json._id }}' } },
		},
	};

	it.each(Object.entries(ways))('is sent on as it is (%s)', async (_way, fields) => {
		planhat.server.insert('companies', [{ _id, name: 'Acme' }]);
		for (const operation of ['update', 'upsert']) {
			const parameters = { resource: 'company', operation, recordId: record('id', _id), ...fields };
			const { error } = await planhat.run(parameters, { items: itemsOf([{ _id, name }]) });
			expect(error).toBeUndefined();
			expect([planhat.lastRequest().body].flat()).toEqual([expect.objectContaining({ name })]);
		}
	});
});
