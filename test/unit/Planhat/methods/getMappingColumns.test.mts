import { describe, expect, it } from '@jest/globals';

import { getMappingColumns } from '../../../../nodes/Planhat/methods/getMappingColumns.ts';
import { fakeEditor } from './fakeEditor.mts';

describe('the form of a tool', () => {
	it('has texts alone, whose labels say what a model gives', async () => {
		const definitions = [
			{ name: 'Plan', parent: 'company', type: 'list', listValues: ['Basic', 'Team'] },
			{ name: 'Seats', parent: 'company', type: 'number' },
			{ name: 'At Risk', parent: 'company', type: 'checkbox' },
			{ name: 'Due', parent: 'company', type: 'day' },
		];
		const columns = async (typeVersion: number) => {
			const tool = { type: 'planhatTool', typeVersion };
			const parameters = { resource: 'company', operation: 'update' };
			const { editor } = fakeEditor(parameters, { statusCode: 200, body: definitions }, tool);
			return (await getMappingColumns.call(editor)).fields;
		};
		const now = await columns(1.1);
		expect(new Set(now.map(({ type }) => type))).toEqual(new Set(['string']));
		expect(now.filter(({ id }) => id.startsWith('custom.')).map(({ displayName }) => displayName)).toEqual([
			...['At Risk (yes or no)', 'Due (YYYY-MM-DD)', 'Plan (Basic or Team)', 'Seats (number)'],
		]);
		expect((await columns(1)).find(({ id }) => id === 'custom.Seats')).toMatchObject({
			...{ type: 'number', displayName: 'Seats' },
		});
	});
});

describe('the form of Map Each Field', () => {
	const form = { resource: 'company', operation: 'create' };

	it('is read through the proxy and with the certificates that Request Options allow', async () => {
		const requestOptions = { proxy: 'http://me:word@proxy.example.com:3128', allowUnauthorizedCerts: true };
		const { editor, sent } = fakeEditor({ ...form, requestOptions });
		await getMappingColumns.call(editor);
		expect(sent.map(({ url }) => url)).toEqual(['/customfields', '/users', '/companies']);
		for (const request of sent)
			expect(request).toMatchObject({
				proxy: { protocol: 'http', host: 'proxy.example.com', port: 3128, auth: { username: 'me', password: 'word' } },
				skipSslCertificateValidation: true,
			});
	});

	it('is read without them where there are none', async () => {
		const { editor, sent } = fakeEditor(form);
		await getMappingColumns.call(editor);
		expect(sent).toHaveLength(3);
		for (const request of sent) {
			expect(request).not.toHaveProperty('proxy');
			expect(request).not.toHaveProperty('skipSslCertificateValidation');
		}
	});

	it('is not read past a proxy of a scheme that is not supported', async () => {
		const { editor, sent } = fakeEditor({ ...form, requestOptions: { proxy: 'socks5://proxy.example.com' } });
		await expect(getMappingColumns.call(editor)).rejects.toThrow('socks5://');
		expect(sent).toEqual([]);
	});
});
