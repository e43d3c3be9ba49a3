import type { INodeProperties } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { fieldChoices } from '../run/fieldChoices';

function simplifyProperty(resource: string[], operation: string[]): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: { show: { resource, operation, '@tool': [false] } },
		description: 'Whether to return a simplified version of the response instead of the raw data',
	};
}

function toolProperties(resource: string[], operation: string[]): INodeProperties[] {
	if (resource.length === 0) return [];
	const show = { resource, operation, '@tool': [true] };
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'simplified',
			displayOptions: { show },
			options: [
				{ name: 'Raw', value: 'raw', description: 'All fields' },
				{ name: 'Selected Fields', value: 'selected', description: 'The fields you choose, and the ID' },
				{ name: 'Simplified', value: 'simplified', description: 'The most useful fields; of a write, what changed' },
			],
			description: 'How much of each record the agent sees',
		},
		{
			displayName: 'Output Fields',
			name: 'outputFields',
			type: 'multiOptions',
			default: [],
			displayOptions: { show: { ...show, output: ['selected'] } },
			typeOptions: fieldChoices,
			description: 'The fields that the agent sees. The ID is always included.',
		},
	];
}

/**
 * The parameters that say how much of a record is handed over: a switch on the canvas, a choice of three where the node
 * is a tool of an AI agent (n8n's guidelines, "Simplifying output fields"). On the canvas, Create and Update hand over the
 * whole record: what people look for is what they changed.
 */
export function outputProperties(models: readonly Model[], reading: string[], writing: string[]): INodeProperties[] {
	const having = models.filter(({ simplified }) => simplified.length > 0);
	const resources = (writesRows: boolean) =>
		having.filter((model) => model.writesRows === writesRows).map(({ resource }) => resource);
	return [
		simplifyProperty(
			having.map(({ resource }) => resource),
			reading,
		),
		...toolProperties(resources(false), [...reading, ...writing]),
		// What is written by rows is answered by what became of the row.
		...toolProperties(resources(true), reading),
	];
}

/** The option `select`, for all resources whose records can be read. */
export function selectOption(models: readonly Model[], reading: string[]): INodeProperties {
	const resources = models.filter(({ sortable }) => sortable).map(({ resource }) => resource);
	return {
		displayName: 'Fields to Return',
		name: 'select',
		type: 'multiOptions',
		default: [],
		displayOptions: { show: { '/operation': reading, '/resource': resources, '@tool': [false] } },
		typeOptions: fieldChoices,
		description:
			'The fields to return in place of all or the simplified ones. The ID is always included. An expression can return a list, or API names separated by commas.',
	};
}
