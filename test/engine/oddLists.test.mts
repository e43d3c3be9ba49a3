import { describe, expect, it } from '@jest/globals';

import { mapperColumnsOf } from './editor.mts';
import { optionsInEditor, searchInEditor } from './harness.mts';
import { bench } from './planhat.mts';

const planhat = bench({ forEachTest: true });

const longName = 'Long'.repeat(250_000);

/** What no list of Planhat's holds, but a list of JSON can. */
function oddList(): unknown[] {
	const names: unknown[] = [
		null,
		7,
		'',
		{},
		[],
		{ toString: 'x' },
		true,
		'__proto__',
		'<img src=x onerror=alert(1)>',
		longName,
	];
	const named = names.map((name, at) => ({ _id: `id-${at}`, name, email: name, nickName: name, phase: name }));
	const ids = [null, 5, {}, [], true].map((_id) => ({ _id, name: 'Odd ID' }));
	return [null, 1, 'text', [], [[]], {}, ...named, ...ids];
}

function answerAll(): void {
	const body = oddList();
	planhat.server.order({ method: 'GET', times: 'always', answer: { status: 200, body } as never });
}

interface Entry {
	name: string;
	value: unknown;
}

function expectPlain(entries: Entry[]): void {
	expect(entries.length).toBeGreaterThan(0);
	for (const { name, value } of entries) {
		expect(typeof name).toBe('string');
		expect(name.length).toBeLessThan(1_000);
		expect(typeof value).toBe('string');
	}
}

describe('a list with odd entries', () => {
	it.each(['company', 'enduser', 'user', 'asset'])('is shown in From List: %s', async (resource) => {
		answerAll();
		const { credentials } = planhat;
		const { results } = await searchInEditor({ parameters: { resource, operation: 'get' }, credentials }, '');
		expectPlain(results as Entry[]);
		for (const filter of ['img', 'proto', 'x'.repeat(10_000)])
			await searchInEditor({ parameters: { resource, operation: 'get' }, credentials }, filter);
	});

	it.each([
		['enduser', 'companyId'],
		['company', 'phase'],
	])('is shown among the filters of %s: %s', async (resource, name) => {
		answerAll();
		const parameters = { resource, operation: 'getAll', filters: {} };
		expectPlain((await optionsInEditor({ parameters, credentials: planhat.credentials }, name)) as Entry[]);
	});

	it('does not keep the columns of the mapper away', async () => {
		answerAll();
		const { fields } = await mapperColumnsOf({ resource: 'company', operation: 'create' }, planhat.credentials);
		expect(fields.some(({ id }) => id === 'name')).toBe(true);
		for (const { displayName } of fields) expect(displayName.length).toBeLessThan(1_000);
	});
});
