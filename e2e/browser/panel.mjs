import { until } from '../world.mjs';

/**
 * A node as the page holds it, which is what n8n saves a moment later.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} [name] The first Planhat node unless given.
 * @returns {Promise<{ name: string, parameters: Record<string, any>, credentials?: object } | undefined>}
 */
export async function nodeInPage(page, name) {
	return await page.evaluate((wanted) => {
		const { $pinia } = globalThis.document.querySelector('#app').__vue_app__.config.globalProperties;
		const stores = [...$pinia._s].filter(([id]) => id.startsWith('workflowDocuments/')).map(([, store]) => store);
		const nodes = stores.flatMap(({ allNodes }) => allNodes ?? []);
		const found = nodes.find((node) => (wanted ? node.name === wanted : /planhat\.planhat(Tool)?$/.test(node.type)));
		return found && JSON.parse(JSON.stringify(found));
	}, name);
}

/** Opens the panel of a node, also where others lie on top of it. */
export async function openNodeOnCanvas(page, name) {
	const node = page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	await node.getByTestId('canvas-default-node').dispatchEvent('dblclick');
	await page.getByTestId('ndv').waitFor();
}

/** n8n's button to read the columns of the field mapper again, which it shows when they could not be read. */
export function retryButton(page) {
	return page.getByTestId('resource-mapper-container').getByText('Retry', { exact: true });
}

/** Chooses an option of a parameter of the open node, by its exact name. */
export async function chooseOption(page, parameter, option) {
	await page.getByTestId(`parameter-input-${parameter}`).locator('input').click();
	await page.locator('.el-select-dropdown__item:visible').getByText(option, { exact: true }).first().click();
}

/** The same with the keyboard: opens the list, types a part of the option until nothing else is left, and takes it. */
export async function typeOption(page, parameter, option) {
	const input = page.getByTestId(`parameter-input-${parameter}`).locator('input');
	const shown = page.locator('.el-select-dropdown__item:visible');
	const wanted = shown.getByText(option, { exact: true }).first();
	await input.press('Enter');
	await wanted.waitFor();
	await input.pressSequentially(option);
	await shown.filter({ hasNotText: option }).first().waitFor({ state: 'hidden' });
	await wanted.waitFor();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await wanted.waitFor({ state: 'hidden' });
}

async function chooseFromMapperMenu(page, action, isDone = () => false) {
	const item = page.getByTestId(`action-${action}`);
	// A form that is drawn anew just then closes its menu, also while it is being clicked.
	const isChosen = async () => {
		if (await isDone()) return true;
		await page.getByTestId('columns-parameter-input-options-container').getByTestId('action-toggle').click();
		return await item.click({ timeout: 2_000 }).then(
			() => true,
			() => false,
		);
	};
	await until(isChosen, 'the menu of the fields');
}

/** Adds every field to the form, and waits until they are there. */
export async function addAllFields(page, name) {
	const isAdded = async () => (await nodeInPage(page, name)).parameters.fields.schema.every(({ removed }) => !removed);
	// A busy machine may be told only later that the click was taken, and offers it no more then.
	await chooseFromMapperMenu(page, 'addAllFields', isAdded);
	await until(isAdded, 'all fields', 50);
}

/** The label under which the form shows a field. */
export async function labelOf(page, id, name) {
	const { schema } = (await nodeInPage(page, name)).parameters.fields;
	return schema.find((column) => column.id === id).displayName;
}

/** Adds one field to the form. */
export async function addField(page, id) {
	await page.getByTestId('add-fields-select').locator('button').click();
	await page.getByRole('menuitem', { name: await labelOf(page, id), exact: true }).click();
}

/** Lets the editor read the columns again, and waits until it has them. */
export async function refreshFieldList(page) {
	const read = page.waitForResponse(/resource-mapper-fields/);
	await chooseFromMapperMenu(page, 'refreshFieldList');
	await read;
	// What came is put into the form a moment later.
	await page.waitForTimeout(100);
}

/**
 * Waits until the field mapper has read its columns for a model and an operation. n8n may ask before it has put the
 * credential into a new node; then this selects Retry.
 *
 * @returns {Promise<Record<string, any>>} The parameters of the node then.
 */
export async function mapperFilled(page, { resource, operation }, name) {
	let parameters;
	const isFilled = async () => {
		({ parameters } = (await nodeInPage(page, name)) ?? {});
		if (await retryButton(page).isVisible()) await retryButton(page).click();
		const { fields } = parameters ?? {};
		if (parameters?.resource !== resource || parameters.operation !== operation) return false;
		const needsColumns = fields?.mappingMode !== 'autoMapInputData';
		return fields?.value !== undefined && fields.value !== null && (!needsColumns || fields.schema?.length > 0);
	};
	await until(isFilled, `the columns of ${resource} for ${operation}`, 50);
	return parameters;
}

/** A busy machine takes so long to put the optional fields of a new form away. Milliseconds. */
const longestDrawing = 5_000;

/**
 * Waits until a form that is drawn anew has put its optional fields away, if it does.
 *
 * @returns {Promise<Record<string, any>>} The parameters of the node then.
 */
export async function mapperDrawn(page, form, name) {
	const deadline = Date.now() + longestDrawing;
	for (;;) {
		const parameters = await mapperFilled(page, form, name);
		const isDrawn = parameters.fields.schema.every(({ removed, required }) => removed || required);
		if (isDrawn || Date.now() > deadline) return parameters;
		await page.waitForTimeout(50);
	}
}

/** Lets everything on the page appear at once: hundreds of menus open in these tests. */
export async function withoutTransitions(page) {
	const still = 'transition: none !important; animation: none !important;';
	await page.addStyleTag({ content: `*, *::before, *::after { ${still} }` });
}
