import { describe, expect, it } from '@jest/globals';

import { columnLabel, customColumnLabel, toolLabel } from '../../../../nodes/Planhat/methods/mapperLabels.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import type { Field } from '../../../../nodes/Planhat/resources/types.ts';
import { model } from '../../fakeItem.mts';

/** What n8n's panel shows of a label before it cuts it off. */
const mostShown = 40;

const writable = models.flatMap((entry) =>
	entry.fields.filter(({ readOnly }) => !readOnly).map((field) => ({ resource: entry.resource, field })),
);

function companyLabel(name: string): string {
	const field = model('company').fields.find((candidate) => candidate.name === name);
	if (field === undefined) throw new Error(`There is no ${name}`);
	return columnLabel(field);
}

describe('the label of a field in the mapper', () => {
	it('is its name alone', () => {
		expect(['city', 'phonePrimary', 'externalId', 'web', 'owner', 'tags', 'h'].map(companyLabel)).toEqual([
			'City',
			'Phone Primary',
			'External ID',
			'Website',
			'Owner',
			'Tags',
			'Health',
		]);
		for (const { field } of writable.filter(({ field }) => field.name !== 'custom'))
			expect(columnLabel(field)).toMatch(/^[A-Z][A-Za-z ]+$/);
		expect(['companyIds', 'enduserIds', 'endusers'].map((name) => columnLabel({ name }))).toEqual([
			'Company IDs',
			'End User IDs',
			'End Users',
		]);
	});

	it('of a custom field is its name, unless a standard field has the same', () => {
		const others = new Set(['Phase', 'Owner']);
		expect(customColumnLabel('Plan', others)).toBe('Plan');
		expect(customColumnLabel('Phase', others)).toBe('Phase (custom)');
	});

	it('tells each field of a model from the others, and fits into the form', () => {
		for (const { resource } of models) {
			const labels = writable.filter((one) => one.resource === resource).map(({ field }) => columnLabel(field));
			expect(labels).toEqual([...new Set(labels)]);
		}
		expect(writable.map(({ field }) => columnLabel(field)).filter((label) => label.length > mostShown)).toEqual([]);
	});
});

describe('the label of a field in the form of a tool', () => {
	const labelOf = (label: string, type: Field['type'], more: Partial<Field> = {}) =>
		toolLabel(label, { name: 'x', type, description: '', ...more });

	it('says the form of the value', () => {
		expect(labelOf('Due', 'isoDay')).toBe('Due (YYYY-MM-DD)');
		expect(labelOf('Seats', 'number')).toBe('Seats (number)');
		expect(labelOf('Score', 'number', { range: [0, 10] })).toBe('Score (0 to 10)');
		expect(labelOf('Risk', 'boolean')).toBe('Risk (yes or no)');
		expect(labelOf('Plan', 'choice', { values: ['Basic', 'Team', 'Enterprise'] })).toBe(
			'Plan (Basic, Team or Enterprise)',
		);
		expect(labelOf('Plans', 'texts', { values: ['A', 'B'] })).toBe('Plans (A or B, several with commas)');
		expect(labelOf('Company ID', 'id', { refersTo: 'company' })).toBe('Company (name or ID)');
		expect(labelOf('Owner', 'user')).toBe('Owner (name or email)');
		expect(labelOf('City', 'text')).toBe('City');
	});

	it('stays as short as n8n hands it on, with as many values as there is room for', () => {
		const values = Array.from({ length: 40 }, (_value, at) => `Value ${at}`);
		expect(labelOf('Plan', 'choice', { values })).toBe('Plan (Value 0, Value 1, Value 2, Value 3, Value 4, …)');
		for (const { field } of writable) expect(toolLabel(columnLabel(field), field).length).toBeLessThanOrEqual(63);
	});
});
