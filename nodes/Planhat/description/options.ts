import type { INodeProperties } from 'n8n-workflow';

import { operations, operationsTaking } from '../operations';
import { additionOptions } from '../output/additions';
import { selectOption } from '../output/parameters';
import { models, resources } from '../resources';
import { listModeOption } from '../compared/listModeOption';
import { shownReferenceOptions } from '../rows/referenceOptions';
import { keylessRowsBefore, rowOptions } from '../rows/rowOptions';
import { longestWaits } from '../run/openRun';
import type { MapperMode, SharedParameter } from '../run/operation';

function namesOf(taken: SharedParameter): string[] {
	return operationsTaking(taken).map(({ value }) => value);
}

function namesByMapper(...modes: MapperMode[]): string[] {
	return operations.filter(({ mapper }) => mapper && modes.includes(mapper)).map(({ value }) => value);
}

function shownFor(operation: string[], option: INodeProperties): INodeProperties {
	return { ...option, displayOptions: { show: { '/operation': operation } } };
}

/**
 * What operations declare, shown for those that do. All of it is about many rows, which no agent gives: a tool is offered
 * none of it, but for those of the first version, whose workflows may hold it.
 */
function ownOptions(): INodeProperties[] {
	const forPeople = new Map<INodeProperties, string[]>();
	for (const { value, options = [], optionsForPeople = [] } of operations)
		for (const option of [...optionsForPeople, ...options])
			forPeople.set(option, [...(forPeople.get(option) ?? []), value]);
	return [
		...[...forPeople].map(([option, declaring]) => ({
			...option,
			displayOptions: { show: { ...option.displayOptions?.show, '/operation': declaring, '@tool': [false] } },
		})),
		...operations.flatMap(({ value, options = [] }) =>
			options.map((option) => ({
				...option,
				displayOptions: { show: { '/operation': [value], '@tool': [true], '@version': [1] } },
			})),
		),
	];
}

/** The collection `options`: what operations declare and what they share, in the order of the alphabet. */
export function optionsProperty(): INodeProperties {
	const options = [
		...ownOptions(),
		selectOption(models, namesOf('output')),
		...additionOptions(models, namesOf('output')),
		...longestWaits,
		shownFor(namesByMapper('map', 'upsert'), rowOptions.emptyValues),
		keylessRowsBefore,
		{
			...listModeOption,
			displayOptions: { show: { '/operation': namesByMapper('map', 'upsert'), '@tool': [false] } },
		},
		shownFor(namesOf('fields'), rowOptions.unknownFields),
		{
			...rowOptions.unknownValues,
			displayOptions: { show: { '/operation': namesByMapper('add', 'map', 'upsert'), '@tool': [false] } },
		},
		...shownReferenceOptions(models, [...namesOf('writtenOutput'), ...namesByMapper('upsert')]),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { resource: resources.map(({ resource }) => resource) } },
		options: options.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}
