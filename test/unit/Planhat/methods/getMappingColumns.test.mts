import { describe, expect, it } from '@jest/globals';

import { getMappingColumns } from '../../../../nodes/Planhat/methods/getMappingColumns.ts';
import { fakeEditor } from './fakeEditor.mts';

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
