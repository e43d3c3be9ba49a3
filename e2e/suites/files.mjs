import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, test } from 'node:test';
import { nodeName, resultOf } from '../workflows.mjs';
import { world } from '../world.mjs';

const contentOf = (name) => readFileSync(new URL(`../../test/files/${name}`, import.meta.url));

/** Files as people have them, read by n8n's own Extract from File, and sent. */
export function files() {
	describe('a file as people have it', () => {
		beforeEach(() => {
			world.planhat.reset();
			for (const externalId of ['a-1', 'a-2']) world.planhat.insert('companies', [{ externalId, name: externalId }]);
			world.planhat.insert('users', [{ email: 'kim@example.com', nickName: 'Kim' }]);
		});

		test('a CSV with a byte order mark changes the records that are there', async () => {
			const { status, output } = await send('companies-bom.csv', 'csv', { resource: 'company' });
			assert.equal(status, 'success');
			assert.deepEqual(outcomes(output), ['updated', 'updated']);
			assert.deepEqual(written(), [
				{ externalId: 'a-1', name: 'Acme', phase: 'Live', csmScore: 4, tags: ['north', 'key'] },
				{ externalId: 'a-2', name: 'Beta, Inc' },
			]);
		});

		test('a CSV in German has its numbers and dates refused, with what reads them', async () => {
			const { output, errorOutput } = await send(
				'licenses-german.csv',
				'csv',
				{ resource: 'license' },
				{ delimiter: ';' },
			);
			assert.deepEqual([output, written()], [[], []]);
			const [thousands, number, other] = errorOutput.map(({ json }) => json.error);
			assert.match(thousands, /'value' takes a number .* not '10\.000'/);
			assert.match(thousands, /\{\{ DateTime\.fromFormat\(\$json\.fromDate, 'dd\.MM\.yyyy'\)\.toISODate\(\) \}\}/);
			assert.match(number, /\{\{ \$json\.value\.replaceAll/);
			assert.match(other, /not '2\.500'/);
		});

		test("a CRM's export goes out under Planhat's names, without what is no key and no owner", async () => {
			const options = { unknownFields: 'ignore' };
			const { output, errorOutput } = await send('crm-accounts.csv', 'csv', { resource: 'company', options });
			assert.deepEqual(outcomes(output), ['created', 'created']);
			const [{ _id: owner }] = world.planhat.records('users');
			const sent = written().map((row) => [row.sourceId, row.name, row.owner]);
			assert.deepEqual(sent, [
				['001Nq00000AU63sIAD', 'Acme', owner],
				['001Nq00000AU63tIAD', 'Beta', undefined],
			]);
			assert.equal(errorOutput.length, 1);
			assert.match(errorOutput[0].json.error, /'Source ID' takes an ID as text or number, not 'N\/A'/);
			assert.match(errorOutput[0].json.error, /'Owner' takes the ID or the email of one user, not 'Lee Kim'/);
		});

		test('a workbook of Excel has its days taken for days, shown as such or as numbers', async () => {
			const { status, output } = await send('invoices.xlsx', 'xlsx', { resource: 'invoice' });
			assert.equal(status, 'success');
			assert.deepEqual(outcomes(output), ['created', 'created']);
			const sent = written().map((row) => [row.extId, row.cId, row.currency, row.invoiceDate, row.dueDate]);
			assert.deepEqual(sent, [
				['i-1', 'extid-a-1', 'EUR', 19_714, 20_398],
				['i-2', 'extid-a-2', 'EUR', 19_715, 20_399],
			]);
		});

		test('rows of Google Sheets erase nothing by their blanks', async () => {
			const items = JSON.parse(contentOf('google-sheets.json'));
			const { output, errorOutput } = await run(start(items), [], { resource: 'company' });
			assert.deepEqual(outcomes(output), ['updated', 'updated']);
			assert.deepEqual(written(), [
				{ externalId: 'a-1', name: 'Acme', phase: 'Live', csmScore: 4 },
				{ externalId: 'a-2', description: 'kept' },
			]);
			assert.match(errorOutput[0].json.error, /nothing to send/i);
		});
	});
}

function start(items) {
	return {
		node: {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		pinned: items.map((json) => ({ json })),
	};
}

/** Reads a file and sends its rows by Create or Update. */
async function send(fileName, operation, parameters, options = {}) {
	const content = contentOf(fileName).toString('base64');
	return await run(
		start([{ content }]),
		[
			{
				id: 'file',
				name: 'File',
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				position: [0, 0],
				parameters: { operation: 'toBinary', sourceProperty: 'content', options: { fileName } },
			},
			{
				id: 'rows',
				name: 'Rows',
				type: 'n8n-nodes-base.extractFromFile',
				typeVersion: 1,
				position: [0, 0],
				parameters: { operation, options },
			},
		],
		parameters,
	);
}

async function run({ node: first, pinned }, others, parameters) {
	const { id, name } = world.credential;
	const planhat = {
		id: 'planhat',
		name: nodeName,
		type: 'n8n-nodes-planhat.planhat',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			operation: 'upsert',
			specifyFields: 'map',
			fields: { mappingMode: 'autoMapInputData', value: null },
			...parameters,
		},
		credentials: { planhatApi: { id, name } },
		onError: 'continueErrorOutput',
	};
	const all = [first, ...others, planhat];
	const links = all
		.slice(0, -1)
		.map((node, index) => [node.name, { main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] }]);
	const workflow = await world.n8n.createWorkflow({
		name: 'A file',
		nodes: all,
		connections: Object.fromEntries(links),
		pinData: { [first.name]: pinned },
		settings: { executionOrder: 'v1' },
	});
	return resultOf(await world.n8n.runManually(workflow));
}

const outcomes = (items) => items.map(({ json }) => json.outcome);

function written() {
	return world.planhat.requests.filter(({ method }) => method === 'PUT').flatMap(({ body }) => body);
}
