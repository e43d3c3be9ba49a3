import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';

import { timePicker } from '../../../../nodes/Planhat/rows/pickedTimes.ts';
import { model, node } from '../../fakeItem.mts';

/** What is given once times were picked: the mapper's values, and what they are after expressions were resolved. */
function picked(value: IDataObject, values: IDataObject = value, timezone = 'America/New_York'): IDataObject {
	const schema = [{ id: 'custom.Start', type: 'dateTime', fieldType: 'date' }];
	const parameters = { fields: { mappingMode: 'defineBelow', value, schema } } as unknown as INode['parameters'];
	return timePicker({ model: model('task'), node: { ...node, parameters }, timezone })(values);
}

describe('A time that was picked in the editor', () => {
	it('is meant in the time zone of the workflow', () => {
		expect(picked({ startTime: '2026-07-01T09:30:00', mainText: 'A' })).toEqual({
			startTime: '2026-07-01T13:30:00.000Z',
			mainText: 'A',
		});
		expect(picked({ 'custom.Start': '2026-01-01T09:30:00' })).toEqual({ 'custom.Start': '2026-01-01T14:30:00.000Z' });
	});

	it('of midnight is a day, which has no zone', () => {
		expect(picked({ startTime: '2026-07-01T00:00:00' })).toEqual({ startTime: '2026-07-01T00:00:00' });
	});

	it('is left as it is in a field of another type, with an offset, or from an expression', () => {
		const text = '2026-07-01T09:30:00';
		expect(picked({ mainText: text })).toEqual({ mainText: text });
		expect(picked({ startTime: `${text}Z` })).toEqual({ startTime: `${text}Z` });
		expect(picked({ startTime: '={{ $json.at }}' }, { startTime: text })).toEqual({ startTime: text });
	});
});
