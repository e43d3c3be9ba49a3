import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { bench, itemsOf, record } from './planhat.mts';

/** What is given, and what is to become of it. */
interface Case {
	id: string;
	want: string;
	parameters: INodeParameters;
	items: IDataObject[];
	onError?: INode['onError'];
	/** What Planhat holds, by the path of the model. */
	seed?: Record<string, IDataObject[]>;
	/** What becomes of each row: how it is sent, or why it is not. */
	rows: Array<{ sent: IDataObject } | { refused: string }>;
	/** What a hint says, or the error where there is one. */
	hints?: string[];
}

const cases = JSON.parse(readFileSync(resolve(process.cwd(), 'test/cases/values.json'), 'utf8')) as Case[];

const planhat = bench();

/** All rows that were written, in their order. */
function written(): unknown[] {
	const writes = planhat.server.requests.filter(({ method }) => method !== 'GET');
	return writes.flatMap(({ body }) => (Array.isArray(body) ? (body as unknown[]) : [body]));
}

/** Companies that rows name by an external ID are there. */
function seedOf({ seed = {}, rows }: Case): Record<string, IDataObject[]> {
	const { companies = [] } = seed;
	const named = [...JSON.stringify(rows).matchAll(/"extid-([^"]+)"/g)].map(([, externalId]) => externalId);
	const others = [...new Set(named)].filter((externalId) => !companies.some((each) => each.externalId === externalId));
	return { ...seed, companies: [...companies, ...others.map((externalId) => ({ externalId, name: externalId }))] };
}

/** IDs that the test double has made are not known before. */
function withoutId(row: unknown): unknown {
	return { ...(row as IDataObject), ...((row as IDataObject)._id !== undefined && { _id: '$any' }) };
}

describe('What is given', () => {
	it.each(cases.map((each) => [each.id, each.want, each] as const))(
		'(%s) is sent or refused: %s',
		async (_id, _want, each) => {
			for (const [path, records] of Object.entries(seedOf(each))) planhat.server.insert(path, records as never);
			const { output, errors, error, hints } = await planhat.run(each.parameters, {
				items: itemsOf(each.items),
				onError: each.onError,
			});
			const sent = each.rows.flatMap((row) => ('sent' in row ? [withoutId(row.sent)] : []));
			expect(written().map(withoutId)).toEqual(sent);
			const reasons = [...output, ...errors].flatMap(({ json }) =>
				typeof json.error === 'string' ? [json.error] : [],
			);
			const said = [...reasons, String(error?.message), String(error?.description)].join('\n');
			const refused = each.rows.flatMap((row) => ('refused' in row ? [row.refused] : []));
			for (const words of refused) expect(said).toMatch(new RegExp(words));
			if (each.onError !== undefined) expect(reasons).toHaveLength(refused.length);
			const told = [said, ...hints.map(({ message }) => message)].join('\n');
			for (const hint of each.hints ?? []) expect(told).toMatch(new RegExp(hint));
		},
	);
});

describe('A point that may part thousands', () => {
	const automatically = { mappingMode: 'autoMapInputData', value: null };
	const byHand = { mappingMode: 'defineBelow', value: { externalId: '={{ $json.id }}', value: '={{ $json.amount }}' } };
	const row = { companyId: 'extid-a', _currency: 'EUR', fromDate: '2026-01-01' };
	const ways: Record<string, INodeParameters> = {
		automatically: { fields: automatically },
		'by hand': { fields: { ...byHand, value: { ...byHand.value, ...row } } },
		'as JSON': {
			json: `={{ { externalId: $json.id, value: $json.amount, ${JSON.stringify(row).slice(1, -1)} } }}`,
		},
	};
	const doors = ['create', 'update', 'upsert'].flatMap((door) => Object.keys(ways).map((way) => [door, way] as const));

	const run = async (operation: string, way: string, amounts: string[], credentials = planhat.credentials) => {
		planhat.server.insert('companies', [{ externalId: 'a', name: 'A' }]);
		planhat.server.insert(
			'licenses',
			operation === 'update' ? amounts.map((_amount, n) => ({ externalId: `l${n}` })) : [],
		);
		const items = amounts.map((amount, n) =>
			way === 'automatically' ? { ...row, externalId: `l${n}`, value: amount } : { id: `l${n}`, amount },
		);
		const recordId = record('externalId', way === 'automatically' ? '={{ $json.externalId }}' : '={{ $json.id }}');
		const { output } = await planhat.run(
			{ resource: 'license', operation, recordId, ...ways[way] },
			{ items: itemsOf(items), onError: 'continueRegularOutput', credentials },
		);
		return output.map(({ json }) => String(json.error ?? 'sent'));
	};

	it.each(doors)('is refused in a column with a comma, whichever comes first (%s, %s)', async (operation, way) => {
		const reasons = await run(operation, way, ['10.000', '1.200,50', '2.500', '7.5']);
		expect(reasons).toEqual([
			expect.stringContaining("not '10.000'. Other values of the column have a comma"),
			expect.stringContaining("not '1.200,50'"),
			expect.stringContaining("not '2.500'. Other values"),
			'sent',
		]);
	});

	it.each(doors)('is a number where no value has a comma (%s, %s)', async (operation, way) => {
		expect(await run(operation, way, ['10.000', '7.5'])).toEqual(['sent', 'sent']);
	});

	it.each(doors)('is no number for another credential of the run either (%s, %s)', async (operation, way) => {
		const { apiToken, tenantToken } = planhat.server.addTenant({ apiToken: 'token-0', tenantToken: 'tenant-0' });
		const other = `={{ $itemIndex === 1 ? "${apiToken}" : "${String(planhat.credentials.apiToken)}" }}`;
		const credentials = { ...planhat.credentials, apiToken: other, tenantToken };
		const [first, second] = await run(operation, way, ['10.000', '1.200,50'], credentials);
		expect(first).toContain('Other values of the column have a comma');
		expect(second).toContain("not '1.200,50'");
	});
});

