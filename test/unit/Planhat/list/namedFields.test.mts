import { describe, expect, it } from '@jest/globals';

import { withNamedFields } from '../../../../nodes/Planhat/list/namedFields.ts';
import { fakeItem, fakeTenant, model, node } from '../../fakeItem.mts';

const tool = { ...node, type: 'n8n-nodes-planhat.planhatTool' };

function itemWith(outputFields: unknown, body: unknown = [{ name: 'Plan', parent: 'company', type: 'text' }]) {
	const item = fakeItem('company', { output: 'selected', outputFields } as never);
	const tenant = fakeTenant(model('company'), {
		...item.transport,
		send: async () => ({ status: 200, body, resent: false }),
	} as never);
	return { ...item, tenant, node: tool };
}

async function fieldsOf(outputFields: unknown, body?: unknown) {
	const { item, unknown } = await withNamedFields(itemWith(outputFields, body));
	return { fields: item.parameter('outputFields', []), unknown };
}

describe('the fields that a model wants to see', () => {
	it.each([
		['name, health, Renewal Date', 'name,h,renewalDate'],
		['["name", "tags"]', 'name,tags'],
		['name; CSM Score'.replace(';', ','), 'name,csmScore'],
		['plan', 'custom.Plan'],
		['usage.logins', 'usage.logins'],
		['_id', '_id'],
	])('are named as people do: %j', async (given, fields) => {
		expect(await fieldsOf(given)).toEqual({ fields, unknown: [] });
	});

	it('that are none are told', async () => {
		expect(await fieldsOf('name, helth, foo')).toEqual({
			fields: 'name',
			unknown: [
				"'helth' is no field of companies; the nearest is 'health'.",
				expect.stringContaining("'foo' is no field of companies; there are"),
			],
		});
	});

	it('that cannot be told from custom fields are asked for', async () => {
		expect(await fieldsOf('name, Seats', 'no list')).toEqual({ fields: 'name,Seats', unknown: [] });
	});

	it.each([[''], [[]], [['name', 'custom.Plan']]])('are those of the builder or the usual ones: %j', async (given) => {
		expect(await fieldsOf(given)).toEqual({ fields: given, unknown: [] });
	});

	it('are of no concern where the node is no tool', async () => {
		const item = { ...itemWith('foo'), node };
		expect(await withNamedFields(item)).toEqual({ item, unknown: [] });
	});
});
