import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { runNode } from '../workflows.mjs';
import { fillWithSampleData, storeCredential, world } from '../world.mjs';

const companies = 12_000;

/** The longest that one answer may take on a busy machine, in milliseconds; it takes about a tenth of it. */
const longestAnswer = 5_000;

/** The lists that people choose from, asked for as n8n's editor does, in a tenant with 12,000 companies. */
export function pickers() {
	describe('the list of records', () => {
		before(async () => {
			world.planhat.reset();
			fillWithSampleData(world.planhat, { companies });
			// It takes seconds, in which n8n may have closed its connection; fetch has to see that.
			await wait(100);
		});

		test('finds companies by parts of the name with one request, and the one that is chosen is read', async (context) => {
			const { answer, requests, milliseconds } = await measured(() => searchList('company', { filter: 'LABS falcon' }));
			context.diagnostic(`${milliseconds} ms, ${requests} request, ${answer.results.length} found`);
			const wanted = world.planhat.records('companies').filter(({ name }) => name.startsWith('Falcon Labs'));
			assert.equal(requests, 1);
			assert.ok(milliseconds < longestAnswer);
			assert.deepEqual(new Set(answer.results.map(({ value }) => value)), new Set(wanted.map(({ _id }) => _id)));
			const [{ name, value }] = answer.results;
			const recordId = { __rl: true, mode: 'list', value, cachedResultName: name };
			const { status, output } = await runNode({ resource: 'company', operation: 'get', recordId });
			assert.equal(status, 'success');
			assert.equal(`${output[0].json.name} (${output[0].json.externalId})`, name);
		});

		test('gives companies by name, part by part, the first first', async () => {
			const parts = await scrolled('company', 3);
			const names = world.planhat.records('companies').map(({ name, externalId }) => `${name} (${externalId})`);
			assert.deepEqual(
				parts.map((part) => part.length),
				[200, 200, 200],
			);
			assert.deepEqual(
				parts.flat().map(({ name }) => name),
				names.sort().slice(0, 600),
			);
		});

		test('looks through end users, with at most 5 requests for what was typed', async (context) => {
			const first = await measured(() => searchList('enduser'));
			assert.equal(first.requests, 1);
			assert.equal(first.answer.results.length, 200);
			const none = await measured(() => searchList('enduser', { filter: 'nobody' }));
			context.diagnostic(
				`first part ${first.milliseconds} ms; no match ${none.milliseconds} ms, ${none.requests} requests`,
			);
			assert.equal(none.requests, 5);
			assert.ok(none.milliseconds < longestAnswer);
			assert.match(none.answer.results[0].name, /^Not among the newest 10,000/);
			const oldest = world.planhat.records('endusers').find(({ archived }) => archived !== true);
			const byEmail = await measured(() => searchList('enduser', { filter: oldest.email }));
			assert.equal(byEmail.requests, 1);
			assert.deepEqual(
				byEmail.answer.results.map(({ value }) => value),
				[oldest._id],
			);
		});

		test('takes the link to a record for the record', async () => {
			const [company] = world.planhat.records('companies');
			const value = `https://ws.planhat.com/trial/home/data-explorer/company?preview=Company.${company._id}`;
			const recordId = { __rl: true, mode: 'id', value };
			const { output } = await runNode({ resource: 'company', operation: 'get', recordId });
			assert.equal(output[0].json._id, company._id);
		});
	});

	describe('the lists of the filters', () => {
		test('hold as many companies as the editor can draw, all are found by the filter Company, and the run takes it', async (context) => {
			const { answer, requests, milliseconds } = await measured(() => loadOptions('getCompanies', 'enduser'));
			context.diagnostic(`${milliseconds} ms, ${requests} request`);
			assert.equal(requests, 1);
			assert.equal(answer.length, 301);
			assert.deepEqual([answer[0].disabled, answer[0].value], [true, '']);
			const asked = {
				...searchOf('enduser'),
				path: 'parameters.filters.company',
				methodName: 'searchCompanies',
				filter: 'company-11999',
			};
			const { results } = await world.n8n.request('POST', searchPath, asked);
			assert.equal(results.length, 1);
			const [{ name, value }] = results;
			const company = { __rl: true, mode: 'list', value, cachedResultName: name };
			// A workflow from before may hold the search text that filtered nothing.
			const filters = { company, companySearch: 'company-1199' };
			const parameters = { resource: 'enduser', operation: 'getAll', returnAll: true, filters };
			const { status, output, error } = await runNode(parameters);
			assert.equal(status, 'success', error?.message);
			assert.deepEqual(new Set(output.map(({ json }) => json.companyId)), new Set([value]));
		});

		test('find the owner by name and email, and the run takes whom they find', async () => {
			const [kim] = world.planhat.insert('users', [
				{ nickName: 'Kim', email: 'kim@team.example.com' },
				{ nickName: 'Lou', email: 'lou@team.example.com' },
			]);
			const [company] = world.planhat.insert('companies', [{ name: 'Of Kim', owner: kim._id }]);
			const asked = { ...searchOf('company'), path: 'parameters.filters.owner', methodName: 'searchUsers' };
			for (const filter of ['kim', 'kim@team.example.com']) {
				const { results } = await world.n8n.request('POST', searchPath, { ...asked, filter });
				assert.deepEqual(results, [{ name: 'Kim (kim@team.example.com)', value: kim._id }]);
			}
			const owner = { __rl: true, mode: 'list', value: kim._id, cachedResultName: 'Kim (kim@team.example.com)' };
			const parameters = { resource: 'company', operation: 'getAll', returnAll: true, filters: { owner } };
			const { status, output, error } = await runNode(parameters);
			assert.equal(status, 'success', error?.message);
			assert.deepEqual(
				output.map(({ json }) => json._id),
				[company._id],
			);
		});

		test('hold the statuses of tasks, the models of custom fields and the dimension IDs that there are', async () => {
			const [{ _id: companyId }] = world.planhat.records('companies');
			world.planhat.insert('dimensiondata', [
				{ companyId, dimensionId: 'logins', value: 1, time: new Date().toISOString() },
			]);
			const values = async (...asked) => (await loadOptions(...asked)).map(({ value }) => value);
			assert.deepEqual(await values('getStatuses', 'task'), ['In-progress', 'Done']);
			assert.deepEqual(await values('getModels', 'customField'), ['company', 'conversation', 'enduser', 'task']);
			assert.deepEqual(await values('getDimensionIds', 'metric'), ['logins']);
		});
	});

	describe('a list in the editor that cannot be filled', () => {
		test('says that the token is not accepted, and does not show it', async () => {
			const apiToken = 'not-the-right-token';
			const { id, name } = await storeCredential({ apiToken });
			const credentials = { planhatApi: { id, name } };
			const search = await refused(searchPath, { ...searchOf('company'), credentials });
			assert.match(search.message, /^Planhat did not list the companies: /);
			assert.match(search.description, /Check the API token .* expired .* region/);
			const options = await refused(optionsPath, { ...optionsOf('getCompanies', 'company'), credentials });
			assert.match(options.message, /^Planhat did not list the companies: .* Check the API token .* expired .* region/);
			assert.ok(!JSON.stringify([search, options]).includes(apiToken));
		});

		test('says that the node has no credential', async () => {
			const { answer, requests } = await measured(
				async () => await refused(searchPath, { ...searchOf('company'), credentials: undefined }),
			);
			assert.equal(answer.message, 'The node has no Planhat credential yet');
			assert.match(answer.description, /Select or create one/);
			assert.equal(requests, 0);
		});
	});
}