describe('A point that may part thousands, on the analytics host', () => {
	const automatically = { mappingMode: 'autoMapInputData', value: null };
	const ofMetric = (value: number | string) => ({ dimensionId: 'logins', externalId: 'acme', value });
	const ofActivity = (weight: number | string) => ({ email: 'ada@example.com', action: 'Login', weight });
	const doors: Array<[resource: string, operation: string, row: (amount: number | string) => IDataObject]> = [
		['metric', 'insert', ofMetric],
		['userActivity', 'track', ofActivity],
	];
	const reasonsOf = async (resource: string, operation: string, rows: IDataObject[]) => {
		const parameters = { resource, operation, fields: automatically };
		const options = { items: itemsOf(rows), onError: 'continueErrorOutput' as const };
		const { errors } = await planhat.run(parameters, options);
		return errors.map(({ json }) => String(json.error));
	};

	it.each(doors)(
		'is refused in a column with a comma, whichever comes first (%s, %s)',
		async (resource, operation, row) => {
			const rows = ['10.000', '1.200,50', '2.500', '7.5'].map(row);
			expect(await reasonsOf(resource, operation, rows)).toEqual([
				expect.stringContaining("not '10.000'. Other values of the column have a comma"),
				expect.stringContaining("not '1.200,50'"),
				expect.stringContaining("not '2.500'. Other values"),
			]);
			expect(written()).toEqual([expect.objectContaining(row(7.5))]);
		},
	);

	it.each(doors)('is a number where no value has a comma (%s, %s)', async (resource, operation, row) => {
		expect(await reasonsOf(resource, operation, ['10.000', '7.5'].map(row))).toEqual([]);
		expect(written()).toEqual([row(10), row(7.5)].map((sent) => expect.objectContaining(sent)));
	});
});

describe('A text that is a list', () => {
	const automatically = { mappingMode: 'autoMapInputData', value: null };
	const modules = { name: 'Modules', type: 'multipicklist', parent: 'company', listValues: ['x', 'y, z'] };
	const kim = '61006bc89a3e0b702ed8ea49';
	const lee = '61006bc89a3e0b702ed8ea50';
	const forms = (one: string, other: string) => [
		`["${one}", "${other}"]`,
		`['${one}', '${other}']`,
		`"${one}","${other}"`,
		`'${one}';'${other}'`,
		`{"${one}","${other}"}`,
	];

	it.each(forms('x', 'y, z'))('is read in each of its forms: %s', async (text) => {
		const row = { externalId: 'a', name: 'A', tags: text, Modules: text };
		for (const operation of ['create', 'upsert']) {
			planhat.server.insert('customfields', [modules]);
			const { error } = await planhat.run(
				{ resource: 'company', operation, fields: automatically },
				{ items: itemsOf([row]) },
			);
			expect(error).toBeUndefined();
			expect(written().at(-1)).toMatchObject({ tags: ['x', 'y, z'], custom: { Modules: ['x', 'y, z'] } });
			planhat.server.reset();
		}
	});

	it.each(forms(kim, lee))('is read in a field of IDs: %s', async (text) => {
		const row = { externalId: 'a', name: 'A', followers: text, collaborators: text };
		const { error } = await planhat.run(
			{ resource: 'company', operation: 'create', fields: automatically },
			{ items: itemsOf([row]) },
		);
		expect(error).toBeUndefined();
		expect(written().at(-1)).toMatchObject({ followers: [kim, lee], collaborators: [kim, lee] });
	});

	it.each(['["x", "y"', "['x' 'y']", '"x, y', '{x,{y}}', '{"a":1,"b":2}', 'Sales (EMEA, APAC)'])(
		'is refused where its quotes or brackets do not fit: %s',
		async (text) => {
			for (const name of ['tags', 'followers']) {
				const { output } = await planhat.run(
					{ resource: 'company', operation: 'upsert', fields: automatically },
					{ items: itemsOf([{ externalId: 'a', name: 'A', [name]: text }]), onError: 'continueRegularOutput' },
				);
				expect(String(output[0]?.json.error)).toMatch(new RegExp(`'${name}' takes .*give it as \\["a", "b"\\]`));
			}
			expect(written()).toEqual([]);
		},
	);
});
