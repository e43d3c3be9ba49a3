import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { keepFailure, openBrowser } from '../browser/editor.mjs';
import { choices } from './browser/choices.mjs';
import { setUpCredential } from './browser/credential.mjs';
import { exampleCanvases } from './browser/examples.mjs';
import { missingRecord, wrongToken } from './browser/failures.mjs';
import { firstWorkflow } from './browser/firstWorkflow.mjs';
import { forms } from './browser/forms.mjs';
import { findGuards, missWithoutCondition } from './browser/guards.mjs';
import { handling } from './browser/handling.mjs';
import { jobs } from './browser/jobs.mjs';
import { byConditions, cutList, filterByCompany, simplify } from './browser/lists.mjs';
import { addByNodesPanel, nodesPanel } from './browser/nodesPanel.mjs';
import { connectByOAuth2 } from './browser/oAuth2.mjs';
import { pollingPanel } from './browser/polling.mjs';
import { reading } from './browser/reading.mjs';
import { mapAutomatically, mapByHand, pickCompany, showOutcomes } from './browser/records.mjs';
import { leaveToModel, toolForm } from './browser/tool.mjs';
import { openTrigger, testCallThatDoesNotMatch } from './browser/trigger.mjs';
import { yesAndNo } from './browser/yesAndNo.mjs';
import { fillWithSampleData, world } from '../world.mjs';

/** n8n's nodes panel asks npm for the author of every community package that it shows the details of, under this path. */
const packagePath = '/n8n-nodes-planhat';
/** n8n's page after connecting by OAuth2 asks for its letters there. */
const fontHost = 'fonts.googleapis.com';

/** What people do in n8n's editor, in a real browser; these tests also take the pictures of the guide. */
export function browser() {
	describe('in the editor', () => {
		let opened;
		before(async () => (opened = await openBrowser()));
		after(async () => await opened?.close());
		// The editor on a busy machine may redraw what is just being clicked, so a test that fails is done once more, and both are told.
		const onPage = (name, work) =>
			test(name, async (context) => {
				try {
					await tryOnPage(name, work, context);
				} catch (error) {
					context.diagnostic(`Done once more, since it failed the first time: ${error.message}`);
					await tryOnPage(name, work, context);
				}
			});

		/** With a page and data of its own; keeps what the page shows if it fails. */
		async function tryOnPage(name, work, context) {
			world.planhat.reset();
			fillWithSampleData(world.planhat, { companies: 200 });
			const page = await opened.newPage();
			try {
				await work(page, context);
			} catch (error) {
				context.diagnostic(`What the browser showed: ${await keepFailure(page, name)}`);
				throw error;
			} finally {
				await page.close();
			}
		}

		onPage('the nodes panel finds Planhat by "churn" and adds the chosen action', addByNodesPanel);
		onPage('a new credential is refused with a wrong token, and taken with the right one', setUpCredential);
		onPage('Planhat is connected by signing in, and access that is revoked is told', connectByOAuth2);
		onPage('a company is found by typing a part of its name', pickCompany);
		onPage('a list is filtered by a company that is found by typing a part of its name', filterByCompany);
		onPage('fields are mapped by hand: typed, or dragged from the input', mapByHand);
		onPage('fields are mapped automatically', mapAutomatically);
		onPage('Create or Update shows what became of each row', showOutcomes);
		onPage('the guard rails of Create or Update are found among its options by their names', findGuards);
		onPage('Report Missing with an empty condition is refused, and nothing is sent', missWithoutCondition);
		onPage('Get Many shows the fields that matter, and all of them without Simplify', simplify);
		onPage('a list is filtered by a condition', byConditions);
		onPage('a list that ends at its limit says so above the output', cutList);
		onPage('Planhat Trigger says how to set it up in Planhat', openTrigger);
		onPage('a test call that does not match says so while the trigger listens', testCallThatDoesNotMatch);
		onPage('as a tool of an AI agent, a field is left to the model by a click', leaveToModel);
		onPage('as a tool, each operation has a short form without notices about rows', toolForm);
		onPage('a record that is not there is told in words that help', missingRecord);
		onPage('a wrong token is told in words that help', wrongToken);

		forms(onPage);
		yesAndNo(onPage);
		handling(onPage);
		choices(onPage);
		reading(onPage);
		jobs(onPage);
		firstWorkflow(onPage);
		nodesPanel(onPage);
		pollingPanel(onPage);
		exampleCanvases(onPage);

		test('nothing but this machine is asked for anything, except by n8n for itself', () => {
			const isOfN8n = ({ pathname, hostname }) => pathname === packagePath || hostname === fontHost;
			const others = opened.strangers.filter((address) => !isOfN8n(new URL(address)));
			assert.deepEqual(others, []);
		});
	});
}
