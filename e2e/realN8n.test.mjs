// The package as it was built last, in a real n8n against the test double of Planhat, on loopback only. It needs nothing
// but what `npm ci` and `npm run build` leave behind, fetches n8n when the cache has none, and ends what it started.

import { after, before, describe } from 'node:test';
import { agentTools } from './suites/agents.mjs';
import { browser } from './suites/browser.mjs';
import { comparison } from './suites/comparison.mjs';
import { doors } from './suites/doors.mjs';
import { editor } from './suites/editor.mjs';
import { errors } from './suites/errors.mjs';
import { everyModel } from './suites/everyModel.mjs';
import { files } from './suites/files.mjs';
import { lists } from './suites/lists.mjs';
import { mapper } from './suites/mapper.mjs';
import { pickers } from './suites/pickers.mjs';
import { records } from './suites/records.mjs';
import { tenants } from './suites/tenants.mjs';
import { thousand } from './suites/thousand.mjs';
import { tools } from './suites/tools.mjs';
import { trigger } from './suites/trigger.mjs';
import { waiting, waitingForQuota } from './suites/waiting.mjs';
import { closeWorld, limitTime, openWorld } from './world.mjs';

limitTime(40);

describe('In a real n8n', () => {
	before(openWorld);
	after(closeWorld);

	const quota = waitingForQuota();
	quota.cancel();
	records();
	lists();
	errors();
	doors();
	tenants();
	editor();
	mapper();
	files();
	pickers();
	tools();
	browser();
	agentTools();
	everyModel();
	waiting();
	trigger();
	thousand();
	comparison();
	quota.look();
});
