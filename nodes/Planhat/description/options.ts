import type { INodeProperties } from 'n8n-workflow';

import { operations, operationsTaking } from '../operations';
import { selectOption } from '../output/parameters';
import { models } from '../resources';
import { unknownFieldsOption } from '../rows/parameters';
import { longestWait } from '../run/openRun';
import type { SharedParameter } from '../run/operation';

function namesOf(taken: SharedParameter): string[] {
	return operationsTaking(taken).map(({ value }) => value);
}

/** What one operation declares, shown for it alone. */
function ownOptions(): INodeProperties[] {
	return operations.flatMap(({ value, options = [] }) =>
		options.map((option) => ({ ...option, displayOptions: { show: { '/operation': [value] } } })),
	);
}

/** The collection `options`: what operations declare and what they share, in the order of the alphabet. */
export function optionsProperty(): INodeProperties {
	const options = [
		...ownOptions(),
		selectOption(models, namesOf('output')),
		longestWait,
		unknownFieldsOption(namesOf('fields')),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { resource: models.map(({ resource }) => resource) } },
		options: options.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}
