import { describe, expect, it } from '@jest/globals';

import { resolveName, type Known } from '../../../../nodes/Planhat/columns/resolveName.ts';
import type { UnknownFields } from '../../../../nodes/Planhat/columns/rules.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import type { CustomField } from '../../../../nodes/Planhat/tenant/customFields.ts';
import { model } from '../../fakeItem.mts';

interface Situation extends Partial<Omit<Known, 'model' | 'customFields'>> {
	resource?: string;
	unknownFields?: UnknownFields;
	writes?: Known['rules']['writes'];
	custom?: Array<Partial<CustomField> & { name: string }>;
}

function meaningOf(
	name: string,
	{ resource = 'company', unknownFields = 'send', writes = 'either', custom = [], ...more }: Situation = {},
) {
	const options = { unknownFields, emptyValues: 'leave', keylessRows: 'fail' } as const;
	const fields = custom.map((field): CustomField => ({ type: 'text', description: '', offered: true, ...field }));
	return resolveName(
		{
			model: model(resource),
			rules: { writes, options },
			isAutomatic: true,
			customFieldsRead: true,
			customFields: new Map(fields.map((field) => [field.name, field])),
			...more,
		},
		name,
	);
}

describe('A name of what customers see', () => {
	it('is refused where a model names it itself', () => {
		const options = { unknownFields: 'refuse', emptyValues: 'leave', keylessRows: 'fail', keepsClosed: true } as const;
		for (const [resource, name] of [
			['company', 'shareable'],
			['company', 'Shareable'],
			['task', 'shared'],
			['customField', 'isShared'],
		] as const)
			expect(meaningOf(name, { resource, rules: { writes: 'new', options } })).toMatchObject({ to: 'refused' });
		expect(meaningOf('shareable')).toMatchObject({ to: 'field' });
	});
});

describe('A name of what only Planhat sets', () => {
	const options = {
		unknownFields: 'refuse',
		emptyValues: 'leave',
		keylessRows: 'fail',
		refusesReadOnly: true,
	} as const;
	const asked = (name: string, writes: 'new' | 'changes') =>
		meaningOf(name, { isAutomatic: false, rules: { writes, options } });

	it.each(['renewalDate', 'h', 'health', 'ownerName'])('is refused where a model gives it: %s', (name) => {
		for (const writes of ['new', 'changes'] as const)
			expect(asked(name, writes)).toEqual({ to: 'refused', why: `'${name}' of a company is set by Planhat alone` });
	});

	it('is refused for the ID of a new record, and goes nowhere where a change has its record named elsewhere', () => {
		expect(asked('_id', 'new')).toMatchObject({ to: 'refused' });
		expect(asked('_id', 'changes')).toMatchObject({ to: 'nowhere' });
		expect(asked('__v', 'new')).toMatchObject({ to: 'nowhere' });
	});
});

