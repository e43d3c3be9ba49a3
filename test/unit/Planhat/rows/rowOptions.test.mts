import { describe, expect, it } from '@jest/globals';
import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { Planhat } from '../../../../nodes/Planhat/Planhat.node.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { keylessRowsBefore, readRules } from '../../../../nodes/Planhat/rows/rowOptions.ts';
import { node } from '../../fakeItem.mts';

const { description } = new Planhat();
const { properties } = description;
/** A row that is found by its name needs one anyway. */
const matched = models.filter(({ operations, namedBy }) => operations.includes('upsert') && namedBy === undefined);

function shownNames(parameters: INodeParameters): string[] {
	const node = { typeVersion: 1, parameters };
	return properties
		.filter((property) => NodeHelpers.displayParameter(parameters, property, node, description))
		.map(({ name }) => name);
}

/** What n8n gives of parameters as a workflow holds them. */
function asRead(parameters: INodeParameters): INodeParameters {
	return NodeHelpers.getNodeParameters(properties, parameters, true, false, { typeVersion: 1 }, description) ?? {};
}

describe('the parameter Rows Without a Key', () => {
	it.each(matched)('of $resource is asked for right below the fields, once', ({ resource }) => {
		for (const specifyFields of ['map', 'json']) {
			const names = shownNames({ resource, operation: 'upsert', specifyFields });
			expect(names.filter((name) => name === 'keylessRows')).toHaveLength(1);
			expect(names[names.indexOf('keylessRows') - 1]).toBe(specifyFields === 'map' ? 'fields' : 'json');
		}
	});

	it.each(matched)('of $resource refuses such rows by itself, where users can give a key', ({ resource, keys }) => {
		const isTheirs = keys.some((key) => key !== '_id');
		expect(asRead({ resource, operation: 'upsert' }).keylessRows).toBe(isTheirs ? 'fail' : 'create');
	});

	it('says what comes of such rows', () => {
		const [first] = properties.filter(({ name }) => name === 'keylessRows');
		const sentence = 'Each row needs External ID or Source ID; without one every run creates a new record';
		expect([first?.default, first?.description]).toEqual(['fail', expect.stringContaining(sentence)]);
	});

	it('is not asked for elsewhere', () => {
		for (const operation of ['create', 'update', 'getAll', 'delete'])
			expect(shownNames({ resource: 'company', operation })).not.toContain('keylessRows');
	});

	it('of a workflow that holds it in Options stays there, and is asked for at one place', () => {
		for (const value of ['create', 'fail', '={{ $json.x }}']) {
			const parameters = { resource: 'company', operation: 'upsert', options: { keylessRows: value, dryRun: true } };
			expect(asRead(parameters).options).toEqual(parameters.options);
			expect(shownNames(parameters)).not.toContain('keylessRows');
			expect(NodeHelpers.displayParameter(parameters.options, keylessRowsBefore, null, null)).toBe(true);
		}
		expect(NodeHelpers.displayParameter({ dryRun: true }, keylessRowsBefore, null, null)).toBe(false);
	});
});

describe('the rules of a run', () => {
	const read = (values: Record<string, unknown>, keys: readonly ('_id' | 'externalId')[] = ['_id', 'externalId']) =>
		readRules((name, fallback) => values[name] ?? fallback, 'either', { model: { keys }, node }).options.keylessRows;

	it('take rows without a key from Options first, and from below the fields then', () => {
		expect(read({})).toBe('fail');
		expect(read({ keylessRows: 'create' })).toBe('create');
		expect(read({ keylessRows: 'create', 'options.keylessRows': 'fail' })).toBe('fail');
		expect(read({ keylessRows: 'fail', 'options.keylessRows': 'create' })).toBe('create');
		expect(read({ keylessRows: 'sometimes' })).toBe('fail');
		expect(read({}, ['_id'])).toBe('create');
		expect(read({ keylessRows: 'fail' }, ['_id'])).toBe('fail');
	});
});