const searchPath = '/rest/dynamic-node-parameters/resource-locator-results';
const optionsPath = '/rest/dynamic-node-parameters/options';

function askedFor(path, methodName, currentNodeParameters) {
	const { id, name } = world.credential;
	return {
		nodeTypeAndVersion: { name: 'n8n-nodes-planhat.planhat', version: 1 },
		path,
		methodName,
		currentNodeParameters: { authentication: 'apiToken', ...currentNodeParameters },
		credentials: { planhatApi: { id, name } },
	};
}

function searchOf(resource) {
	const recordId = { __rl: true, mode: 'list', value: '' };
	return askedFor('parameters.recordId', 'searchRecords', { resource, operation: 'get', recordId });
}

function optionsOf(method, resource, filters = {}) {
	return askedFor('parameters.filters', method, { resource, operation: 'getAll', filters });
}

async function searchList(resource, asked = {}) {
	return await world.n8n.request('POST', searchPath, { ...searchOf(resource), ...asked });
}

async function loadOptions(method, resource, filters) {
	return await world.n8n.request('POST', optionsPath, optionsOf(method, resource, filters));
}

/** The first parts of a list, as somebody sees who scrolls. */
async function scrolled(resource, most) {
	const parts = [];
	let paginationToken;
	for (let part = 0; part < most; part += 1) {
		const answer = await searchList(resource, { paginationToken });
		parts.push(answer.results);
		paginationToken = answer.paginationToken;
	}
	return parts;
}

async function measured(ask) {
	const before = world.planhat.requests.length;
	const since = performance.now();
	const answer = await ask();
	return {
		answer,
		requests: world.planhat.requests.length - before,
		milliseconds: Math.round(performance.now() - since),
	};
}

/** The body of an answer that is an error, as the editor gets it. */
async function refused(path, body) {
	const { status, answer } = await world.n8n.exchange('POST', path, body);
	assert.ok(status >= 400, `${path} answered ${status}`);
	return answer;
}
