import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { operationsOf } from '../../dist/nodes/Planhat/operations/index.js';
import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { changePlanhat, loadPlanhat, planhatNode, type Way } from './harness.mts';
import { bench, record } from './planhat.mts';
import { withScaledClock } from './scaledClock.mts';

const planhat = bench({ forEachTest: true });

beforeEach(() => {
	changePlanhat(({ description }) => (description.name = 'planhatTool'));
});
afterEach(() => {
	changePlanhat(() => {});
});

/** The node as an agent's tool has it: n8n tells it by its type. */
function shownIn(parameters: INodeParameters, typeVersion = 1.1): { fields: string[]; options: string[] } {
	const { description } = loadPlanhat();
	const node = { ...planhatNode({ parameters, typeVersion }), type: 'n8n-nodes-planhat.planhatTool' };
	const all = NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	const isShown = (property: INodeProperties, values: INodeParameters) =>
		NodeHelpers.displayParameter(values, property, node, description, all);
	const shown = description.properties.filter((property) => isShown(property, all));
	const options = shown.find(({ name }) => name === 'options')?.options ?? [];
	const held = (all.options ?? {}) as INodeParameters;
	return {
		fields: shown.map(({ name }) => name),
		options: (options as INodeProperties[]).filter((option) => isShown(option, held)).map(({ name }) => name),
	};
}

const ofRows = ['batchSize', 'dryRun', 'duplicateKeys', 'report', 'endpoint'];

describe('the panel of a tool', () => {
	it('has no notice, and no option about many rows, of any resource', () => {
		for (const model of models)
			for (const { value: operation } of operationsOf(model)) {
				const { fields, options } = shownIn({ resource: model.resource, operation });
				expect([model.resource, operation, fields.filter((name) => name.endsWith('Notice'))]).toEqual([
					...[model.resource, operation],
					[],
				]);
				expect(options.filter((name) => ofRows.includes(name))).toEqual([]);
				expect(options).toContain('maxWait');
				expect(fields.length).toBeLessThanOrEqual(12);
			}
	});

	it('of the first version has the options that its workflow may hold', async () => {
		const parameters = { resource: 'company', operation: 'upsert', options: { dryRun: true } };
		expect(shownIn(parameters, 1).options).toEqual(expect.arrayContaining(['dryRun', 'report', 'maxWait']));
		const json = '{ "externalId": "a", "name": "A" }';
		const { output } = await planhat.run({ ...parameters, json }, { typeVersion: 1 });
		expect(output[0]?.json).toMatchObject({ dryRun: true, rows: 1 });
		expect(planhat.sent()).toEqual([]);
	});
});

describe.each<Way>(['customOperations', 'routing'])('a tool, run through %s,', (way) => {
	withScaledClock(50);
	const list = { resource: 'company', operation: 'getAll', output: 'raw' };

	it('answers where Planhat goes on refusing requests', async () => {
		planhat.server.order({ times: 'always', answer: { status: 429 } });
		const { error } = await planhat.run(list, { way });
		const [, words, seconds] = /: (.+) \(tried again for (\d+) seconds\)\./.exec(error?.message ?? '') ?? [];
		expect(words).toBe('too many requests with this API token');
		expect(Number(seconds)).toBeLessThanOrEqual(45);
	});

	it('answers where all requests of the token are used up, and sends nothing', async () => {
		const credentials = { ...planhat.credentials, callsPerMinute: 1 };
		await planhat.run(list, { way, credentials });
		const { error } = await planhat.run(list, { way, credentials });
		expect(error?.message).toContain(
			'the rate limit of this API token is reached, and no request was free within 30 seconds',
		);
		expect(error?.message).toContain("'Calls per Minute'");
		expect(planhat.sent()).toHaveLength(1);
	});

	it('of the first version waits for its turn', async () => {
		const credentials = { ...planhat.credentials, callsPerMinute: 1 };
		await planhat.run(list, { way, credentials, typeVersion: 1 });
		const { error } = await planhat.run(list, { way, credentials, typeVersion: 1 });
		expect(error).toBeUndefined();
		expect(planhat.sent()).toHaveLength(2);
	});
});

