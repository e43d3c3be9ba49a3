import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { until, world } from '../../world.mjs';
import { imported } from './shop.mjs';

/** Runs the workflow until it waits, and gives the link that a person gets. */
async function asked() {
	const { n8n } = world;
	const id = await n8n.startManually(await imported('preview-then-approve'));
	let execution;
	await until(
		async () => {
			execution = await n8n.execution(id);
			return execution.status === 'waiting';
		},
		'The wait for the decision',
		200,
	);
	const [{ message }] = outputOf(execution, 'Write to somebody');
	return { id, message, link: /https?:\S+$/.exec(message)[0] };
}

/** Opens the form, and sends it as a browser does. */
async function decide({ id, link }, decision) {
	const page = await (await fetch(link)).text();
	const form = new globalThis.FormData();
	form.append('field-1', decision);
	await fetch(link, { method: 'POST', body: form });
	return { page, execution: await world.n8n.waitForExecution(id, 60_000) };
}

const puts = () => world.planhat.requests.filter(({ method }) => method === 'PUT');

export function approval() {
	test('a preview becomes a table; what a person approves is sent, and nothing else', async () => {
		const { planhat } = world;
		planhat.insert('companies', [
			{ externalId: 'guarded-1', name: 'Acme <b>', phase: 'Lead' },
			{ externalId: 'guarded-2', name: 'Birch', phase: 'Customer' },
		]);
		const waiting = await asked();
		assert.match(waiting.message, /^9 companies would change/);
		assert.equal(puts().length, 0);
		const { page, execution } = await decide(waiting, 'Send them');
		assert.match(page, /phase: Lead → Customer/);
		assert.match(page, /Acme (&lt;|&#60;)b(&gt;|&#62;)/);
		assert.equal(execution.status, 'success');
		assert.equal(puts().length, 1);
		assert.ok(outputOf(execution, 'Sent').every(({ verified }) => verified));
		assert.equal(planhat.records('companies').length, 10);
	});

	test('a preview that a person does not approve sends nothing', async () => {
		const { execution } = await decide(await asked(), 'Send nothing');
		assert.equal(execution.status, 'success');
		assert.equal(puts().length, 0);
	});
}
