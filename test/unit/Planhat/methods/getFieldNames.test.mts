import { describe, expect, it } from '@jest/globals';

import { getOutputFields } from '../../../../nodes/Planhat/methods/getFieldNames.ts';
import { fakeEditor } from './fakeEditor.mts';

const company = { resource: 'company' };
const refused = (statusCode: number) => fakeEditor(company, { statusCode, body: 'no' });

describe('the list of fields to return', () => {
	it('holds the custom fields behind the standard ones', async () => {
		const body = [{ parent: 'company', name: 'Zone', type: 'text', _id: 'a' }];
		const options = await getOutputFields.call(fakeEditor(company, { statusCode: 200, body }).editor);
		expect(options.at(-1)).toEqual({ name: 'Custom: Zone', value: 'custom.Zone' });
		expect(options).toContainEqual(expect.objectContaining({ value: 'externalId' }));
	});

	it('says that the token is not accepted', async () => {
		await expect(getOutputFields.call(refused(401).editor)).rejects.toThrow(/custom fields: no\. Check the API token/);
	});

	it.each([
		['the right to read custom fields', refused(403), 1],
		['a credential', fakeEditor(company, undefined, { credentials: undefined }), 0],
	])('holds the standard fields without %s', async (_without, { editor, sent }, requests) => {
		const options = await getOutputFields.call(editor);
		expect(options).toContainEqual(expect.objectContaining({ value: 'custom' }));
		expect(sent).toHaveLength(requests);
	});
});
