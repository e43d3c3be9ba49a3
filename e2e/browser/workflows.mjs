import { openWorkflow } from './editor.mjs';
import { world } from '../world.mjs';

function node(id, name, type, typeVersion, parameters, place) {
	return { id, name, type: `n8n-nodes-base.${type}`, typeVersion, position: [220 * place, 0], parameters };
}

const inRow = (nodes) =>
	Object.fromEntries(
		nodes.slice(1).map(({ name }, index) => [nodes[index].name, { main: [[{ node: name, type: 'main', index: 0 }]] }]),
	);

async function open(page, name, nodes, item) {
	const pinData = { [nodes[0].name]: item.map((json) => ({ json })) };
	const settings = { executionOrder: 'v1' };
	await openWorkflow(
		page,
		await world.n8n.createWorkflow({ name, nodes, connections: inRow(nodes), pinData, settings }),
	);
}

/** Opens the canvas of a workflow whose trigger gives these items. */
export async function storeRows(page, rows) {
	await open(page, 'Rows', [node('start', 'Start', 'manualTrigger', 1, {}, 0)], rows);
}

/** Opens the canvas of a workflow that reads the rows of a spreadsheet file. */
export async function storeSpreadsheet(page, fileName, content) {
	const toFile = { operation: 'toBinary', sourceProperty: 'content', options: { fileName } };
	const nodes = [
		node('start', 'Start', 'manualTrigger', 1, {}, 0),
		node('file', 'File', 'convertToFile', 1.1, toFile, 1),
		node('rows', 'Rows', 'extractFromFile', 1, { operation: 'xlsx', options: {} }, 2),
	];
	await open(page, fileName, nodes, [{ content: content.toString('base64') }]);
}