describe('A name', () => {
	it('of a field is that field, whatever stands around it', () => {
		expect(meaningOf('\ufeff name ')).toMatchObject({
			to: 'field',
			field: { name: 'name' },
			isKnown: true,
			isExact: true,
		});
	});

	it('of what only a simplified item has is none to write, but where unknown names go into custom', () => {
		expect(meaningOf('health')).toEqual({ to: 'nowhere', why: 'readOnly' });
		expect(meaningOf('ownerName')).toEqual({ to: 'nowhere', why: 'added' });
		expect(meaningOf('ownerName', { unknownFields: 'custom' })).toMatchObject({ to: 'custom' });
		expect(meaningOf('health', { unknownFields: 'custom' })).toMatchObject({ to: 'custom' });
		expect(meaningOf('health', { custom: [{ name: 'health' }] })).toMatchObject({ to: 'custom', isKnown: true });
		expect(meaningOf('health', { resource: 'objective' })).toMatchObject({ to: 'field' });
	});

	it('of a field of any model is that field or goes nowhere, without a question about custom fields', () => {
		for (const { resource, fields } of models) {
			for (const { name, readOnly } of fields.filter((field) => field.name !== 'custom')) {
				const meaning = meaningOf(name, { resource, customFieldsRead: false });
				expect([resource, name, meaning.to]).toEqual([resource, name, readOnly ? 'nowhere' : 'field']);
			}
		}
	});

	it('of a custom field is that field, with or without the prefix', () => {
		const custom = [{ name: 'Plan' }];
		for (const name of ['Plan', 'custom.Plan', ' custom. Plan ']) {
			expect(meaningOf(name, { custom })).toMatchObject({ to: 'custom', field: { name: 'Plan' }, isKnown: true });
		}
	});

	it('that is spelled otherwise is the one field that it fits, with automatic mapping alone', () => {
		const custom = [{ name: 'Plan type' }];
		expect(meaningOf('plan_type', { custom })).toMatchObject({
			to: 'custom',
			field: { name: 'Plan type' },
			isExact: false,
		});
		expect(meaningOf('External ID')).toMatchObject({ to: 'field', field: { name: 'externalId' }, isExact: false });
		expect(meaningOf('External ID', { isAutomatic: false })).toMatchObject({ isKnown: false });
		expect(meaningOf('plan_type', { custom: [...custom, { name: 'PlanType' }] })).toMatchObject({ isKnown: false });
	});

	it('that may be that of a custom field asks for them', () => {
		expect(meaningOf('Plan', { customFieldsRead: false })).toEqual({ to: 'asked' });
		expect(meaningOf('', { customFieldsRead: false })).toMatchObject({ to: 'nowhere' });
	});

	it("of n8n's is nothing, unless the tenant has such a field", () => {
		expect(meaningOf('row_number', { customFieldsRead: false })).toEqual({ to: 'nowhere', why: 'n8n' });
		expect(meaningOf('row_number', { custom: [{ name: 'row_number' }] })).toMatchObject({ to: 'custom' });
	});

	it('of the ID is a key for rows that are matched by it, and else Planhat’s own', () => {
		expect(meaningOf('_id')).toMatchObject({ to: 'field', field: { refersTo: 'company' } });
		expect(meaningOf('_id', { writes: 'changes' })).toEqual({ to: 'nowhere', why: 'readOnly' });
	});

	it('of what Planhat sets goes nowhere', () => {
		expect(meaningOf('Total', { custom: [{ name: 'Total', readOnly: true }] })).toEqual({
			to: 'nowhere',
			why: 'readOnly',
		});
		expect(meaningOf('__v')).toEqual({ to: 'nowhere', why: 'readOnly' });
	});

	it('of custom holds names of its own', () => {
		expect(meaningOf('custom')).toEqual({ to: 'inside' });
	});
});

describe('A name that nobody knows', () => {
	it.each<[UnknownFields, object]>([
		['send', { to: 'field', field: { name: 'colour' }, isKnown: false }],
		['custom', { to: 'custom', field: { name: 'colour' }, isKnown: false }],
		['ignore', { to: 'nowhere', why: 'unknown' }],
		['refuse', { to: 'refused', why: "Planhat knows no field 'colour' of a company" }],
	])('becomes with %s what the option says', (unknownFields, meaning) => {
		expect(meaningOf('colour', { unknownFields })).toMatchObject(meaning);
	});

	it('is told with the nearest field, and how sure that is', () => {
		const situation: Situation = { unknownFields: 'refuse', customFieldReason: 'not allowed' };
		expect(meaningOf('descripton', situation)).toEqual({
			to: 'refused',
			why: "Planhat knows no field 'descripton' of a company, as far as can be told without the custom fields (not allowed); the nearest is 'description'",
			nearest: 'description',
		});
	});

	it('goes nowhere as a custom field of a model that has none', () => {
		const without = models.find(({ fields }) => !fields.some(({ name }) => name === 'custom'));
		expect(meaningOf('colour', { resource: without?.resource, unknownFields: 'custom' })).toMatchObject({
			to: 'nowhere',
		});
	});

	it('cannot change what an object is', () => {
		expect(meaningOf('__proto__')).toMatchObject({ to: 'nowhere' });
		expect(meaningOf('custom.__proto__', { unknownFields: 'custom' })).toMatchObject({ to: 'nowhere' });
	});
});
