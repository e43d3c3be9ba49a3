import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { takeConditions } from '../../../../../nodes/Planhat/list/conditions/conditions.ts';
import { readListQuery } from '../../../../../nodes/Planhat/list/query.ts';
import { thrownBy } from '../../../../thrownBy.mts';
import { fakeItem, node } from '../../../fakeItem.mts';

const byModel = { conditionsJson: "={{ $fromAI('Conditions') }}" };

function itemWith(filters: object, raw: object = filters, type = node.type, resource = 'company') {
	const item = fakeItem(resource, { filters: filters as IDataObject, limit: 50 });
	return { ...item, node: { ...node, type, parameters: { filters: raw } as never } };
}

const take = async (...given: Parameters<typeof itemWith>) => await takeConditions(itemWith(...given));
const json = (conditions: unknown) => ({ conditionsJson: JSON.stringify(conditions) });
const asTool = async (filters: object) => await take(filters, byModel, 'n8n-nodes-planhat.planhatTool');

async function refusal(filters: object, raw?: object): Promise<string> {
	const { message, description } = await thrownBy(async () => await take(filters, raw));
	return `${message}. ${String(description)}`;
}

describe('the conditions of an item', () => {
	it('come from the form and from JSON, and leave the filters', async () => {
		const values = [{ field: 'h', operator: 'lessThan', value: '5' }];
		const { item, conditions } = await take({
			...{ status: 'customer', conditions: { values } },
			...json([{ field: 'custom', operator: 'isEmpty' }]),
		});
		expect(conditions.all).toMatchObject([{ path: 'h' }, { path: 'custom' }]);
		expect(item.parameter('filters')).toEqual({ status: 'customer' });
	});

	it('are none where there are none', async () => {
		for (const filters of [{}, { conditions: {} }, { conditionsJson: '' }])
			expect((await take(filters)).conditions).toEqual({ all: [], leftBlank: [] });
	});

	it.each(['[]', '{}'])('are refused where their JSON holds none: %s', async (conditionsJson) => {
		await expect(take({ conditionsJson })).rejects.toThrow("'Conditions' has no condition");
	});

	it('are compared by the fields that are asked for', async () => {
		const { item, conditions } = await take(json([{ field: 'renewalDate', operator: 'nextDays', value: 60 }]));
		const narrow = {
			...item,
			parameter: (name: string, fallback?: unknown) => {
				return name === 'options.select' ? ['name'] : item.parameter(name, fallback);
			},
		};
		expect(readListQuery(narrow, undefined, conditions).queries).toEqual([{ sort: '_id', select: 'name,renewalDate' }]);
	});

	it('that Planhat has a filter for are asked of it', async () => {
		const { item, conditions } = await take(json({ status: 'Customer', phase: 'Live' }));
		expect(item.parameter('filters')).toEqual({ status: 'customer' });
		expect(conditions.all).toMatchObject([{ path: 'status', isAsked: true }, { path: 'phase' }]);
		expect(conditions.all[1]?.isAsked).toBeUndefined();
		const acme = '5f0000000000000000000001';
		const tasks = json([
			{ field: 'companyId', value: acme },
			{ field: 'isArchived', value: true },
		]);
		const asked = await take(tasks, tasks, node.type, 'task');
		expect(asked.item.parameter('filters')).toEqual({ companyId: acme, isArchived: true });
		const given = { ...tasks, company: { mode: 'id', value: acme } };
		const both = await take(given, given, node.type, 'task');
		expect(both.item.parameter('filters')).not.toHaveProperty('companyId');
	});

	it.each([
		[
			json([{ field: 'renewalDat', value: 'today' }]),
			"'renewalDat' is no field of companies; the nearest is 'renewalDate'",
		],
		[json([{ field: '', value: 1 }]), 'A condition has no field'],
		[json([{ field: 'h', operator: '~', value: 1 }]), "There is no operator '~'. Conditions on 'h' take equals,"],
		[json([{ field: 'h', operator: 'contains', value: 1 }]), "'h' cannot be compared by 'contains'"],
		[{ conditionsJson: 'h < 5' }, "'Conditions' cannot be read: 'h < 5'. They are JSON. For example: [{"],
		[json([{ field: 'phase', operator: 'equals', value: '' }]), "The condition on 'phase' has no value"],
		[{ conditions: { values: [{ field: 'phase', operator: 'equals', value: ' ' }] } }, 'has no value for this item'],
	])('that are no good are refused: %j', async (filters, words) => {
		expect(await refusal(filters)).toContain(words);
	});

	it('whose expression is blank never make a list of everything', async () => {
		for (const blank of ['', '[]', null])
			expect(await refusal({ conditionsJson: blank }, { conditionsJson: '={{ $json.c }}' })).toContain(
				"'Conditions' is blank for this item",
			);
	});

	it('that a model leaves blank are none, and are told', async () => {
		for (const blank of ['', '[]', '{}'])
			expect((await asTool({ conditionsJson: blank })).conditions).toEqual({ all: [], leftBlank: ['Conditions'] });
		const half = await asTool(json({ phase: 'Live', owner: '' }));
		expect(half.conditions).toMatchObject({ all: [{ path: 'phase' }], leftBlank: ['owner'] });
		const raw = { conditions: { values: [{ field: 'h', operator: 'lessThan', value: "={{ $fromAI('health') }}" }] } };
		const values = [{ field: 'h', operator: 'lessThan', value: '' }];
		const form = await take({ conditions: { values } }, raw, 'n8n-nodes-planhat.planhatTool');
		expect(form.conditions.leftBlank).toEqual(['h']);
	});
});
