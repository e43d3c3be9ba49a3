// Many rows and many requests, with one quota for all processes.

import assert from 'node:assert/strict';
import { minute } from './stack.mjs';
import {
	companies,
	singleCreates,
	ends,
	percent,
	publish,
	companyRows,
	start,
	statuses,
	createOrUpdate,
	writes,
} from './workflows.mjs';

export async function manyRows({ webhook }, { executions, rows }) {
	const workflow = await publish(createOrUpdate);
	for (let run = 0; run < executions; run += 1) await start(webhook, workflow, companyRows(run, rows));
	const found = await ends(workflow, executions);
	assert.equal(statuses(found), 'success');
	assert.equal(companies().length, executions * rows);
	const requests = writes().length;
	assert.equal(requests, executions * Math.ceil(rows / 5_000));
	return `${companies().length} rows applied once by ${requests} requests, all executions with success`;
}

export async function manyCreates({ webhook }, { executions, rows, quota }) {
	const workflow = await publish(singleCreates, { onError: 'continueRegularOutput' });
	for (let run = 0; run < executions; run += 1) await start(webhook, workflow, companyRows(run, rows));
	const found = await ends(workflow, executions);
	assert.equal(statuses(found), 'success');
	const stored = companies();
	assert.equal(new Set(stored.map(({ externalId }) => externalId)).size, executions * rows, 'all are there');
	assert.equal(stored.length, executions * rows, 'none is there twice');
	const all = writes();
	const refused = all.filter(({ status }) => status === 429).length;
	const accepted = all.filter(({ status }) => status !== 429).map(({ arrivedAt }) => arrivedAt);
	const windows = (Math.max(...accepted) - Math.min(...accepted)) / minute;
	const used = (accepted.length - quota) / (quota * windows);
	return {
		text:
			`${stored.length} created once; after the first minute ${percent(used)} of the quota used, ` +
			`${percent(refused / all.length)} of the requests refused`,
		used,
		refused: refused / all.length,
	};
}

/** Shares of 1. The short form lasts for three windows only, in which workers find out about each other. */
export const queueBars = { used: 0.9, usedInShort: 0.4, refused: 0.1 };
