import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { operationsOf } from '../../dist/nodes/Planhat/operations/index.js';
import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { changePlanhat, loadPlanhat, planhatNode, type Way } from './harness.mts';
import { bench } from './planhat.mts';
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
				expect(fields.length).toBeLessThanOrEqual(10);
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
		const [, words, seconds] = /: (.+) \(tried again for (\d+) seconds\)$/.exec(error?.message ?? '') ?? [];
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
		expect(error?.description).toContain("'Calls per Minute'");
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
