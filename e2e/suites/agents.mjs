import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startModel } from '../model.mjs';
import { recordLocator, storeAgentWorkflow } from '../workflows.mjs';
import { storeCredential, world } from '../world.mjs';

/**
 * The two ways in which n8n runs a tool: agents from version 3 on hand it to the engine, as any node with items; older ones
 * call it themselves, past `customOperations`, so that n8n's routing runs it.
 */
const agents = { 'an agent': 3.1, 'an agent of version 2': 2.2 };

/** Agents before version 3 hand the model an empty answer in place of an error; n8n shows the error all the same. */
const tellsErrors = (version) => version >= 3;

/** The node as a tool of n8n's AI Agent. The model is scripted; the agent, the node and what they say to each other are real. */
export function agentTools() {
	describe('a tool of an AI Agent that a model makes use of', () => {
		let model;
		let modelCredential;
		before(async () => {
			model = await startModel();
			modelCredential = await world.n8n.createCredential({
				name: 'Scripted model',
				type: 'openAiApi',
				data: { apiKey: 'none', url: model.baseUrl },
			});
		});
		after(async () => await model?.close());
		beforeEach(() => world.planhat.reset());

		/** Lets an agent call the node once for each of `calls`, and tells what came of it. */
		const runAgent = async (parameters, calls, { version, item = {}, credential = world.credential }) => {
			model.plan(calls);
			const workflow = await storeAgentWorkflow(parameters, { version, item, credential, modelCredential });
			const { status, data } = await world.n8n.runManually(workflow);
			const [answer] = data.resultData.runData['AI Agent'].at(-1).data.main[0];
			const { error } = data.resultData.runData.Planhat.at(-1);
			return { status, answer: answer.json.output, refusal: error?.message, offered: model.offered };
		};

		for (const [agent, version] of Object.entries(agents)) {
			const run = async (parameters, calls, options) => await runAgent(parameters, calls, { version, ...options });

			test(`${agent} creates what the model asks for, and learns its ID`, async () => {
				const { status, answer, offered } = await run(
					{ ...creates, ...byHand({ name: ask('name', 'Name of the company'), phase: ask('phase') }) },
					[
						{ name: 'Acme', phase: 'Renewal' },
						{ name: 'Nordlicht', phase: 'Onboarding' },
					],
				);
				assert.equal(status, 'success');
				assert.match(offered[0].description, /^Creates one record in Planhat\./);
				assert.deepEqual(Object.keys(offered[0].parameters.properties), ['name', 'phase']);
				const stored = world.planhat.records('companies');
				assert.deepEqual(
					stored.map(({ name, phase }) => [name, phase]),
					[
						['Acme', 'Renewal'],
						['Nordlicht', 'Onboarding'],
					],
				);
				for (const { _id } of stored) assert.ok(answer.includes(_id), `${_id} in ${answer}`);
			});

			test(`${agent} lists records`, async () => {
				world.planhat.insert('companies', [
					{ name: 'Acme', status: 'customer' },
					{ name: 'Seabird', status: 'prospect' },
					{ name: 'Nordlicht', status: 'customer' },
				]);
				const { answer } = await run(
					{ resource: 'company', operation: 'getAll', limit: 10, filters: { status: ask('status') } },
					[{ status: 'customer' }],
				);
				assert.match(answer, /Acme/);
				assert.match(answer, /Nordlicht/);
				assert.doesNotMatch(answer, /Seabird/);
			});

			test(`${agent} is told why a record was not found`, async () => {
				const { answer, refusal } = await run(
					{ resource: 'company', operation: 'get', recordId: recordLocator('id', ask('company_id')) },
					[{ company_id: '61006bc89a3e0b702ed8ea49' }],
				);
				assert.equal(refusal, undefined);
				assert.match(answer, /There is no company with ID '61006bc89a3e0b702ed8ea49' in Planhat/);
			});

			test(`${agent} creates or updates`, async () => {
				world.planhat.insert('companies', [{ name: 'Acme', externalId: 'acme-1' }]);
				const { answer } = await run(
					{
						resource: 'company',
						operation: 'upsert',
						...byHand({ externalId: ask('external_id'), name: ask('name') }),
					},
					[
						{ external_id: 'acme-1', name: 'Acme Ltd' },
						{ external_id: 'nordlicht-2', name: 'Nordlicht' },
					],
				);
				assert.match(answer, /"updated".*"acme-1"[^]*"created".*"nordlicht-2"/);
				assert.deepEqual(
					world.planhat.records('companies').map(({ externalId, name }) => [externalId, name]),
					[
						['acme-1', 'Acme Ltd'],
						['nordlicht-2', 'Nordlicht'],
					],
				);
			});

			test(`${agent} inserts a value of a metric`, async () => {
				const [company] = world.planhat.insert('companies', [{ name: 'Acme', externalId: 'acme-1' }]);
				const { answer } = await run(
					{
						resource: 'metric',
						operation: 'insert',
						...byHand({
							dimensionId: 'logins',
							value: ask('value', 'Number of logins', 'number'),
							externalId: ask('company'),
						}),
					},
					[{ value: 7, company: 'acme-1' }],
				);
				assert.match(answer, /"processed":1/);
				assert.deepEqual(
					world.planhat
						.records('dimensiondata')
						.map(({ dimensionId, value, companyId }) => [dimensionId, value, companyId]),
					[['logins', 7, company._id]],
				);
			});

			test(`${agent} tracks a user activity`, async () => {
				const { answer } = await run(
					{ resource: 'userActivity', operation: 'track', ...byHand({ email: ask('email'), action: ask('action') }) },
					[{ email: 'someone@acme.example', action: 'Logged in' }],
				);
				assert.match(answer, /"accepted":true/);
				assert.deepEqual(
					world.planhat.records('analytics').map(({ email, action }) => [email, action]),
					[['someone@acme.example', 'Logged in']],
				);
			});

			test(`${agent} duplicates a time entry`, async () => {
				const [entry] = world.planhat.insert('timeentries', [{ date: '2025-01-01', hours: 2 }]);
				await run({ resource: 'timeEntry', operation: 'duplicate', recordId: recordLocator('id', ask('entry')) }, [
					{ entry: entry._id },
				]);
				assert.deepEqual(
					world.planhat.records('timeentries').map(({ hours }) => hours),
					[2, 2],
				);
			});

			test(`${agent} with a read-only credential is refused before any request`, async () => {
				const credential = await storeCredential({ readOnly: true });
				const { answer, refusal } = await run({ ...creates, ...byHand({ name: ask('name') }) }, [{ name: 'Acme' }], {
					credential,
				});
				assert.match(refusal, /read.only/i);
				if (tellsErrors(version)) assert.match(answer, /read.only/i);
				assert.deepEqual(world.planhat.requests, []);
			});

			test(`${agent} sends no key of n8n's when fields are mapped automatically`, async () => {
				const item = { name: 'Acme', externalId: 'acme-1' };
				await run({ resource: 'company', operation: 'upsert', ...automatically }, [{}], { item });
				// Before version 3 the item holds what the model fills in, and nothing else: here nothing, which is refused.
				const sent = version < 3 ? [] : [[item]];
				const writing = world.planhat.requests.filter(({ method }) => method !== 'GET');
				assert.deepEqual(
					writing.map(({ body }) => body),
					sent,
				);
			});
		}
	});
}

const creates = { resource: 'company', operation: 'create' };
const automatically = { specifyFields: 'map', fields: { mappingMode: 'autoMapInputData', value: null } };

/** The expression by which n8n lets a model fill in a parameter. */
function ask(key, description = '', type = 'string') {
	return `={{ $fromAI('${key}', '${description}', '${type}') }}`;
}

function byHand(value) {
	const schema = Object.keys(value).map((id) => ({
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type: id === 'value' ? 'number' : 'string',
		canBeUsedToMatch: false,
	}));
	return { specifyFields: 'map', fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema } };
}
