import { afterEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { shownChoices } from '../../dist/nodes/Planhat/description/choices.js';
import { Planhat } from '../../dist/nodes/Planhat/Planhat.node.js';
import { resources } from '../../dist/nodes/Planhat/resources/index.js';
import type { Choice } from '../../dist/nodes/Planhat/run/choices.js';
import { changePlanhat } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

// Which credential counts is n8n's own question.
const properties: readonly INodeProperties[] = new Planhat().description.properties.filter(
	({ name }) => name !== 'authentication',
);

interface Place {
	resource: string;
	operation: string;
	choice: Choice;
}

/** Each choice of each operation, with the first resource that has it. */
const places = [
	...new Map(
		resources
			.flatMap(({ resource, operations }) =>
				operations.flatMap((operation) =>
					shownChoices(properties, resource, operation).map((choice): Place => ({ resource, operation, choice })),
				),
			)
			.reverse()
			.map((place) => [`${place.operation} ${place.choice.path}`, place]),
	).values(),
].reverse();

/** The parameters of a node in which one choice, by its path, has a value. */
function withValue({ resource, operation, choice }: Place, value: unknown): INodeParameters {
	const [first = '', ...inner] = choice.path.split('.');
	const inside = inner.reduceRight<unknown>((within, name) => ({ [name]: within }), value);
	const sort = first === 'sort' && { sort: { values: { field: 'name', direction: value } } };
	return {
		resource,
		operation,
		recordId: record('id', '61006bc89a3e0b702ed8ea49'),
		...{ userId: 'u', event: 'e', searchText: 'a', webhookUrl: 'https://api-eu2.planhat.com/a' },
		[first]: inside,
		...sort,
	} as INodeParameters;
}

const given = itemsOf([{ externalId: 'a', name: 'A' }]);

describe('a choice that is not in its list', () => {
	afterEach(() => changePlanhat(() => {}));

	it.each(places.map((place) => [place.choice.displayName, place.operation, place] as const))(
		'is refused, and nothing is sent: %s of %s',
		async (displayName, _operation, place) => {
			// Output is shown to tools alone, whose errors are one text.
			const isTool = place.choice.path === 'output';
			changePlanhat(({ description }) => (description.name = isTool ? 'planhatTool' : 'planhat'));
			const parameters = withValue(place, "={{ 'Raw ' + $json.name }}");
			const { error } = await planhat.run(parameters, { items: given, way: isTool ? 'routing' : undefined });
			const said = [error?.message, error?.description].join(' ');
			expect(said).toContain(`'${displayName}' has no choice 'Raw A'`);
			expect(said).toContain(`Give one of: ${[...place.choice.options.keys()][0] ?? ''} (`);
			expect(planhat.sent()).toEqual([]);
		},
	);

	it('is refused where an expression leaves it blank, so that Write Mode never falls back to creating', async () => {
		const place = places.find(({ choice }) => choice.path === 'options.writeMode');
		if (place === undefined) throw new Error('There is no Write Mode');
		const { error } = await planhat.run(withValue(place, '={{ $json.mode }}'), { items: given });
		expect(error?.message).toBe("'Write Mode' is blank for this item");
		expect(planhat.sent()).toEqual([]);
	});

	it('is refused where a workflow that was written elsewhere holds it', async () => {
		const parameters = { resource: 'company', operation: 'upsert', options: { writeMode: 'Update Only' } };
		const { error } = await planhat.run(parameters, { items: given });
		expect(error?.message).toBe("'Write Mode' has no choice 'Update Only'");
		expect(error?.description).toBe(
			'Give one of: createOnly (Create Only), createOrUpdate (Create or Update), updateOnly (Update Only).',
		);
	});

	it('becomes an error item for each item alone where On Error is Continue', async () => {
		planhat.server.insert('companies', [{ _id: '61006bc89a3e0b702ed8ea49', name: 'A' }]);
		const parameters = {
			...{ resource: 'company', operation: 'delete', recordId: record('id', '={{ $json.id }}') },
			options: { missing: '={{ $json.missing }}' },
		};
		const items = itemsOf([
			{ id: '61006bc89a3e0b702ed8ea49', missing: 'Ignore' },
			{ id: '61006bc89a3e0b702ed8ea50', missing: 'ignore' },
		]);
		const { output } = await planhat.run(parameters, { items, onError: 'continueRegularOutput' });
		expect(output[0]?.json.error).toMatch(/^'Missing Records' has no choice 'Ignore'/);
		expect(output[1]?.json).not.toHaveProperty('error');
		expect(planhat.server.records('companies')).toHaveLength(1);
	});

	it('is none where an expression comes to a choice of the list', async () => {
		planhat.server.insert('companies', [{ externalId: 'a', name: 'A' }]);
		const place = places.find(({ choice }) => choice.path === 'options.report');
		if (place === undefined) throw new Error('There is no Report');
		const parameters = { ...withValue(place, "={{ 'sum' + 'mary' }}"), resource: 'company' };
		const json = JSON.stringify({ externalId: 'a', name: 'B' });
		const { output, error } = await planhat.run({ ...parameters, json }, { items: given });
		expect(error).toBeUndefined();
		expect(output).toHaveLength(1);
	});
});
