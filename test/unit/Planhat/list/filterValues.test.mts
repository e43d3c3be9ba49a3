import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { readFilters } from '../../../../nodes/Planhat/list/filters.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem, node } from '../../fakeItem.mts';

const one = '5f1000000000000000000001';

describe('a filter whose expression comes out blank', () => {
	const withRaw = (resource: string, filters: IDataObject, raw: IDataObject | string, more: Partial<INode> = {}) => ({
		...fakeItem(resource, { filters }),
		node: { ...node, ...more, parameters: { filters: raw as INodeParameters } },
	});
	const blanks: unknown[] = [undefined, null, '', ' \t', NaN, [], [''], [null, ' ']];
	const doors = models.flatMap(({ resource, filters }) => filters.map(({ name }) => [resource, name] as const));

	it.each([...doors, ['company', 'updatedAfter'] as const])('fails its item: %s, %s', async (resource, name) => {
		for (const blank of blanks) {
			const item = withRaw(resource, { [name]: blank as string }, { [name]: '={{ $json.x }}' });
			expect((await thrownBy(() => readFilters(item))).message).toMatch(/^'[^']+' is blank for this item$/);
		}
	});

	it('is named as people call it, and it is said what would be listed', async () => {
		const item = withRaw('enduser', { companyId: '' }, { companyId: '={{ $json.company }}' });
		const error = await thrownBy(() => readFilters(item));
		expect(error.message).toBe("'Company' is blank for this item");
		expect(error.description).toContain('all end users would be listed');
	});

	it('fails its item also as one of a list', async () => {
		const item = withRaw('enduser', { companyId: [null] as never }, { companyId: ['={{ $json.company }}'] as never });
		expect((await thrownBy(() => readFilters(item))).message).toBe("'Company' is blank for this item");
		const half = withRaw(
			'enduser',
			{ companyId: [one, null] as never },
			{ companyId: [one, '={{ $json.c }}'] as never },
		);
		expect((await thrownBy(() => readFilters(half))).message).toBe("'Company Names or IDs' has an empty entry");
	});

	it('is none where it only searches the list in the editor', () => {
		const item = withRaw('company', { companySearch: '' }, { companySearch: '={{ $json.no }}' });
		expect(readFilters(item).queries).toEqual([{}]);
	});

	it('fails its item where it is a company that is searched, or named by an ID', async () => {
		const item = withRaw(
			'enduser',
			{ company: { mode: 'id', value: '' } },
			{ company: { mode: 'id', value: '={{ $json.no }}' } },
		);
		expect((await thrownBy(() => readFilters(item))).message).toBe("'Company' is blank for this item");
	});

	it('is no filter by hand', () => {
		for (const email of ['', ' ', null]) {
			expect(readFilters(withRaw('enduser', { email }, { email })).queries).toEqual([{}]);
		}
	});

	const byModel = { companyId: "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Company', ``, 'string') }}" };

	it('is no filter where the model of an agent has left it blank, and is remembered', () => {
		for (const blank of blanks) {
			const tool = withRaw('enduser', { companyId: blank as string }, byModel, {
				type: 'n8n-nodes-planhat.planhatTool',
			});
			expect(readFilters(tool)).toMatchObject({ queries: [{}], leftBlank: ['Company'] });
		}
	});

	it('fails a tool too where it does not come from the model', async () => {
		const type = 'n8n-nodes-planhat.planhatTool';
		const tool = withRaw('enduser', { companyId: '' }, { companyId: '={{ $json.company }}' }, { type });
		expect((await thrownBy(() => readFilters(tool))).message).toBe("'Company' is blank for this item");
	});

	it('fails a node that is no tool, whatever its expression', async () => {
		const item = withRaw('enduser', { companyId: '' }, byModel);
		expect((await thrownBy(() => readFilters(item))).message).toBe("'Company' is blank for this item");
	});
});
