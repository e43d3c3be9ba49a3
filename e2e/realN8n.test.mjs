// All suites, or those that are named: `npm run test:e2e -- records lists`; or the others: `-- --without browser`.
// The package as it was built last, in a real n8n against the test double of Planhat, on loopback only. It needs nothing
// but what `npm ci` and `npm run build` leave behind, fetches n8n when the cache has none, and ends what it started.

import { after, before, describe } from 'node:test';
import { agentTools } from './suites/agents.mjs';
import { assistant } from './suites/assistant.mjs';
import { browser } from './suites/browser.mjs';
import { comparison } from './suites/comparison.mjs';
import { doors } from './suites/doors.mjs';
import { editor } from './suites/editor.mjs';
import { errors } from './suites/errors.mjs';
import { everyModel } from './suites/everyModel.mjs';
import { examples } from './suites/examples.mjs';
import { files } from './suites/files.mjs';
import { jobsOfPeople } from './suites/jobs.mjs';
import { lists } from './suites/lists.mjs';
import { mapper } from './suites/mapper.mjs';
import { pickers } from './suites/pickers.mjs';
import { oAuth2 } from './suites/oAuth2.mjs';
import { polling } from './suites/polling.mjs';
import { recordOperations } from './suites/records.mjs';
import { tenants } from './suites/tenants.mjs';
import { thousand } from './suites/thousand.mjs';
import { tools } from './suites/tools.mjs';
import { trigger } from './suites/trigger.mjs';
import { waiting, waitingForQuota } from './suites/waiting.mjs';
import { closeWorld, limitTime, openWorld } from './world.mjs';

const suites = {
	records: recordOperations,
	lists,
	errors,
	doors,
	tenants,
	oAuth2,
	editor,
	mapper,
	files,
	pickers,
	tools,
	browser,
	agentTools,
	assistant,
	everyModel,
	waiting,
	trigger,
	polling,
	examples,
	jobs: jobsOfPeople,
	thousand,
	comparison,
};

const [first, ...rest] = process.argv.slice(2);
const without = first === '--without';
const named = without ? rest : process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0)
	throw new Error(`No such suite: ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}`);
const wanted = Object.keys(suites).filter((name) => named.length === 0 || named.includes(name) !== without);

limitTime(60);

describe('In a real n8n', () => {
	before(async () => await openWorld());
	after(closeWorld);

	// It waits for a minute of Planhat's, so that it begins before all others and looks at the end.
	const quota = wanted.includes('waiting') ? waitingForQuota() : undefined;
	quota?.cancel();
	for (const name of wanted) suites[name]();
	quota?.look();
});
