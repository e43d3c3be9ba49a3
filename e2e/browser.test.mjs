// n8n's editor in a real browser, alone: for work on it, and for the pictures of the guide. See realN8n.test.mjs.

import { after, before, describe } from 'node:test';
import { browser } from './suites/browser.mjs';
import { closeWorld, limitTime, openWorld } from './world.mjs';

limitTime(40);

describe('In a real n8n', () => {
	before(async () => await openWorld());
	after(closeWorld);

	browser();
});
