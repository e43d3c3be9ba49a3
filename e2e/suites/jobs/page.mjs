import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutFolder } from '../../../scripts/lib/checkout.mjs';
import { countedNodesOf } from './workflows.mjs';

const path = join(checkoutFolder, 'docs', 'jobs.md');

const introduction = `# 20 jobs, and the nodes that they take

What people often do with Planhat or its like, each as a workflow that \`e2e/suites/jobs.mjs\` imports into a real n8n, runs, and
compares with what then stands in the test double of Planhat. That suite makes this page too: \`npm run docs:jobs\`.

Counted are the nodes between where the data come from and where they go, without triggers and notes. "Without it" is n8n's own nodes,
HTTP Request and Code above all, doing the same: references are looked up in as few requests as possible, rows go out in requests of 5,000 at most, and what became
of each row is told. Those workflows were listed, not built. Waiting for the rate limit and sending again come on top.
`;

/** The page of the jobs; what a test ran is what it says. */
function pageOf(jobs) {
	const counted = jobs.map((job) => ({
		...job,
		here: job.example ? countedNodesOf(job.example, job.sample).length : job.nodes.length,
	}));
	const rows = counted.map(({ name, example, here, before }) => {
		const linked = example ? `[${name}](../examples/${example})` : name;
		return `| ${linked} | ${here} | ${before.length} | ${before.join('; ')} |`;
	});
	const head = '| Job | Nodes with Planhat | Without it | Which these would be |\n| --- | --- | --- | --- |';
	const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
	const all = `Together: ${sum(counted.map(({ here }) => here))} nodes, and ${sum(counted.map(({ before }) => before.length))} without it.`;
	return `${introduction}\n${[head, ...rows].join('\n')}\n\n${all}\n`;
}

/** Writes the page if PLANHAT_JOBS says so; else it must be as it would be written. */
export function checkPage(jobs) {
	const page = pageOf(jobs);
	if (process.env.PLANHAT_JOBS) writeFileSync(path, page);
	assert.equal(plain(readFileSync(path, 'utf8')), plain(page), 'docs/jobs.md is old: npm run docs:jobs');
}

/** Without what Prettier adds to tables. */
function plain(text) {
	return text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---');
}
