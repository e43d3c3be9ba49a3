import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkoutFolder } from '../../../scripts/lib/checkout.mjs';
import { importWorkflow } from '../../../scripts/lib/examples.mjs';
import { world } from '../../world.mjs';

/**
 * What the tests of the examples share; filled by `openShop`.
 *
 * @type {{ database: Awaited<ReturnType<typeof import('../../postgres.mjs').startDatabase>>, credentials: Array<{ id: string, name: string }> }}
 */
export const shop = {};

/** @param {(typeof shop)['database']} [database] Where there is PostgreSQL. */
export async function openShop(database) {
	shop.database = database;
	shop.credentials = [world.credential];
	if (database === undefined) return;
	const data = { ...database.connection, ssl: 'disable' };
	shop.credentials.push(await world.n8n.createCredential({ name: 'Postgres account', type: 'postgres', data }));
}

export async function closeShop() {
	await shop.database?.stop();
}

/**
 * Imports an example and chooses credentials, as people do; nothing else of it is changed.
 *
 * @param {string} name Of its file.
 */
export async function imported(name) {
	const file = join(checkoutFolder, 'examples', `${name}.json`);
	return (await importWorkflow(world.n8n, file, shop.credentials)).workflow;
}

/**
 * Runs a workflow to its end, which must be a good one.
 *
 * @param {{ nodes: Array<{ name: string, type: string }> }} workflow
 * @param {string} [triggerName] The only trigger unless given.
 */
export async function run(workflow, triggerName) {
	const trigger = workflow.nodes.find(({ type }) => /trigger$/i.test(type));
	const execution = await world.n8n.runManually(workflow, 60_000, triggerName ?? trigger.name);
	assert.equal(execution.status, 'success', execution.data?.resultData?.error?.message);
	return execution;
}

/** @param {string} name Of a Data Table of n8n. */
async function tableOf(name) {
	const { data } = await world.n8n.request('GET', '/rest/data-tables-global?take=250');
	const { id, projectId } = data.find((table) => table.name === name);
	return `/rest/projects/${projectId}/data-tables/${id}/rows`;
}

/**
 * The rows of one of n8n's Data Tables.
 *
 * @param {string} name
 * @param {string} sortedBy
 */
export async function tableRows(name, sortedBy) {
	const { data } = await world.n8n.request('GET', `${await tableOf(name)}?take=250`);
	return data.sort((one, other) => String(one[sortedBy]).localeCompare(String(other[sortedBy])));
}

/** Writes into one row of a Data Table, as people do in n8n. */
export async function correctRow(name, column, was, data) {
	const filter = { type: 'and', filters: [{ columnName: column, condition: 'eq', value: was }] };
	await world.n8n.request('PATCH', await tableOf(name), { filter, data });
}
