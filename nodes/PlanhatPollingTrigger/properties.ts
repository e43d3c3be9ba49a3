import type { INodeProperties } from 'n8n-workflow';

import { filterOptions, updatedAfter } from '../Planhat/list/filterParameters';
import { models } from '../Planhat/resources';
import { updateTimeOf } from '../Planhat/resources/model';
import type { Model } from '../Planhat/resources/types';
import { changeEvents, hasChanges } from './changes';
import { usualMost } from './openPoll';
import { fieldChoices } from '../Planhat/run/fieldChoices';

const offered = models.filter(hasChanges);

const resourcesOf = (having: readonly Model[]) => having.map(({ resource }) => resource);

const timed = offered.filter((model) => updateTimeOf(model) !== undefined);

const untimed = offered.filter((model) => updateTimeOf(model) === undefined);

const created = { name: changeEvents.created, value: 'created', description: 'A record was created' };

const events = [
	created,
	{
		name: changeEvents.createdOrUpdated,
		value: 'createdOrUpdated',
		description: 'A record was created or saved again',
	},
	{
		name: changeEvents.updated,
		value: 'updated',
		description: 'A record was saved again, two seconds or more after it was created',
	},
];

const event: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	default: 'createdOrUpdated',
	displayOptions: { show: { resource: resourcesOf(timed) } },
	options: events,
	description: 'Planhat counts every save as an update, even when nothing changed',
};

/** Planhat keeps no time of the last change of these. */
const creationAlone: INodeProperties = {
	...event,
	default: 'created',
	displayOptions: { show: { resource: resourcesOf(untimed) } },
	options: [created],
	description: 'Planhat keeps no time of updates for these records',
};

/** What stands below the node on the canvas: "Company: Created or Updated". n8n knows the values only, not their names. */
export function triggerSubtitle(): string {
	const resources = Object.fromEntries(offered.map(({ resource, name }) => [resource, name]));
	const triggers = Object.fromEntries(events.map(({ value, name }) => [value, name]));
	const [shownResource, shownEvent] = [resources, triggers].map((names) => `(${JSON.stringify(names)})`);
	return `={{ ${shownResource}[$parameter["resource"]] + ": " + ${shownEvent}[$parameter["event"]] }}`;
}

const options: INodeProperties[] = [
	{
		displayName: 'Fields to Return',
		name: 'select',
		type: 'multiOptions',
		default: [],
		typeOptions: fieldChoices,
		description: 'The fields to return in place of all or the simplified ones. The ID is always included.',
	},
	{
		displayName: 'Include Existing Records',
		name: 'includeExisting',
		type: 'boolean',
		default: false,
		description:
			'Whether to return all records that exist when the workflow is published. When off, only later changes count.',
	},
	{
		displayName: 'Max Items per Poll',
		name: 'maxItems',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: usualMost,
		description:
			'Max number of records to return at a time. The rest comes with the next polls, the newest changes first.',
	},
	{
		displayName: 'Only When These Fields Change',
		name: 'watchedFields',
		type: 'multiOptions',
		default: [],
		typeOptions: fieldChoices,
		description:
			'The fields of which at least one must have changed. The node remembers them for 10,000 records. For others every save counts, and their items have notCompared.',
	},
];

export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'company',
		options: offered.map(({ name, resource }) => ({ name, value: resource })),
	},
	event,
	creationAlone,
	{
		displayName: 'A test shows the newest 10 records. It does not change which ones the published workflow gets.',
		name: 'testNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: { resource: resourcesOf(offered.filter(({ filters }) => filters.length > 0)) } },
		options: filterOptions(offered).filter(({ name }) => name !== updatedAfter.name),
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: { show: { resource: resourcesOf(offered.filter(({ simplified }) => simplified.length > 0)) } },
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	},
];