describe.each<Way>(['customOperations', 'routing'])('what a model is told, through %s,', (way) => {
	const tool = { way, isTool: true };
	const unknownId = '61006bc89a3e0b702ed8ea49';

	it('is that there is no such record, where it asks for one', async () => {
		const get = { resource: 'company', operation: 'get', recordId: record('id', unknownId) };
		const { output, error } = await planhat.run(get, tool);
		expect(error).toBeUndefined();
		expect(output[0]?.json).toEqual({
			found: false,
			notice: expect.stringContaining(`There is no company with ID '${unknownId}' in Planhat.`),
		});
		const asBefore = await planhat.run(get, { ...tool, typeVersion: 1 });
		expect(asBefore.error?.message).toContain('record not found');
	});

	it('is the same where it would change one, as a failure', async () => {
		const recordId = record('id', unknownId);
		const { error } = await planhat.run({ resource: 'company', operation: 'delete', recordId }, tool);
		expect(error?.message).toContain(`There is no company with ID '${unknownId}' in Planhat.`);
	});

	it('is message and advice together', async () => {
		const create = { resource: 'company', operation: 'create', json: '{ "phase": "Live" }' };
		const { error } = await planhat.run(create, tool);
		expect(error?.message).toBe('The company lacks name. Planhat requires it. Add it to the fields.');
		const before = await planhat.run(create, { ...tool, typeVersion: 1 });
		expect(before.error?.message).toBe('The company lacks name');
	});

	it('is which day it is, where a date is none', async () => {
		const create = { resource: 'task', operation: 'create', json: '{ "action": "Call", "startTime": "whenever" }' };
		const { error } = await planhat.run(create, tool);
		expect(error?.message).toMatch(/ Today is [A-Z][a-z]+day, \d{4}-\d\d-\d\d\.$/);
	});

	it('is what to send in place of a date in another form, without an expression', async () => {
		const create = { resource: 'task', operation: 'create', json: '{ "action": "Call", "startTime": "31/12/2026" }' };
		const { error } = await planhat.run(create, tool);
		expect(error?.message).toContain("not '31/12/2026'. Send '31/12/2026' as 2026-12-31. Correct the value");
		expect(error?.message).not.toContain('{{');
		const before = (await planhat.run(create, { ...tool, typeVersion: 1 })).error;
		expect([before?.message, before?.description].join(' ')).toContain('{{ DateTime.fromFormat(');
	});

	it('is that a field is not known, and nothing is sent', async () => {
		const create = { resource: 'company', operation: 'create', json: '{ "name": "Acme", "phse": "Live" }' };
		const { error } = await planhat.run(create, tool);
		expect(error?.message).toContain("Planhat knows no field 'phse'");
		expect(error?.message).toContain("the nearest is 'phase'");
		expect(planhat.server.records('companies')).toEqual([]);
		expect((await planhat.run(create, { ...tool, typeVersion: 1 })).error).toBeUndefined();
	});

	it.each(['create', 'upsert'])('is nothing of what the agent was given, when %s fails', async (operation) => {
		const parameters = { resource: 'company', operation, json: '{ "phse": "Live" }' };
		const items = [{ json: { headers: { authorization: 'Bearer of-the-caller' } } }];
		const run = await planhat.run(parameters, { ...tool, items, onError: 'continueRegularOutput' });
		expect(Object.keys(run.output[0]?.json ?? {})).toEqual(['error', 'details']);
		expect(JSON.stringify(run.output)).not.toContain('of-the-caller');
	});

	it('is that a list was cut, or that nothing matches', async () => {
		planhat.server.insert(
			'companies',
			Array.from({ length: 300 }, (_value, at) => ({ name: `Company ${at}` })),
		);
		const lean = await planhat.run({ resource: 'company', operation: 'getLeanList' }, tool);
		expect([lean.output.length, lean.output[0]?.json.notice]).toEqual([
			50,
			'These are 50 of 300 companies. To see others, narrow the search.',
		]);
		const all = { resource: 'company', operation: 'getAll', returnAll: true };
		const list = await planhat.run(all, tool);
		expect([list.output.length, list.output[0]?.json.notice]).toEqual([
			200,
			'These are the first 200 companies, and there may be more. To see others, narrow the search.',
		]);
		const none = await planhat.run({ ...all, filters: { status: 'lost' } }, tool);
		expect(none.output.map(({ json }) => json)).toEqual([{ notice: 'No company matches.' }]);
	});
});
