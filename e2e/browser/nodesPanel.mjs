import { until } from '../world.mjs';

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

/** The same behind a node of the canvas, as somebody does who clicks the plus at its output. */
export async function addActionAfter(page, name, action) {
	const node = page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	await node.getByTestId('canvas-handle-plus').first().click();
	const panel = page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill('planhat');
	await pickAction(page, panel, action);
}

async function pickAction(page, panel, action, groupName = 'Actions') {
	await panel.getByTestId('item-iterator-item').filter({ hasText: 'Planhat' }).first().click();
	const group = panel.getByText(new RegExp(`^${groupName} \\(\\d+\\)$`));
	await group.waitFor();
	const wanted = panel.getByText(action, { exact: true });
	// The list of actions is open or not, and may be moving.
	const isOpen = async () => {
		if (await wanted.isVisible()) return true;
		await group.click();
		await wanted.waitFor({ timeout: 2_000 }).catch(() => {});
		return await wanted.isVisible();
	};
	await until(isOpen, `the action "${action}"`);
	await wanted.click();
	await page.getByTestId('ndv').waitFor();
}

/** Chooses the credential of the open node by its name. */
export async function chooseCredential(page, name) {
	await page.getByTestId('node-credentials-select').click();
	await page.locator('.el-select-dropdown__item:visible').getByText(name, { exact: true }).first().click();
}

/**
 * Makes a credential in the form that n8n opens for it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} type As the panel names it.
 * @param {Record<string, string>} values
 */
export async function newCredential(page, type, values) {
	const connect = page.getByRole('button', { name: `Connect to ${type.replace(/ API$/, '')}`, exact: true });
	const select = page.getByTestId('node-credentials-select').first();
	await connect.or(select).first().click();
	const item = page.getByTestId('node-credentials-select-item-new').first();
	const form = page.getByTestId('editCredential-modal');
	await item.or(form).first().waitFor();
	if (!(await form.isVisible())) await item.click();
	for (const [name, value] of Object.entries(values))
		await form.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
	await form.getByTestId('credential-save-button').click();
	await form.waitFor({ state: 'hidden' });
}

/** The plus at which an AI Agent takes its tools. */
export function plusForTools(page) {
	const agent = page.locator('[data-test-id="canvas-node"][data-node-name="AI Agent"]');
	return agent.getByTestId('canvas-handle-plus').last();
}
