import { describe, expect, it } from '@jest/globals';
import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { domainIn, References } from '../../../../nodes/Planhat/tenant/references.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import { node, openDoor } from '../../fakeItem.mts';

const people = Array.from({ length: 31 }, (_, index) => ({
	_id: `e${index}`,
	email: `P${index}@example.com`,
	companyId: 'c1',
	...(index === 1 && { primary: true }),
}));

function referencesOf({ heedsEmail = true, refuses = false } = {}) {
	const asked: string[] = [];
	const lists: Record<string, IDataObject[]> = {
		'/leancompanies': [
			{ _id: 'c1', name: 'Acme ', externalId: 'acme', sourceId: '' },
			{ _id: 'c2', name: 'ACME' },
		],
		'/companies': [{ _id: 'c1', domains: ['acme.com', 'Acme.org'] }],
		'/endusers': people,
	};
	const send = async ({ url, qs = {} }: { url: string; qs?: IDataObject }) => {
		asked.push(`${url} ${String(qs.email ?? qs.select ?? '')}`.trim());
		if (refuses) throw new NodeApiError(node, { message: 'No right' }, { message: 'No right' });
		const body = (lists[url] ?? []).filter(({ email }) => !heedsEmail || qs.email === undefined || email === qs.email);
		return { status: 200, body, resent: false };
	};
	const transport = { ...openDoor, send, trySend: send, effort: { requests: 0, retries: 0, waited: 0 } };
	return { asked, references: new References(transport as Transport) };
}

describe('A company', () => {
	it('is told by the lean list, read once, or by its domains', async () => {
		const { asked, references } = referencesOf();
		expect(references.by('companyName', 'acme')).toBeUndefined();
		await references.learn('companyName', ['acme']);
		await references.learn('companyExternalId', ['acme', 'none']);
		expect(references.by('companyName', ' Acme')).toEqual([{ _id: 'c1' }, { _id: 'c2' }]);
		expect(references.by('companyExternalId', 'acme')).toEqual([{ _id: 'c1' }]);
		expect(references.by('companyExternalId', 'none')).toEqual([]);
		await references.learn('companyDomain', ['acme.org']);
		expect(references.by('companyDomain', 'https://www.acme.org/about')).toEqual([{ _id: 'c1' }]);
		expect(asked).toEqual(['/leancompanies', '/companies domains']);
	});

	it.each([
		['Acme.com', 'acme.com'],
		['https://www.acme.com/a?b', 'acme.com'],
		['Kim@mail.acme.com', 'mail.acme.com'],
		['acme.com:8080', 'acme.com'],
	])('has in %j the domain %j', (text, domain) => {
		expect(domainIn(text)).toBe(domain);
	});
});

describe('An end user', () => {
	it('is asked for alone where few are, and each once', async () => {
		const { asked, references } = referencesOf();
		await Promise.all([
			references.learn('enduserEmail', ['P1@example.com', 'P2@example.com']),
			references.learn('enduserEmail', ['p1@example.com']),
		]);
		expect(references.by('enduserEmail', 'P1@Example.com')).toEqual([{ _id: 'e1', companyId: 'c1', isPrimary: true }]);
		expect(references.by('enduserEmail', 'p3@example.com')).toBeUndefined();
		expect(asked).toEqual(['/endusers P1@example.com', '/endusers P2@example.com']);
	});

	it('is told by the list of all where many are asked for, or one after the other', async () => {
		const { asked, references } = referencesOf();
		for (let index = 0; index < 9; index += 1) await references.learn('enduserEmail', [`P${index}@example.com`]);
		expect(references.by('enduserEmail', 'p8@example.com')).toEqual([{ _id: 'e8', companyId: 'c1' }]);
		expect(asked.filter((one) => one.includes('@'))).toHaveLength(5);
		expect(asked.filter((one) => one.includes('companyId'))).toHaveLength(1);
	});

	it('is told by the list of all where Planhat finds none, since it may tell capitals apart', async () => {
		const { asked, references } = referencesOf();
		await references.learn('enduserEmail', ['p3@example.com']);
		expect(references.by('enduserEmail', 'p3@example.com')).toEqual([{ _id: 'e3', companyId: 'c1' }]);
		expect(asked).toEqual(['/endusers p3@example.com', '/endusers email,externalId,companyId,primary']);
	});

	it('is told by the list of all where Planhat does not heed the filter', async () => {
		const { asked, references } = referencesOf({ heedsEmail: false });
		await references.learn('enduserEmail', ['p3@example.com']);
		expect(references.by('enduserEmail', 'p3@example.com')).toEqual([{ _id: 'e3', companyId: 'c1' }]);
		expect(asked.filter((one) => one.includes('@'))).toHaveLength(1);
	});

	it('is not known where Planhat refuses, and it is asked no more', async () => {
		const { asked, references } = referencesOf({ refuses: true });
		await references.learn('enduserExternalId', ['7']);
		await references.learn('enduserExternalId', ['8']);
		expect(references.by('enduserExternalId', '8')).toEqual({ reason: expect.stringContaining('No right') });
		expect(asked).toHaveLength(1);
	});
});
