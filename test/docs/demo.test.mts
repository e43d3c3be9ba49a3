import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectations } from '../../scripts/lib/examples.mjs';
import { columns } from '../../scripts/lib/report.mjs';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'guide', 'demo.md'), 'utf8');
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

interface Workflow {
	nodes: Array<{ type: string; parameters: { operation?: string } }>;
}

/** Operations of the examples, which stand in the tables. */
function operationsOfExamples(): string[] {
	const folder = join(root, 'examples');
	const workflows = readdirSync(folder)
		.filter((name) => name in expectations)
		.map((name): Workflow => JSON.parse(readFileSync(join(folder, name), 'utf8')));
	return workflows
		.flatMap(({ nodes }) => nodes)
		.filter(({ type }) => type === 'n8n-nodes-planhat.planhat')
		.flatMap(({ parameters: { operation } }) => operation ?? []);
}

/** Names in the summaries of the examples, and in the counts within them. */
function namesInSummaries(): string[] {
	const summaries = Object.values(expectations).map((expected) => ('summary' in expected ? expected.summary : {}));
	return summaries
		.flatMap((summary) => Object.entries(summary))
		.flatMap(([name, value]) => [name, ...(isCounts(value) ? Object.keys(value) : [])]);
}

function isCounts(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

describe('the guide', () => {
	it.each([...new Set([...Object.values(columns).flat(), ...operationsOfExamples(), ...namesInSummaries()])])(
		'explains a word that npm start prints: %s',
		(word) => {
			expect(page).toContain(`\`${word}\``);
		},
	);
});

describe('CONTRIBUTING', () => {
	it('names the packages that npm warns of on Node 20, and no other', () => {
		const [warning = ''] = /On Node 20, npm prints[^.]*\./.exec(contributing) ?? [];
		expect(warning).toContain('Node 20');
		expect([...warning.matchAll(/`([^`]+)`/g)].map(([, name]) => name).slice(1)).toEqual(packagesForNewerNodes());
	});
});

/** Packages of the lock file that ask for a Node above 20. */
function packagesForNewerNodes(): string[] {
	const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
	return Object.entries<{ engines?: { node?: string } }>(packages)
		.filter(([, { engines }]) => Number(/^>=\s*(\d+)[\d.]*$/.exec(engines?.node ?? '')?.[1] ?? 0) > 20)
		.map(([folder]) => folder.replace(/^.*node_modules\//, ''));
}
