import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkoutFolder } from '../../../scripts/lib/checkout.mjs';
import { importWorkflow } from '../../../scripts/lib/examples.mjs';
import { openWorkflow } from '../../browser/editor.mjs';
import { withoutTransitions } from '../../browser/panel.mjs';
import { picture } from '../../browser/pictures.mjs';
import { until, world } from '../../world.mjs';

/** Each opens an example and takes its picture. */
const pictures = [
	async (page, open) =>
		await picture(page, 'example-nightly-companies', await open('nightly-companies-from-database'), 16),
	async (page, open) => await picture(page, 'example-guarded-sync', await open('nightly-sync-with-guard-rails'), 16),
	async (page, open) => await picture(page, 'example-approval', await open('preview-then-approve'), 16),
	async (page, open) => await picture(page, 'example-licenses', await open('licenses-in-company-rows'), 16),
	async (page, open) => await picture(page, 'example-external-ids', await open('move-external-ids'), 16),
	async (page, open) => await picture(page, 'example-usage', await open('usage-from-warehouse'), 16),
	async (page, open) => await picture(page, 'example-wide-usage', await open('wide-usage-table'), 16),
	async (page, open) => await picture(page, 'example-changes', await open('changes-to-database'), 16),
	async (page, open) => await picture(page, 'example-low-nps', await open('low-nps-makes-task'), 16),
	async (page, open) => await picture(page, 'example-health-drop', await open('company-health-drops'), 16),
	async (page, open) => await picture(page, 'example-call-summary', await open('call-summary-to-conversation'), 16),
	async (page, open) => await picture(page, 'example-renewals', await open('weekly-renewals-by-owner'), 16),
	async (page, open) => await picture(page, 'example-two-systems', await open('two-systems-both-ways'), 16),
	async (page, open) => await picture(page, 'example-compare', await open('compare-two-systems'), 16),
	async (page, open) => await picture(page, 'example-assistant', await open('customer-success-assistant'), 16),
];

// CI opens every third: its other tests import and run all of them.
const wanted = process.env.CI ? pictures.filter((_, index) => index % 3 === 0) : pictures;

/** The workflows of `examples/` that have a section of the guide, as they look after the import. */
export function exampleCanvases(onPage) {
	onPage('each example opens on the canvas with all of its nodes', async (page) => {
		await page.setViewportSize({ width: 1600, height: 900 });
		const open = await opener(page);
		for (const take of wanted) await take(page, open);
	});
}

/** Opens an example and gives all that is on its canvas. */
async function opener(page) {
	const data = { host: '127.0.0.1', database: 'warehouse', user: 'reader', ssl: 'disable' };
	const postgres = await world.n8n.createCredential({ name: 'Postgres account', type: 'postgres', data });
	return async (name) => {
		const file = join(checkoutFolder, 'examples', `${name}.json`);
		const { workflow } = await importWorkflow(world.n8n, file, [world.credential, postgres]);
		await openWorkflow(page, workflow);
		await withoutTransitions(page);
		const nodes = page.locator('.vue-flow__node');
		await until(async () => (await nodes.count()) === workflow.nodes.length, `the nodes of ${name}`);
		// n8n asks for unknown nodes to be installed.
		assert.equal(await page.getByText('Install this node to use it').count(), 0);
		await page.addStyleTag({ content: onTop });
		await restsOn(nodes);
		const box = await nodes.evaluateAll(around);
		return [{ boundingBox: async () => box }];
	};
}

/** What n8n draws over the canvas. */
const onTop =
	'[data-test-id="canvas-controls"], .vue-flow__panel, [class*="_executionButtons_"] { display: none !important; }';

/** The names of nodes stand below them, outside their boxes. */
function around(nodes) {
	const parts = nodes.flatMap((node) => [node, ...node.querySelectorAll('*')]);
	const boxes = parts
		.map((part) => part.getBoundingClientRect())
		.filter(({ width, height }) => width > 0 && height > 0);
	const x = Math.min(...boxes.map(({ left }) => left));
	const y = Math.min(...boxes.map(({ top }) => top));
	const right = Math.max(...boxes.map((box) => box.right));
	const bottom = Math.max(...boxes.map((box) => box.bottom));
	return { x, y, width: right - x, height: bottom - y };
}

/** n8n moves the canvas until all of it is seen. */
async function restsOn(nodes) {
	const places = async () => JSON.stringify(await Promise.all((await nodes.all()).map((node) => node.boundingBox())));
	let before;
	const rests = async () => {
		const now = await places();
		const isSame = now === before;
		before = now;
		return isSame;
	};
	await until(rests, 'the canvas', 200);
}
