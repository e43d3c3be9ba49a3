import { until, world } from '../world.mjs';
import { chooseOption } from './panel.mjs';

/**
 * Searches the nodes panel for something.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} words
 * @returns {Promise<import('playwright-core').Locator>} The panel.
 */
export async function searchNodes(page, words) {
	const plus = page.getByTestId('node-creator-plus-button');
	await plus.or(page.getByTestId('canvas-plus-button')).first().click();
	const panel = page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill(words);
	return panel;
}

/**
 * Adds an action of Planhat to the canvas, as somebody does who searches for it, and opens its panel.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} action Such as "Create company".
 * @param {'Actions' | 'Triggers'} [group]
 */
export async function addAction(page, action, group) {
	await pickAction(page, await searchNodes(page, 'planhat'), action, group);
}

/** Searches the nodes panel for what is to come behind a node of the canvas, from the plus at its output. */
async function searchNodesAfter(page, name, words) {
	const node = page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	await node.getByTestId('canvas-handle-plus').first().click();
	const panel = page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill(words);
	return panel;
}

/** Adds an action of Planhat behind a node of the canvas, and opens its panel. */
export async function addActionAfter(page, name, action) {
	await pickAction(page, await searchNodesAfter(page, name, 'planhat'), action);
}

/** Adds a node of n8n's own behind a node of the canvas, and opens its panel. */
export async function addNodeAfter(page, name, added) {
	const panel = await searchNodesAfter(page, name, added);
	await panel.getByTestId('item-iterator-item').filter({ hasText: added }).first().click();
	await page.getByTestId('ndv').waitFor();
}

async function pickAction(page, panel, action, groupName = 'Actions') {
	await panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat' }).first().click();
	const group = panel.getByText(new RegExp(`^${groupName} \\(\\d+\\)$`));
	await group.waitFor();
	const wanted = panel.getByText(action, { exact: true });
	const isShown = async () =>
		await wanted.waitFor({ timeout: 1_000 }).then(
			() => true,
			() => false,
		);
	// The list of actions is open or not, and may be moving: a click too soon would close it.
	const isOpen = async () => {
		if (await isShown()) return true;
		await group.click();
		return await isShown();
	};
	await until(isOpen, `the action "${action}"`);
	await wanted.click();
	await page.getByTestId('ndv').waitFor();
}

/** Chooses the credential of the open node. */
export async function chooseCredential(page, { id }) {
	await page.getByTestId('node-credentials-select').click();
	await page.getByTestId(`node-credentials-select-item-${id}`).click();
}

/** Leaves n8n one credential for Planhat, which it then chooses for each new node, as for somebody who has one. */
export async function keepOneCredential() {
	for (const { id, type } of await world.n8n.request('GET', '/rest/credentials'))
		if (/^planhat/.test(type) && id !== world.credential.id)
			await world.n8n.request('DELETE', `/rest/credentials/${id}`);
}

/**
 * Makes a credential in the form that n8n opens for it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} type As the panel names it.
 * @param {Record<string, string>} values What is typed, or the option that is chosen.
 */
export async function newCredential(page, type, values) {
	const connect = page.getByRole('button', { name: `Connect to ${type.replace(/ API$/, '')}`, exact: true });
	const select = page.getByTestId('node-credentials-select').first();
	await connect.or(select).first().click();
	const item = page.getByTestId('node-credentials-select-item-new').first();
	const form = page.getByTestId('editCredential-modal');
	await item.or(form).first().waitFor();
	if (!(await form.isVisible())) await item.click();
	for (const [name, value] of Object.entries(values)) {
		const input = form.getByTestId(`parameter-input-${name}`).locator('input');
		if ((await input.getAttribute('role')) === 'combobox') await chooseOption(page, name, value);
		else await input.fill(value);
	}
	await form.getByTestId('credential-save-button').click();
	await form.waitFor({ state: 'hidden' });
}

/** Searches the tools of an AI Agent on the canvas, from the plus at which it takes them. */
export async function searchTools(page, words) {
	const agent = page.locator('[data-test-id="canvas-node"][data-node-name="AI Agent"]');
	const panel = page.getByTestId('node-creator');
	const tools = panel.getByText('Recommended Tools', { exact: true });
	// While the canvas still moves, the click may miss the plus, and n8n shows other nodes.
	const isOpen = async () => {
		await agent.getByTestId('canvas-handle-plus').last().click({ force: true });
		await tools.waitFor({ timeout: 3_000 }).catch(() => {});
		if (await tools.isVisible()) return true;
		await page.keyboard.press('Escape');
		return false;
	};
	await until(isOpen, 'the tools of the nodes panel', 500);
	await panel.getByTestId('node-creator-search-bar').fill(words);
	return panel;
}
