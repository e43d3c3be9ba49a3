import { expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import { Planhat } from '../../nodes/Planhat/Planhat.node.ts';
import { PlanhatPollingTrigger } from '../../nodes/PlanhatPollingTrigger/PlanhatPollingTrigger.node.ts';
import { PlanhatTrigger } from '../../nodes/PlanhatTrigger/PlanhatTrigger.node.ts';
import { pages, read, withoutCode } from './pages.mts';

const guide = pages
	.filter((path) => path.startsWith('docs/guide/'))
	.map((path) => withoutCode(read(path)).replace(/\s+/g, ' '));

/** Bold, as labels are: alone, in a path, or before its choice. */
function isExplained(label: string): boolean {
	return guide.some((text) =>
		[...text.matchAll(/\*\*([^*]+)\*\*/g)].some(([, bold = '']) => bold.split(/ > |: /).includes(label)),
	);
}

function optionsOf({ properties }: { properties: INodeProperties[] }): string[] {
	const options = properties.filter(({ name }) => name === 'options').flatMap((property) => property.options ?? []);
	return [...new Set(options.flatMap((option) => ('displayName' in option ? [option.displayName] : [])))];
}

it.each([new Planhat(), new PlanhatTrigger(), new PlanhatPollingTrigger()].map(({ description }) => description))(
	'each option of $displayName stands on a page of the guide',
	(description) => {
		const options = optionsOf(description);
		expect(options.length).toBeGreaterThan(3);
		expect(options.filter((label) => !isExplained(label))).toEqual([]);
	},
);

it('an option that no page has is noticed', () => {
	expect(isExplained('Batch Size')).toBe(true);
	expect(isExplained('Colour of the Sky')).toBe(false);
});
