import { describe, expect, it } from '@jest/globals';

import { outcomeFields, outputFields, recordFields } from '../../../../nodes/Planhat/output/outputFields.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { model } from '../../fakeItem.mts';

const namesOf = (fields: ReadonlyArray<{ name: string }>) => fields.map(({ name }) => name);

describe('the fields of an output', () => {
	it('are the ID and all fields for a whole record', () => {
		for (const entry of models) expect(namesOf(recordFields(entry))).toEqual(['_id', ...namesOf(entry.fields)]);
	});

	it('are the simplified ones of a record that is read, in their order, with their types', () => {
		const company = model('company');
		expect(namesOf(outputFields(company, 1))).toEqual(company.simplifiedBefore);
		const plain = namesOf(outputFields(company, 1.1));
		expect(plain).toEqual(company.simplified.slice(0, -1).map((name) => (name === 'h' ? 'health' : name)));
		expect(outputFields(company, 1.1)).toContainEqual(expect.objectContaining({ name: '_id', type: 'id' }));
		expect(outputFields(company, 1.1).length).toBeLessThan(recordFields(company).length);
	});

	it('are all where a record has few', () => {
		expect(outputFields(model('campaign'), 1.1)).toEqual(recordFields(model('campaign')));
	});

	it('are the outcome, the ID, the keys and the reason for what became of a row', () => {
		const { keys } = model('company');
		const names = namesOf(outcomeFields(model('company'), 1));
		expect(names.slice(0, 2)).toEqual(['outcome', '_id']);
		expect(names.slice(2, -2).sort()).toEqual(keys.filter((key) => key !== '_id').sort());
		expect(names.slice(-2)).toEqual(['reason', 'resent']);
	});

	it('have the title of the row too, but in the first version', () => {
		expect(namesOf(outcomeFields(model('company'), 1.1)).slice(0, 3)).toEqual(['outcome', '_id', 'name']);
		expect(namesOf(outcomeFields(model('company'), 1))).not.toContain('name');
		const invoice = namesOf(outcomeFields(model('invoice'), 1.1));
		expect(invoice.filter((name) => name === 'extId')).toHaveLength(1);
	});
});
