import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutFolder } from '../../../scripts/lib/checkout.mjs';
import { world } from '../../world.mjs';

export const startName = 'Start';

/** A Planhat node that takes the columns by their names and hands failed rows back one by one. */
export function planhat(name, resource, operation, parameters = {}) {
	return {
		name,
		type: 'n8n-nodes-planhat.planhat',
		typeVersion: 1.1,
		parameters: {
			...{ resource, operation, specifyFields: 'map', fields: { mappingMode: 'autoMapInputData', value: null } },
			...parameters,
		},
		onError: 'continueErrorOutput',
	};
}

/** One of n8n's own nodes. */
export function nodeOfN8n(name, type, typeVersion = 1, parameters = {}) {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, parameters };
}

/**
 * Imports a workflow that starts by hand, with the rows of a table, and runs it to its end, which must be a good one.
 *
 * @param {{ name: string, nodes: object[], links?: Record<string, Array<Array<[string, number]>>> }} job
 *   Without `links`, each node follows the one before it.
 * @param {object[]} [rows]
 */
export async function runTable({ name, nodes, links }, rows = [{}]) {
	const start = nodeOfN8n(startName, 'manualTrigger');
	const workflow = await world.n8n.createWorkflow({
		name,
		nodes: [start, ...nodes].map((each, at) => ({
			id: String(at),
			position: [at * 200, 0],
			...each,
			...(each.type.endsWith('.planhat') && {
				credentials: { planhatApi: { id: world.credential.id, name: world.credential.name } },
			}),
		})),
		connections: connectionsOf(links ?? inARow([start, ...nodes])),
		pinData: { [startName]: rows.map((json) => ({ json })) },
		settings: { executionOrder: 'v1' },
	});
	const execution = await world.n8n.runManually(workflow, 60_000);
	assert.equal(execution.status, 'success', execution.data?.resultData?.error?.message);
	return execution;
}

function inARow(nodes) {
	return Object.fromEntries(nodes.slice(1).map(({ name }, at) => [nodes[at].name, [[[name, 0]]]]));
}

function connectionsOf(links) {
	const targets = (names) => names.map(([name, index]) => ({ node: name, type: 'main', index }));
	return Object.fromEntries(Object.entries(links).map(([from, outputs]) => [from, { main: outputs.map(targets) }]));
}

/** The nodes of an example between where its data come from and where they go. */
export function countedNodesOf(fileName, sample = []) {
	const { nodes } = JSON.parse(readFileSync(join(checkoutFolder, 'examples', fileName), 'utf8'));
	const isAround = /\.(stickyNote|noOp|webhook)$|trigger$/i;
	return nodes.filter(({ name, type }) => !isAround.test(type) && !sample.includes(name)).map(({ name }) => name);
}
