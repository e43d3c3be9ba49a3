import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { bench, itemsOf } from './planhat.mts';

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
