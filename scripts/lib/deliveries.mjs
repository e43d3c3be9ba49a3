import { StartError } from './errors.mjs';
import { webhookSecret } from './planhatInN8n.mjs';
import { waitFor } from './waiting.mjs';

/**
 * Publishes a workflow, calls it as an automation of Planhat's would, one call after the other, and ends it again.
 *
 * @param {Pick<Awaited<ReturnType<import('./n8nServer.mjs').startN8n>>, 'activate' | 'callTrigger' | 'executions' | 'waitForExecution' | 'deactivate'>} n8n
 * @param {{ id: string }} workflow
 * @param {object[]} bodies
 * @param {number} timeoutMilliseconds For the start and for the end of each execution.
 * @returns {Promise<Array<{ id: string, status: string, data?: any }>>} The execution that each call has started, with its data.
 */
export async function runByDeliveries(n8n, workflow, bodies, timeoutMilliseconds) {
	await n8n.activate(workflow);
	const executions = [];
	for (const body of bodies) {
		await deliver(n8n, workflow, body);
		const known = executions.map(({ id }) => id);
		// What is seen is taken, and what was seen before is not: what n8n lists the next time may be another thing.
		const id = await waitFor(async () => await unknownExecution(n8n, workflow, known), {
			timeoutMilliseconds,
			what: 'The start of the workflow by a call',
		});
		executions.push(await n8n.waitForExecution(id, timeoutMilliseconds));
	}
	await n8n.deactivate(workflow);
	return executions;
}

async function deliver(n8n, workflow, body) {
	const status = await n8n.callTrigger(workflow, body, { 'X-Planhat-Secret': webhookSecret });
	if (status === 200) return;
	throw new StartError(
		`n8n answered a call of Planhat Trigger with ${status} instead of 200.`,
		'Start again; if it happens again, please report it.',
	);
}

async function unknownExecution(n8n, workflow, known) {
	return (await n8n.executions(workflow.id)).find(({ id }) => !known.includes(id))?.id;
}
