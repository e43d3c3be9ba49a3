import { describe, expect, it } from '@jest/globals';

import { PlanhatApi } from '../../credentials/PlanhatApi.credentials.ts';
import { PlanhatOAuth2Api } from '../../credentials/PlanhatOAuth2Api.credentials.ts';
import { PlanhatWebhookApi } from '../../credentials/PlanhatWebhookApi.credentials.ts';
import { yesOrNo } from '../../nodes/Planhat/methods/getMappingColumns.ts';
import { Planhat } from '../../nodes/Planhat/Planhat.node.ts';
import { PlanhatPollingTrigger } from '../../nodes/PlanhatPollingTrigger/PlanhatPollingTrigger.node.ts';
import { PlanhatTrigger } from '../../nodes/PlanhatTrigger/PlanhatTrigger.node.ts';
import { pages, read, withoutCode } from './pages.mts';

/** What n8n shows around the node, and the names of its own nodes. */
const ofN8n = `Settings | Community nodes | Execute step | Fetch Test Event | Poll Times | Execute Once | Always Output Data | On Error | Retry On Fail | Stop Workflow | Continue |
	Continue (using error output) | More details | Retry | ⋮ | Refresh Field List | Map Automatically | Map Each Column Manually |
	Expression | Production URL | Test URL | Tool | Planhat Tool | Let the model define this parameter | ⋯ | Import | From file |
	Request Options | Timeout | Batching | Items per Batch | Batch Interval | Mode | JSON | Manual Trigger | Schedule Trigger | Edit Fields (Set) | Filter | Limit | Merge | Switch |
	Loop Over Items | HTTP Request | AI Agent | Google Sheets | Get Row(s) | Read/Write Files from Disk | Extract from File | Postgres | MySQL |
	Microsoft SQL | Remove Duplicates | Remove Items Processed in Previous Executions | Value to Dedupe On | OAuth Redirect URL`;

/** What Planhat shows. */
const ofPlanhat = `App Center | Private App | OAuth Client | Developer module | Tokens | Custom Automation | Call a webhook | Connected Apps`;

const known = new Set([ofN8n, ofPlanhat].flatMap((list) => list.split('|').map((label) => label.trim())));

/** Collects every label of a description: names of fields, choices and modes, at any depth. */
function collect(value: unknown): void {
	if (Array.isArray(value)) value.forEach(collect);
	if (typeof value !== 'object' || value === null) return;
	const { displayName, name } = value as { displayName?: unknown; name?: unknown };
	if (typeof displayName === 'string') known.add(displayName);
	else if (typeof name === 'string') known.add(name);
	Object.values(value).forEach(collect);
}

// What the field mapper offers is loaded.
collect(yesOrNo(''));
for (const { description } of [new Planhat(), new PlanhatTrigger(), new PlanhatPollingTrigger()]) {
	known.add(description.displayName);
	collect(description.properties);
}
for (const credential of [new PlanhatApi(), new PlanhatOAuth2Api(), new PlanhatWebhookApi()]) {
	known.add(credential.displayName);
	collect(credential.properties);
}

const guide = pages.filter((path) => path === 'README.md' || path.startsWith('docs/guide/'));

/** Labels that a page names: its bold text, each step of a path and each side of "Field: choice". */
function labelsOf(text: string): string[] {
	const bold = [...withoutCode(text).matchAll(/\*\*([^*]+)\*\*/g)].map(([, label = '']) => label.replace(/\s+/g, ' '));
	return bold.flatMap((label) => label.split(/ > |: /));
}

describe('the guide', () => {
	it.each(guide)('%s names what stands on the screen', (path) => {
		expect(labelsOf(read(path)).filter((label) => !known.has(label))).toEqual([]);
	});

	it('has labels at all, and a wrong one is noticed', () => {
		expect(guide.flatMap((path) => labelsOf(read(path))).length).toBeGreaterThan(150);
		expect(labelsOf('Set **Options > Empty Values** to **Erase Them**.').filter((label) => !known.has(label))).toEqual([
			'Erase Them',
		]);
	});
});
