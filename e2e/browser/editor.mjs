import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import { until, world } from '../world.mjs';
import { chromeFile } from './chrome.mjs';

/** Wide enough for n8n to show input, parameters and output side by side. */
const viewport = { width: 1280, height: 800 };
/** A busy machine needs half a minute for the first look at the editor. */
const patienceMilliseconds = 60_000;

/** No sandbox, since CI runs as root; nothing that calls home, and no name that could be looked up. */
const switches = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-dev-shm-usage',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * Starts a browser in which the owner of n8n is logged in.
 *
 * @returns {Promise<{
 *   newPage: () => Promise<import('playwright-core').Page>,
 *   strangers: string[],
 *   close: () => Promise<void>,
 * }>} `strangers` are the addresses that pages asked for outside this machine; none of them was reached.
 */
export async function openBrowser() {
	selectors.setTestIdAttribute('data-test-id');
	// With a profile, Chromium keeps the compiled scripts of the editor from page to page.
	const profile = await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-browser-'));
	const close = async (context) => {
		await context?.close();
		await rm(profile, { recursive: true, force: true });
	};
	let context;
	try {
		context = await chromium.launchPersistentContext(profile, {
			...{ executablePath: chromeFile(), args: switches, viewport },
			...{ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' },
		});
		context.setDefaultTimeout(patienceMilliseconds);
		const strangers = [];
		context.on('request', (request) => {
			const { protocol, hostname } = new URL(request.url());
			if (/^(http|ws)s?:$/.test(protocol) && hostname !== '127.0.0.1') strangers.push(request.url());
		});
		const { email, password } = world.n8n.login;
		const login = await context.request.post(`${world.n8n.address}/rest/login`, {
			data: { emailOrLdapLoginId: email, password },
		});
		if (!login.ok()) throw new Error(`n8n refused to log in its owner: ${login.status()}`);
		return { newPage: async () => await context.newPage(), strangers, close: async () => await close(context) };
	} catch (error) {
		await close(context);
		throw error;
	}
}

/** Opens the canvas of a new workflow. */
export async function openNewWorkflow(page) {
	await page.goto(`${world.n8n.address}/workflow/new`);
	await page.getByTestId('canvas-plus-button').waitFor();
}

/** Opens the canvas of a stored workflow. */
export async function openWorkflow(page, { id }) {
	await page.goto(`${world.n8n.address}/workflow/${id}`);
	await page.getByTestId('canvas-node').first().waitFor();
}

/**
 * Opens a stored workflow with the panel of one of its nodes.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ id: string }} workflow
 * @param {string} [nodeId]
 */
export async function openNode(page, { id }, nodeId = 'planhat') {
	await page.goto(`${world.n8n.address}/workflow/${id}/${nodeId}`);
	await page.getByTestId('ndv').waitFor();
}

/** What the editor shows as the value of a parameter of the open node. */
export async function valueOf(page, parameter) {
	return await inputOf(page, parameter).inputValue();
}

/** The field in which the value of a parameter of the open node is typed. */
export function inputOf(page, parameter) {
	return page.getByTestId(`parameter-input-${parameter}`).locator('input');
}

/**
 * Runs the open node with Execute Step.
 *
 * @returns {Promise<void>} Resolves when the output panel shows the items or the error of this run.
 */
export async function execute(page) {
	const output = page.getByTestId('output-panel');
	await page.getByTestId('node-execute-button').click();
	await output.getByTestId('ndv-items-count').or(output.getByTestId('node-error-message')).first().waitFor();
}

/**
 * The table in the output panel, as it is shown.
 *
 * @returns {Promise<{ columns: string[], rows: string[][] }>}
 */
export async function outputTable(page) {
	const output = page.getByTestId('output-panel');
	await output.getByTestId('radio-button-table').click();
	const table = output.locator('table').first();
	await table.waitFor();
	const cells = await table
		.locator('tr')
		.evaluateAll((lines) =>
			lines.map((line) => [...line.querySelectorAll('th, td')].map(({ textContent }) => textContent.trim())),
		);
	const [columns, ...rows] = cells.map((line) => line.filter((_, place) => place < cells[0].length && cells[0][place]));
	return { columns, rows };
}

/** Chooses an option of a drop-down of n8n that is open. */
export async function choose(page, option) {
	await page.locator('.el-select-dropdown__item:visible').filter({ hasText: option }).first().click();
}

/**
 * Drags a field of the input onto a parameter, as people map data.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} field Name of the field as the input panel shows it.
 * @param {string} parameter
 */
export async function dragOnto(page, field, parameter) {
	const source = page
		.getByTestId('ndv-input-panel')
		.getByTestId('run-data-schema-item')
		.getByText(field, { exact: true });
	const target = page.getByTestId(`parameter-input-${parameter}`);
	const [from, to] = [await source.boundingBox(), await target.boundingBox()];
	await page.mouse.move(...middleOf(from));
	await page.mouse.down();
	await page.mouse.move(...middleOf(from).map((place) => place + 30), { steps: 5 });
	await page.mouse.move(...middleOf(to), { steps: 10 });
	await page.mouse.up();
	await until(
		async () => (await target.innerText()).includes(`{{ $json.${field} }}`),
		`the expression of '${field}' in '${parameter}'`,
	);
}

function middleOf({ x, y, width, height }) {
	return [x + width / 2, y + height / 2];
}

let folderOfFailures;

/** Saves what a page shows when a test fails on it, and tells where. */
export async function keepFailure(page, name) {
	folderOfFailures ??= await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-editor-'));
	const path = join(folderOfFailures, `${name.replace(/\W+/g, '-')}.png`);
	await page.screenshot({ path });
	return path;
}
