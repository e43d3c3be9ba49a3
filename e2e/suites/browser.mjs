import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
	choose,
	dragOnto,
	execute,
	inputOf,
	keepFailure,
	openBrowser,
	openNewWorkflow,
	openNode,
	outputTable,
	valueOf,
} from '../browser/editor.mjs';
import { picture } from '../browser/pictures.mjs';
import { choices } from './browser/choices.mjs';
import { forms } from './browser/forms.mjs';
import { jobs } from './browser/jobs.mjs';
import { nodesPanel } from './browser/nodesPanel.mjs';
import { pollingPanel } from './browser/polling.mjs';
import { reading } from './browser/reading.mjs';
import { yesAndNo } from './browser/yesAndNo.mjs';
import {
	recordLocator,
	storeAgentWorkflow,
	storeTrigger,
	storeWebhookCredential,
	storeWorkflow,
} from '../workflows.mjs';
import { fillWithSampleData, storeCredential, until, world } from '../world.mjs';

/** n8n's nodes panel asks npm for the author of every community package that it shows the details of, under this path. */
const packagePath = '/n8n-nodes-planhat';

const missingId = '61006bc89a3e0b702ed8ea49';

/** What people do in n8n's editor, in a real browser; these tests also take the pictures of the guide. */
export function browser() {
	describe('in the editor', () => {
		let opened;
		before(async () => (opened = await openBrowser()));
		after(async () => await opened?.close());
		beforeEach(() => {
			world.planhat.reset();
			fillWithSampleData(world.planhat, { companies: 200 });
		});

		/** A test with a page of its own; keeps what the page shows if it fails. */
		const onPage = (name, work) =>
			test(name, async (context) => {
				const page = await opened.newPage();
				try {
					await work(page, context);
				} catch (error) {
					context.diagnostic(`What the browser showed: ${await keepFailure(page, name)}`);
					throw error;
				} finally {
					await page.close();
				}
			});

		onPage('the nodes panel finds Planhat by "churn" and adds the chosen action', addByNodesPanel);
		onPage('a new credential is refused with a wrong token, and taken with the right one', setUpCredential);
		onPage('a company is found by typing a part of its name', pickCompany);
		onPage('a list is filtered by a company that is found by typing a part of its name', filterByCompany);
		onPage('fields are mapped by hand: typed, or dragged from the input', mapByHand);
		onPage('fields are mapped automatically', mapAutomatically);
		onPage('Create or Update shows what became of each row', showOutcomes);
		onPage('Get Many shows the fields that matter, and all of them without Simplify', simplify);
		onPage('Planhat Trigger says how to set it up in Planhat', openTrigger);
		onPage('a test call that does not match says so while the trigger listens', testCallThatDoesNotMatch);
		onPage('as a tool of an AI agent, a field is left to the model by a click', leaveToModel);
		onPage('a record that is not there is told in words that help', missingRecord);
		onPage('a wrong token is told in words that help', wrongToken);

		forms(onPage);
		yesAndNo(onPage);
		choices(onPage);
		reading(onPage);
		jobs(onPage);
		nodesPanel(onPage);
		pollingPanel(onPage);

		test('nothing but this machine is asked for anything, except by n8n about the package itself', () => {
			const others = opened.strangers.filter((address) => new URL(address).pathname !== packagePath);
			assert.deepEqual(others, []);
		});
	});
}

async function addByNodesPanel(page) {
	await openNewWorkflow(page);
	await page.getByTestId('node-creator-plus-button').click();
	const panel = page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill('churn');
	const found = panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat' }).first();
	await found.waitFor();
	await picture(page, 'nodes-panel', [panel.getByTestId('node-creator-search-bar'), found], 12);
	await found.click();
	await panel.getByText(/^Actions \(\d+\)$/).click();
	await panel.getByText('Create churn entry', { exact: true }).click();

	await page.getByTestId('ndv').waitFor();
	assert.equal(await valueOf(page, 'resource'), 'Churn');
	assert.equal(await valueOf(page, 'operation'), 'Create');
	await page.getByTestId('ndv-close-button').click();
	await page.locator('[data-test-id="canvas-node"][data-node-name="Create churn entry"]').waitFor();
}

