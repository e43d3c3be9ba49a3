import { describe, expect, it } from '@jest/globals';

import { getOutputFields, getSortFields } from '../../../../nodes/Planhat/methods/getFieldNames.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { fakeEditor } from './fakeEditor.mts';

const company = { resource: 'company' };
const refused = (statusCode: number) => fakeEditor(company, { statusCode, body: 'no' });

describe('the list of fields to return', () => {
	it('holds the custom fields behind the standard ones', async () => {
		const body = [{ parent: 'company', name: 'Zone', type: 'text', _id: 'a' }];
		const options = await getOutputFields.call(fakeEditor(company, { statusCode: 200, body }).editor);
		expect(options.at(-1)).toEqual({ name: 'Zone', value: 'custom.Zone', description: 'custom.Zone' });
		expect(options).toContainEqual(expect.objectContaining({ value: 'externalId' }));
	});

	it('has names for people, with those of Planhat below, and each once', async () => {
		const body = [{ parent: 'company', name: 'Phase', type: 'text', _id: 'a' }];
		const options = await getOutputFields.call(fakeEditor(company, { statusCode: 200, body }).editor);
		expect(options).toContainEqual({
			name: 'Owner',
			value: 'owner',
			description: 'owner: Planhat user in charge (account or success manager)',
		});
		expect(options).toContainEqual({ name: 'Health', value: 'h', description: 'h' });
		expect(options).toContainEqual({ name: 'Phase (custom)', value: 'custom.Phase', description: 'custom.Phase' });
		for (const { resource } of models) {
			const names = (await getSortFields.call(fakeEditor({ resource }).editor)).map(({ name }) => name);
			expect([resource, names]).toEqual([resource, [...new Set(names)]]);
		}
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
