import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NodeHelpers, type INodeProperties } from 'n8n-workflow';

import { briefly } from '../../../../nodes/Planhat/description/briefConditions.ts';
import { Planhat } from '../../../../nodes/Planhat/Planhat.node.ts';
import { resources as offered } from '../../../../nodes/Planhat/resources/index.ts';

const { description } = new Planhat();
const resources = offered.map(({ resource }) => resource);
const operations = [...new Set(offered.flatMap((model) => model.operations))];
const usual = { displayName: 'Field', type: 'string', default: '' } as const;

/** The resources and operations for which a property is shown, in a node or in its collection. */
function shownFor(property: INodeProperties): string[] {
	return offered.flatMap((model) =>
		model.operations
			.filter((operation) =>
				NodeHelpers.displayParameter(
					{ resource: model.resource, operation },
					property,
					{ typeVersion: 1.1 },
					description,
				),
			)
			.map((operation) => `${model.resource} ${operation}`),
	);
}

describe('a parameter whose conditions were made brief', () => {
	it('is shown for the same resources and operations, in a node and in a collection', () => {
		const some = fc.record({
			resource: fc.subarray(resources, { minLength: 1 }),
			operation: fc.option(fc.subarray(operations, { minLength: 1 }), { nil: undefined }),
		});
		fc.assert(
			fc.property(some, ({ resource, operation }) => {
				const show = { resource, ...(operation && { operation }) };
				const property = { ...usual, name: 'a', displayOptions: { show } };
				expect(shownFor(briefly(property))).toEqual(shownFor(property));
				const inner = Object.fromEntries(Object.entries(show).map(([name, values]) => [`/${name}`, values]));
				const option = { ...usual, name: 'b', displayOptions: { show: inner } };
				const [made] = briefly({ ...usual, type: 'collection', name: 'c', options: [option] }).options ?? [];
				expect(shownFor(made as INodeProperties)).toEqual(shownFor(option));
			}),
		);
	});

	it('names no resources where its operations say as much, and those that lack it where they are few', () => {
		const brief = (resource: string[], operation?: string[]) =>
			briefly({ ...usual, name: 'a', displayOptions: { show: { resource, ...(operation && { operation }) } } })
				.displayOptions;
		expect(brief(resources)).toBeUndefined();
		expect(brief(['company'], ['getLeanList'])).toEqual({ show: { operation: ['getLeanList'] } });
		expect(brief(resources.filter((name) => name !== 'task'))).toEqual({ hide: { resource: ['task'] } });
		expect(brief(['task'])).toEqual({ show: { resource: ['task'] } });
	});
});
