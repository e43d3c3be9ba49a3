import { describe, expect, it } from '@jest/globals';

import { customField } from '../../../../nodes/Planhat/resources/customField.ts';
import { note } from '../../../../nodes/Planhat/resources/note.ts';
import { recordName, withoutName } from '../../../../nodes/Planhat/resources/recordName.ts';

const nameOf = (name: unknown, parent: unknown) => recordName(customField, { name, parent } as never);

describe('The name of a custom field', () => {
	it('is the same for all spellings of its model, and of models that share their records', () => {
		const name = nameOf('Plan', 'company');
		for (const parent of ['Company', ' companies ', 'COMPANY']) expect(nameOf(' Plan ', parent)).toEqual(name);
		expect(nameOf('Plan', 'End User')).toEqual(nameOf('Plan', 'enduser'));
		expect(nameOf('Plan', 'note')).toEqual(nameOf('Plan', 'conversation'));
		expect(nameOf('Plan', 'Robot')).not.toEqual(name);
	});

	it('differs by capitals, and is alike without them', () => {
		expect(nameOf('plan', 'company')?.exact).not.toBe(nameOf('Plan', 'company')?.exact);
		expect(nameOf('plan', 'company')?.alike).toBe(nameOf('Plan', 'company')?.alike);
	});

	it('is none where a part is missing, or the model has keys', () => {
		expect([nameOf('', 'company'), nameOf('Plan', undefined), nameOf({}, 'company')]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		expect(recordName(note, { name: 'a', parent: 'company' })).toBeUndefined();
	});

	it('is left out where the record was found by it', () => {
		expect(withoutName({ name: 'Plan', parent: 'company', type: 'text' }, customField)).toEqual({ type: 'text' });
	});
});
