import { describe, expect, it } from '@jest/globals';

import { operations, operationsOf } from '../../../../nodes/Planhat/operations/index.ts';
import { models, modelOf, resources as offered } from '../../../../nodes/Planhat/resources/index.ts';
import { defineModel, referenceModes } from '../../../../nodes/Planhat/resources/model.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';
import { model } from '../../fakeItem.mts';

/** The values of `resource` that workflows depend on (design). */
const resources =
	'asset campaign churn company conversation customField deal enduser invoice issue license lineItem metric note nps ' +
	'objective opportunity product project sale task ticket timeEntry timesheet user userActivity workspace';

const twice = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);
const each = models.map((entry): [string, Model] => [entry.resource, entry]);

describe('the registry', () => {
	it('has every resource once, those that workflows depend on among them, in the order of the alphabet', () => {
		const values = models.map(({ resource }) => resource);
		expect(twice(values)).toEqual([]);
		expect(resources.split(' ').filter((value) => !values.includes(value))).toEqual([]);
		const names = models.map(({ name }) => name);
		expect(twice(names)).toEqual([]);
		expect(names).toEqual([...names].sort((first, second) => first.localeCompare(second)));
	});

	it('finds a model by its resource, and none by anything else', () => {
		for (const entry of models) expect(modelOf(entry.resource)).toBe(entry);
		for (const name of ['', 'Company', 'companies', 'constructor']) expect(modelOf(name)).toBeUndefined();
	});

	it('has every operation of each model, and no operation that no model has', () => {
		for (const entry of offered) {
			expect(
				operationsOf(entry)
					.map(({ value }) => value)
					.sort(),
			).toEqual([...entry.operations].sort());
			expect(twice(entry.operations)).toEqual([]);
		}
		// What is no model stands in its place of the alphabet, and moves none of them.
		expect(offered.filter((entry) => models.includes(entry))).toEqual(models);
		expect(operations.filter(({ value }) => !offered.some((entry) => entry.operations.includes(value)))).toEqual([]);
	});
});

describe.each(each)('the model %s', (_resource, entry) => {
	const names = entry.fields.map(({ name }) => name);

	it('has no field twice', () => {
		expect(twice(names)).toEqual([]);
	});

	it('is titled by a field of it or by its id', () => {
		expect([...names, '_id']).toContain(entry.title);
	});

	it('has keys that are fields which can be written, the id first', () => {
		const writable = entry.fields.filter(({ readOnly }) => !readOnly).map(({ name }) => name);
		expect(entry.keys.filter((key) => key !== '_id' && !writable.includes(key))).toEqual([]);
		expect(twice(entry.keys)).toEqual([]);
		if (entry.operations.includes('get')) expect(entry.keys[0]).toBe('_id');
	});

	it('has prefixes only for keys', () => {
		// Planhat finds a note by its external ID, but does not match rows by it (reference, "IDs").
		const keys: readonly string[] = entry.resource === 'note' ? [...entry.keys, 'externalId'] : entry.keys;
		const known = {
			externalId: keys.includes('externalId') || keys.includes('extId'),
			sourceId: keys.includes('sourceId'),
		};
		for (const [kind, prefix] of Object.entries(entry.prefixes)) {
			expect([kind, known[kind as keyof typeof known]]).toEqual([kind, true]);
			expect(['extid-', 'srcid-']).toContain(prefix);
		}
	});

	it('can be found by email only where it has one', () => {
		if (entry.findByEmail) expect(names).toContain('email');
		expect(referenceModes(entry).includes('email')).toBe(entry.findByEmail);
	});

	it('has filters with names of their own, compared with fields of it', () => {
		expect(twice(entry.filters.map(({ name }) => name))).toEqual([]);
		expect(entry.filters.flatMap(({ verify }) => verify ?? []).filter((name) => !names.includes(name))).toEqual([]);
		for (const { description } of entry.filters) expect(description).not.toBe('');
	});

	it('has a simplified form of ten fields at most beside its keys, where a record has more', () => {
		const { simplified } = entry;
		expect(simplified.length > 0).toBe(entry.operations.includes('get') && names.length + 1 > 10);
		expect(simplified.filter((name) => !/^(_id|externalId|extId|sourceId)$/.test(name)).length).toBeLessThanOrEqual(10);
		expect(twice(simplified)).toEqual([]);
		expect(simplified.filter((name) => !['_id', ...names].includes(name))).toEqual([]);
		if (simplified.length === 0) return;
		expect(simplified[0]).toBe('_id');
		expect(simplified).toContain(entry.title);
		expect(simplified.includes('custom')).toBe(names.includes('custom'));
	});

	it('asks for nothing that cannot be written', () => {
		const readOnly = entry.fields.filter((field) => field.readOnly);
		expect(readOnly.filter(({ required }) => required)).toEqual([]);
		const given = entry.requiredOneOf.flat();
		expect(given.filter((name) => !names.includes(name) || readOnly.some((field) => field.name === name))).toEqual([]);
	});

	it('says of every field that can be written what it is, and of every choice what can be chosen', () => {
		const writable = entry.fields.filter((field) => !field.readOnly);
		expect(writable.filter(({ description }) => description.trim() === '').map(({ name }) => name)).toEqual([]);
		const choices = entry.fields.filter(({ type }) => type === 'choice');
		expect(choices.filter(({ values }) => (values ?? []).length === 0)).toEqual([]);
		expect(choices.flatMap(({ values }) => twice(values ?? []))).toEqual([]);
	});

	it('has paths without a slash at the end, and a page that can be asked for', () => {
		for (const path of [entry.path, entry.readPath]) expect(path).toMatch(/^\/[a-z]+$/);
		expect(entry.page.maximum).toBeGreaterThan(0);
		expect(entry.page.maximum % 100).toBe(0);
	});

	it('has nouns as they stand in a sentence', () => {
		expect(entry.singular).not.toBe(entry.plural);
		for (const noun of [entry.singular, entry.plural]) expect(noun).toMatch(/^(NPS |)[a-z ]+$/);
	});

	it('shares its endpoint only with a word for its kind', () => {
		const others = models.filter((another) => another.path === entry.path && another !== entry);
		const general = entry.resource === 'conversation';
		expect(others.length === 0 || general || entry.kind !== undefined).toBe(true);
		for (const field of entry.kind?.fields ?? []) expect(names).toContain(field);
	});
});

describe('a model with the least that can be said', () => {
	const plain = defineModel({
		resource: 'thing',
		name: 'Thing',
		singular: 'thing',
		plural: 'things',
		path: '/things',
		title: '_id',
		fields: [],
	});

	it('has what most models have', () => {
		expect(plain).toMatchObject({
			readPath: '/things',
			operations: ['create', 'upsert', 'delete', 'get', 'getAll', 'update', 'describe'],
			keys: ['_id', 'sourceId', 'externalId'],
			prefixes: { externalId: 'extid-', sourceId: 'srcid-' },
			findByEmail: false,
			page: { maximum: 2_000, documented: false },
			requiredOneOf: [],
			filters: [],
			writesRows: false,
		});
	});
});

describe('a record can be named', () => {
	it.each([
		['company', 'list id externalId sourceId'],
		['enduser', 'list id externalId sourceId email'],
		['user', 'list id externalId email'],
		['invoice', 'list id externalId sourceId'],
		['issue', 'list id sourceId'],
		['ticket', 'list id sourceId'],
		['note', 'list id externalId'],
		['customField', 'list id'],
		['timesheet', 'list id'],
	])('for the model %s by %s', (resource, modes) => {
		expect(referenceModes(model(resource)).join(' ')).toBe(modes);
	});
});
