import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { outputSchemas } from '../../dist/nodes/Planhat/description/outputSchemas.js';
import { operationsOf } from '../../dist/nodes/Planhat/operations/index.js';
import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { cases } from './cases.mts';
import { bench, record } from './planhat.mts';

const planhat = bench();
const folder = resolve(process.cwd(), 'dist/nodes/Planhat/__schema__');

interface Schema {
	type: string;
	properties: Record<string, { type: string }>;
}

function schemaOf(resource: string, operation: string, version = 'v1.1.0'): Schema {
	return JSON.parse(readFileSync(join(folder, version, resource, `${operation}.json`), 'utf8')) as Schema;
}

function typeOf(value: unknown): string {
	return Array.isArray(value) ? 'array' : typeof value;
}

/** The fields of an item that the schema does not have, or has otherwise. */
function unlike(json: IDataObject, { properties }: Schema): string[] {
	return Object.entries(json)
		.filter(([name, value]) => value !== null && properties[name]?.type !== typeOf(value))
		.map(([name, value]) => `${name}: ${typeOf(value)}, not ${properties[name]?.type}`);
}

it('Output schemas are built for every operation but the one whose answer is not known', () => {
	const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	expect(written).toHaveLength(Object.keys({ ...outputSchemas(1), ...outputSchemas(1.1) }).length);
	const missing = models.flatMap((model) =>
		operationsOf(model)
			.filter(({ value }) => outputSchemas(1.1)[`v1.1.0/${model.resource}/${value}.json`] === undefined)
			.map(({ value }) => `${model.resource} ${value}`),
	);
	expect(missing).toEqual(['timeEntry duplicate']);
});

describe.each(cases)('$resource', ({ resource, given, change }) => {
	it.each([1, 1.1])('puts out what the schemas say, version %s', async (typeVersion) => {
		const run = async (operation: string, parameters: object = {}) => {
			const { output, error } = await planhat.run(
				{ resource, operation, simplify: true, ...parameters },
				{ typeVersion },
			);
			expect(error).toBeUndefined();
			const json = output[0]?.json ?? {};
			const schema = schemaOf(resource, operation, `v${typeVersion === 1 ? '1.0' : typeVersion}.0`);
			// A note is answered as the conversation that it is, with fields that the documents do not name for notes.
			const isLong = resource === 'note' && ['create', 'update'].includes(operation);
			const known = Object.entries(json).filter(([name]) => !isLong || name in schema.properties);
			expect([operation, ...unlike(Object.fromEntries(known), schema)]).toEqual([operation]);
			expect(known.length).toBeGreaterThan(0);
			return json;
		};
		const recordId = record('id', (await run('create', { json: given }))._id);
		await run('get', { recordId });
		await run('getAll');
		await run('update', { recordId, json: change });
		const options = { keylessRows: 'create' };
		const row = { ...given, externalId: 'x', sourceId: 'y' };
		if (resource !== 'customField') await run('upsert', { json: row, options });
		await run('delete', { recordId });
	});
});

it('a schema is true of what has no records', async () => {
	planhat.server.insert('companies', [{ name: 'A', externalId: 'a', sourceId: 'b' }]);
	const runs: Array<[string, string, object]> = [
		['company', 'getLeanList', {}],
		['metric', 'insert', { json: { dimensionId: 'logins', value: 1, externalId: 'a' } }],
		['userActivity', 'track', { json: { email: 'kim@example.com', action: 'Login' } }],
		['userActivity', 'segment', { segmentType: 'track', userId: 'u', event: 'Login' }],
	];
	for (const [resource, operation, parameters] of runs) {
		const { output } = await planhat.run({ resource, operation, ...parameters });
		const json = output[0]?.json ?? {};
		expect([operation, ...unlike(json, schemaOf(resource, operation))]).toEqual([operation]);
		expect(Object.keys(json).length).toBeGreaterThan(2);
	}
});