async function setUpCredential(page) {
	const [company] = world.planhat.records('companies');
	const workflow = await storeWorkflow({
		resource: 'company',
		operation: 'get',
		recordId: recordLocator('id', company._id),
	});
	await openNode(page, workflow);
	await page.getByTestId('node-credentials-select').click();
	await page.getByTestId('node-credentials-select-item-new').click();
	const form = page.getByTestId('editCredential-modal');
	await inputOf(form, 'apiToken').fill('not-the-token');
	await picture(page, 'credential', [form]);
	assert.equal(await inputOf(form, 'baseUrl').count(), 0);
	await inputOf(form, 'region').click();
	await choose(page, 'Custom');
	await inputOf(form, 'baseUrl').fill(world.planhat.baseUrl);
	await form.getByTestId('credential-save-button').click();
	await form.getByText('More details').click();
	assert.match(await form.innerText(), /does not accept this API token.*expired.*another region/s);

	await inputOf(form, 'apiToken').fill(world.planhat.apiToken);
	await form.getByTestId('credential-save-button').click();
	await form.waitFor({ state: 'hidden' });
	await page.getByTestId('credential-edit-button').click();
	await form.getByText('Connection tested successfully').waitFor();
	await form.getByLabel('Close this dialog').click();
	await form.waitFor({ state: 'hidden' });

	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.equal(rows[0][columns.indexOf('_id')], company._id);
}

async function pickCompany(page) {
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'get' }));
	const locator = page.getByTestId('resource-locator-recordId');
	await locator.getByTestId('rlc-input').click();
	await page.getByTestId('rlc-search').fill('fALcon fo');
	const wanted = world.planhat
		.records('companies')
		.filter(({ name }) => name.startsWith('Falcon Fo'))
		.map(({ name, externalId }) => ({ name, shown: `${name} (${externalId})` }));
	const items = page.getByTestId('rlc-item');
	await items.filter({ hasText: wanted.at(-1).shown }).waitFor();
	assert.ok(wanted.length > 1);
	assert.deepEqual((await items.allInnerTexts()).sort(), wanted.map(({ shown }) => shown).sort());
	await picture(page, 'record-from-list', [locator, page.getByTestId('rlc-search'), items.last()], 12);

	await items.filter({ hasText: wanted[1].shown }).click();
	assert.equal(await locator.getByTestId('rlc-input').inputValue(), wanted[1].shown);
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.deepEqual(
		rows.map((row) => row[columns.indexOf('name')]),
		[wanted[1].name],
	);
}

async function filterByCompany(page) {
	const wanted = world.planhat.records('companies').at(-1);
	const shown = `${wanted.name} (${wanted.externalId})`;
	await openNode(page, await storeWorkflow({ resource: 'enduser', operation: 'getAll', returnAll: true }));
	// Filters stand before Options.
	await page.getByTestId('collection-parameter-add').first().click();
	await choose(page, 'Company');
	const locator = page.getByTestId('resource-locator-company');
	await locator.getByTestId('rlc-input').click();
	await page.getByTestId('rlc-search').fill(wanted.externalId);
	await page.getByTestId('rlc-item').filter({ hasText: shown }).click();
	assert.equal(await locator.getByTestId('rlc-input').inputValue(), shown);
	await picture(page, 'company-filter', [page.getByTestId('ndv')]);
	await execute(page);
	assert.equal(world.planhat.requests.at(-1).query.companyId, wanted._id);
}

async function mapByHand(page) {
	const items = [{ account: 'Nordlicht Logistics', stage: 'Onboarding' }];
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'create', specifyFields: 'map' }, { items }),
	);
	await inputOf(page, 'name').fill('Nordlicht');
	await page.getByTestId('add-fields-select').locator('button').click();
	await page.getByRole('menuitem', { name: 'Plan', exact: true }).waitFor();
	await page.getByRole('menuitem', { name: 'Phase', exact: true }).click();
	await dragOnto(page, 'stage', 'phase');
	await picture(page, 'map-by-hand', [page.getByTestId('ndv')]);
	await execute(page);

	const { columns, rows } = await outputTable(page);
	assert.deepEqual([rows.length, rows[0][columns.indexOf('phase')]], [1, 'Onboarding']);
	const created = world.planhat.records('companies').at(-1);
	assert.deepEqual([created.name, created.phase], ['Nordlicht', 'Onboarding']);
}

const rowsOfSheet = [
	{ externalId: 'acme-1', name: 'Acme', phase: 'Renewal' },
	{ externalId: 'nordlicht-2', name: 'Nordlicht Logistics', phase: 'Onboarding' },
	{ externalId: 'seabird-3', name: 'Seabird Foods', phase: 'Onboarding' },
];

async function mapAutomatically(page) {
	const before = world.planhat.records('companies').length;
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'create', specifyFields: 'map' }, { items: rowsOfSheet }),
	);
	await page.getByTestId('mapping-mode-select').click();
	await choose(page, 'Map Automatically');
	await page.getByTestId('add-fields-select').waitFor({ state: 'detached' });
	await execute(page);
	const created = world.planhat.records('companies').slice(before);
	assert.deepEqual(
		created.map(({ externalId, name, phase }) => ({ externalId, name, phase })),
		rowsOfSheet,
	);
}

