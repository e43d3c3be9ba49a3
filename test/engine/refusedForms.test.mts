import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { changePlanhat } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

/** What a field takes, and how each value is refused. */
const refused: Array<[field: string, value: string, words: string]> = [
	['csmScore', '1,200', "takes a number such as 1200 or 1200.5, not '1,200'. Send '1,200' as 1200 or 1.2."],
	['csmScore', '$1,200.50', "Send '$1,200.50' as 1200.5."],
	['custom.Since', '31.12.2025', "takes a day such as 2026-03-31, not '31.12.2025'. Send '31.12.2025' as 2025-12-31."],
	['custom.Since', 'next week', "takes a day such as 2026-03-31, not 'next week'"],
];

const fieldsByHand = (field: string): IDataObject => ({
	mappingMode: 'defineBelow',
	value: { name: 'A', externalId: 'q', [field]: '={{ $json.given }}' },
	schema: ['name', 'externalId', field].map((id) => ({
		...{ id, displayName: id, display: true, type: 'string' },
		...(id === 'csmScore' && { type: 'number' }),
		...(id === 'custom.Since' && { type: 'dateTime', fieldType: 'isoDay' }),
	})),
	matchingColumns: [],
});

describe('a value in the wrong form is refused with the form that is wanted', () => {
	let recordId: INodeParameters;

	beforeEach(() => {
		planhat.server.insert('customfields', [{ parent: 'company', name: 'Since', type: 'day' }]);
		const [company] = planhat.server.insert('companies', [{ externalId: 'b', name: 'A' }]);
		recordId = record('id', company?._id);
	});

	const doors: Array<[door: string, (operation: string, field: string, value: string) => Promise<string>]> = [
		[
			'mapped automatically',
			async (operation, field, value) => {
				const fields = { mappingMode: 'autoMapInputData', value: null };
				const items = itemsOf([{ name: 'A', externalId: 'q', [field]: value }]);
				const { error } = await planhat.run({ resource: 'company', operation, recordId, fields }, { items });
				return error?.message ?? '';
			},
		],
		[
			'mapped by hand',
			async (operation, field, value) => {
				const parameters = { resource: 'company', operation, recordId, fields: fieldsByHand(field) } as INodeParameters;
				const { error } = await planhat.run(parameters, { items: itemsOf([{ given: value }]) });
				return error?.message ?? '';
			},
		],
		[
			'as JSON',
			async (operation, field, value) => {
				const json = JSON.stringify({ name: 'A', externalId: 'q', [field]: value });
				const { error } = await planhat.run({ resource: 'company', operation, recordId, json });
				return error?.message ?? '';
			},
		],
		[
			'by a tool',
			async (operation, field, value) => {
				changePlanhat(({ description }) => (description.name = 'planhatTool'));
				const json = JSON.stringify({ name: 'A', externalId: 'q', [field]: value });
				const { error } = await planhat.run({ resource: 'company', operation, recordId, json }, { way: 'routing' });
				changePlanhat(() => {});
				return error?.message ?? '';
			},
		],
	];

	it.each(doors)('%s, in Create, Update and Create or Update', async (_door, refuse) => {
		for (const operation of ['create', 'update', 'upsert'])
			for (const [field, value, words] of refused) expect(await refuse(operation, field, value)).toContain(words);
		expect(planhat.sent().filter((request) => !request.startsWith('GET'))).toEqual([]);
	});

	it.each([
		['company', { updatedAfter: '31.12.2025' }, "'Updated After' takes a date such as 2026-03-31", '2025-12-31'],
		['metric', { from: '01/02/2026' }, "'From' takes a date such as 2026-03-31", '2026-02-01 or 2026-01-02'],
	])('in a filter of %s: %j', async (resource, filters, message, form) => {
		const { error } = await planhat.run({ resource, operation: 'getAll', filters });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(`Send it as ${form}. `);
	});
});
