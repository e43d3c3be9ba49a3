import { describe, expect, it } from '@jest/globals';
import type { INodeParameters, INodeProperties, INodePropertyOptions, NodeParameterValue } from 'n8n-workflow';

import { Planhat } from '../../dist/nodes/Planhat/Planhat.node.js';
import { cases } from './cases.mts';
import type { Way } from './harness.mts';
import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

const ways: Way[] = ['customOperations', 'routing'];

const reading = ['get', 'getAll', 'getLeanList', 'search', 'describe'];

/** Every operation of every model that changes something, as the node has it. */
const writes = Object.entries(new Planhat().customOperations).flatMap(([resource, operations]) =>
	Object.keys(operations)
		.filter((operation) => !reading.includes(operation))
		.map((operation) => [resource, operation] as const),
);

/** Fields and references for which Planhat is asked before the write is made: custom fields, users, the record itself. */
function parametersOf(resource: string, operation: string): INodeParameters {
	const known = cases.find((model) => model.resource === resource);
	const [mode, value] = known?.email ? ['email', 'kim@example.com'] : ['id', '5f0000000000000000000001'];
	const byKey = known?.externalKey === undefined ? record(mode, value) : record('externalId', 'acme');
	const fields = {
		...known?.given,
		'A custom field': 1,
		custom: { Owner: 'kim@example.com' },
		ownerId: 'kim@example.com',
	};
	return {
		resource,
		operation,
		recordId: operation === 'duplicate' ? record('id', '5f0000000000000000000001') : byKey,
		...(operation !== 'segment' && { json: fields as INodeParameters }),
		userId: 'u',
		webhookUrl: 'https://api.planhat.com/webhooks/1',
		event: 'e',
	};
}

describe('a Read Only credential', () => {
	it.each(writes.flatMap(([resource, operation]) => ways.map((way) => [operation, resource, way] as const)))(
		'refuses %s of %s before any request (%s)',
		async (operation, resource, way) => {
			const credentials = { ...planhat.credentials, readOnly: true };
			const { error } = await planhat.run(parametersOf(resource, operation), { way, credentials });
			expect(error?.message).toMatch(/^The Planhat credential is read only, so this node may not run '\w.+'$/);
			expect(planhat.sent()).toEqual([]);
		},
	);

	it.each(ways)('fails each item of its own where the others go on (%s)', async (way) => {
		const credentials = { ...planhat.credentials, readOnly: true };
		const { errors } = await planhat.run(parametersOf('company', 'upsert'), {
			way,
			credentials,
			onError: 'continueErrorOutput',
			items: itemsOf([{}, {}]),
		});
		expect(errors.map(({ json, pairedItem }) => [json.details, pairedItem])).toEqual([
			[{ outcome: 'failed', keys: {} }, { item: 0 }],
			[{ outcome: 'failed', keys: {} }, { item: 1 }],
		]);
		expect(planhat.sent()).toEqual([]);
	});

	const isOfUpsert = ({ name, displayOptions }: INodeProperties) =>
		name === 'options' && (displayOptions?.show?.operation?.includes('upsert') ?? true);

	/** Each option of the node, with each value that it offers, or one that it may take. */
	const choices = new Planhat().description.properties
		.filter(isOfUpsert)
		.flatMap(({ options = [] }) => options as INodeProperties[])
		.flatMap(({ name, type, options = [] }): Array<[string, NodeParameterValue | string[]]> => {
			if (type === 'boolean') return [[name, true]];
			if (type === 'multiOptions') return [[name, ['name']]];
			return type === 'options'
				? options.map((option) => [name, (option as INodePropertyOptions).value])
				: [[name, '1']];
		})
		.filter(([name]) => name !== 'dryRun');

	it.each(choices)('writes nothing on a dry run, whatever else is chosen: %s = %s', async (name, value) => {
		planhat.server.insert('companies', [{ externalId: 'acme', name: 'Acme' }]);
		const json = { externalId: 'acme', name: 'Other' };
		const parameters = { ...parametersOf('company', 'upsert'), json, options: { [name]: value, dryRun: true } };
		const credentials = { ...planhat.credentials, readOnly: true };
		const { output, error } = await planhat.run(parameters as INodeParameters, { credentials });
		expect(error !== undefined || output[0]?.json.dryRun === true).toBe(true);
		expect(planhat.sent().filter((request) => !request.startsWith('GET'))).toEqual([]);
	});

	it('knows the options of Create or Update', () => {
		expect(choices.length).toBeGreaterThan(40);
	});

	it.each(ways)('allows a dry run, which may read and writes nothing (%s)', async (way) => {
		const credentials = { ...planhat.credentials, readOnly: true };
		const parameters = { ...parametersOf('company', 'upsert'), options: { dryRun: true, keylessRows: 'create' } };
		const { output, error } = await planhat.run(parameters, { way, credentials });
		expect(error).toBeUndefined();
		expect(output[0]?.json).toMatchObject({ dryRun: true, rowsToSend: 1 });
		expect(planhat.sent()).toContain('GET /customfields');
		expect(planhat.sent().every((request) => request.startsWith('GET'))).toBe(true);
	});
});