async function showOutcomes(page) {
	world.planhat.insert('companies', [{ externalId: 'acme-1', name: 'Acme', phase: 'Onboarding' }]);
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'upsert', specifyFields: 'map' }, { items: rowsOfSheet }),
	);
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.deepEqual(
		rows.map((row) => [row[columns.indexOf('externalId')], row[columns.indexOf('outcome')]]),
		[
			['acme-1', 'updated'],
			['nordlicht-2', 'created'],
			['seabird-3', 'created'],
		],
	);
	await picture(page, 'create-or-update', [page.getByTestId('ndv')]);
}

async function simplify(page) {
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'getAll', limit: 5 }));
	await execute(page);
	const { columns, rows } = await outputTable(page);
	assert.equal(rows.length, 5);
	assert.deepEqual(columns.slice(0, 3), ['_id', 'name', 'externalId']);
	assert.ok(columns.length <= 10, `${columns.length} columns`);
	await picture(page, 'get-many', [page.getByTestId('ndv')]);

	await page.getByTestId('parameter-input-simplify').locator('.el-switch').click();
	await page.getByTestId('node-execute-button').click();
	await until(async () => (await outputTable(page)).columns.includes('slug'), 'the output without Simplify');
	assert.ok((await outputTable(page)).columns.length > 15);
}

async function openTrigger(page) {
	await openNewWorkflow(page);
	await page.getByTestId('node-creator-plus-button').click();
	const panel = page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill('planhat');
	await panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat' }).first().click();
	await panel.getByText('Record created or updated', { exact: true }).click();
	const notice = page.getByTestId('node-parameters').getByText('Set up in Planhat').first();
	await notice.waitFor();
	assert.match(await page.getByTestId('node-parameters').innerText(), /Set up in Planhat.*Authentication.*Trigger On/s);
	await picture(page, 'trigger-setup', [page.getByTestId('ndv')]);
}

/** What somebody sees who listens, while Planhat calls the Test URL. */
async function testCallThatDoesNotMatch(page) {
	const secret = 'correct horse battery staple';
	const credential = await storeWebhookCredential(secret);
	const { workflow, webhookId } = await storeTrigger({ events: ['updated'], models: ['company'] }, credential);
	await openNode(page, workflow, 'trigger');
	await picture(page, 'trigger', [page.getByTestId('ndv')]);
	await page.getByTestId('trigger-execute-button').or(page.getByTestId('node-execute-button')).first().click();
	const call = async (body) =>
		await fetch(`${world.n8n.address}/webhook-test/${webhookId}/webhook`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'X-Planhat-Secret': secret },
			body: JSON.stringify(body),
		});
	// n8n registers the Test URL a moment after the click.
	const reaches = async () => (await call({ event: 'deleted', model: 'task', id: '1' })).status !== 404;
	await until(reaches, 'the registration of the Test URL');
	await page.getByText('does not listen for (event: deleted, model: task)').first().waitFor();
}

async function leaveToModel(page) {
	await openNode(page, await storeAgentWorkflow({ resource: 'company', operation: 'create', specifyFields: 'map' }));
	await page.getByTestId('parameter-input-name').waitFor();
	await page.getByTestId('from-ai-override-button').click();
	const field = page.getByTestId('fromAI-override-field');
	assert.match(await field.innerText(), /by the model/);
	await picture(
		page,
		'agent-tool',
		[page.getByTestId('node-execute-button'), page.getByTestId('add-fields-select')],
		16,
	);
}

async function missingRecord(page) {
	await openNode(
		page,
		await storeWorkflow({ resource: 'company', operation: 'get', recordId: recordLocator('id', missingId) }),
	);
	await execute(page);
	const output = page.getByTestId('output-panel');
	const message = await output.getByTestId('node-error-message').innerText();
	assert.match(message, new RegExp(`company with ID '${missingId}'.*record not found`));
	assert.match(await output.getByTestId('node-error-description').innerText(), /deleted|another tenant/);
	await picture(
		page,
		'error',
		[
			page.getByTestId('resource-locator-recordId'),
			page.getByTestId('node-execute-button'),
			output.getByTestId('node-error-description'),
		],
		16,
	);
}

async function wrongToken(page) {
	const credential = await storeCredential({ apiToken: 'not-the-token' });
	await openNode(page, await storeWorkflow({ resource: 'company', operation: 'getAll' }, { credential }));
	await execute(page);
	const output = page.getByTestId('output-panel');
	const shown = await output.innerText();
	assert.match(shown, /API token/);
	assert.match(shown, /expired/);
	assert.doesNotMatch(shown, /not-the-token/);
}
