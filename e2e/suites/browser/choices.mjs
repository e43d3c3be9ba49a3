import assert from 'node:assert/strict';
import { execute, inputOf, openNode, valueOf } from '../../browser/editor.mjs';
import { addAllFields, addField, chooseOption, labelOf, mapperFilled } from '../../browser/panel.mjs';
import { storeWorkflow } from '../../workflows.mjs';
import { storeCredential, until, world } from '../../world.mjs';

const creating = { resource: 'company', operation: 'create' };

/** Lists where others have texts to type, and labels that can be read. */
export function choices(onPage) {
	onPage('an owner is chosen by name and email, and a phase from those that there are', chooseOwner);
	onPage('an owner among more users than a list holds is given by email, and the label says so', typeOwner);
	onPage('Rows Without a Key stands once: in Options where a workflow holds it there', showKeylessOnce);
	onPage('no label of a form is cut off', showLabels);
	onPage('a credential from before there were regions shows its address, and is saved with it', keepAddress);
}

async function chooseOwner(page) {
	const [kim] = world.planhat.insert('users', [{ nickName: 'Kim', email: 'kim@team.example.com' }]);
	await openNode(page, await storeWorkflow({ ...creating, specifyFields: 'map' }));
	await mapperFilled(page, creating);
	await inputOf(page, 'name').fill('Nordlicht');
	for (const field of ['owner', 'phase']) await addField(page, field);
	assert.deepEqual([await labelOf(page, 'owner'), await valueOf(page, 'owner')], ['Owner', '']);
	await chooseOption(page, 'owner', 'Kim (kim@team.example.com)');
	await chooseOption(page, 'phase', 'Renewal');
	await execute(page);
	assert.deepEqual(world.planhat.requests.at(-1).body, { name: 'Nordlicht', owner: kim._id, phase: 'Renewal' });
}

async function typeOwner(page) {
	const many = Array.from({ length: 101 }, (_, at) => ({ nickName: `U${at}`, email: `u${at}@team.example.com` }));
	const users = world.planhat.insert('users', many);
	await openNode(page, await storeWorkflow({ ...creating, specifyFields: 'map' }));
	await mapperFilled(page, creating);
	await inputOf(page, 'name').fill('Nordlicht');
	await addField(page, 'owner');
	assert.equal(await labelOf(page, 'owner'), 'Owner ID or Email');
	await inputOf(page, 'owner').fill('u100@team.example.com');
	await execute(page);
	assert.deepEqual(world.planhat.requests.at(-1).body, { name: 'Nordlicht', owner: users[100]._id });
}

async function showKeylessOnce(page) {
	const shown = page.getByTestId('node-parameters').getByText('Rows Without a Key', { exact: true });
	const heading = page.getByTestId('node-parameters').getByText('Options', { exact: true });
	for (const options of [{ keylessRows: 'create' }, {}]) {
		await openNode(page, await storeWorkflow({ resource: 'company', operation: 'upsert', options }));
		await shown.first().waitFor();
		assert.equal(await shown.count(), 1);
		const [place, below] = [await shown.boundingBox(), await heading.boundingBox()];
		assert.equal(place.y > below.y, options.keylessRows !== undefined);
	}
}

async function showLabels(page, context) {
	for (const resource of ['company', 'license']) {
		const form = { resource, operation: 'create' };
		await openNode(page, await storeWorkflow({ ...form, specifyFields: 'map' }));
		await mapperFilled(page, form);
		await addAllFields(page);
		const labels = await page
			.getByTestId('mapping-fields-container')
			.evaluate((container) =>
				[...container.querySelectorAll('label *')]
					.filter(({ children, textContent }) => children.length === 0 && textContent.trim() !== '')
					.map(({ textContent, scrollWidth, clientWidth }) => [textContent.trim(), scrollWidth > clientWidth + 1]),
			);
		context.diagnostic(`${labels.length} labels of ${resource}`);
		assert.ok(labels.length > 20);
		assert.deepEqual(
			labels.filter(([, isCut]) => isCut),
			[],
		);
	}
}

async function keepAddress(page) {
	const baseUrl = `${world.planhat.baseUrl}/`;
	const { id, name } = await storeCredential({ baseUrl });
	const workflow = await storeWorkflow({ resource: 'company', operation: 'getAll' }, { credential: { id, name } });
	await openNode(page, workflow);
	await page.getByTestId('credential-edit-button').click();
	const form = page.getByTestId('editCredential-modal');
	assert.equal(await valueOf(form, 'baseUrl'), baseUrl);
	assert.match(await valueOf(form, 'region'), /^Default/);
	await inputOf(form, 'callsPerMinute').fill('100');
	await form.getByTestId('credential-save-button').click();
	const stored = async () => (await world.n8n.request('GET', `/rest/credentials/${id}?includeData=true`)).data;
	await until(async () => (await stored()).callsPerMinute === 100, 'the saved credential', 200);
	assert.equal((await stored()).baseUrl, baseUrl);
	await chooseOption(page, 'region', 'US2 (api-us2.planhat.com)');
	await inputOf(form, 'baseUrl').waitFor({ state: 'detached' });
}
