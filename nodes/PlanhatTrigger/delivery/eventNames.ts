import { models } from '../../Planhat/resources';

/**
 * What can start an automation of Planhat's (its page "Triggers"), in the order of their names, as the editor shows them.
 * `action` is what the nodes panel offers.
 * `also` are other forms in which people write them; capitals, blanks and punctuation make no difference.
 */
export const events = [
	{
		value: 'addedToFilter',
		name: 'Added to Filter',
		action: 'Record added to filter',
		also: 'add to filter',
		description: 'A record was added to a filter',
	},
	{ value: 'created', name: 'Created', action: 'Record created', also: 'create', description: 'A record was created' },
	{
		value: 'createdOrUpdated',
		name: 'Created or Updated',
		action: 'Record created or updated',
		also: 'create or update',
		description: 'A record was created or changed',
	},
	{ value: 'deleted', name: 'Deleted', action: 'Record deleted', also: 'delete', description: 'A record was deleted' },
	{
		value: 'manual',
		name: 'Manual Action',
		action: 'Button on record clicked',
		also: 'manual',
		description: 'Someone started the automation by hand on a record',
	},
	{
		value: 'removedFromFilter',
		name: 'Removed From Filter',
		action: 'Record removed from filter',
		also: 'remove from filter',
		description: 'A record was removed from a filter',
	},
	{
		value: 'scheduled',
		name: 'Scheduled',
		action: 'Scheduled time reached',
		also: 'schedule',
		description: 'A time set in the automation was reached',
	},
	{ value: 'updated', name: 'Updated', action: 'Record updated', also: 'update', description: 'A record was changed' },
] as const;

/** Value of an event, as the parameter 'Trigger On' knows it. */
export type EventName = (typeof events)[number]['value'];

/** `Created or Updated` and `created_or_updated` are the same. */
export function plain(text: string): string {
	return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

const eventsBySpelling = new Map(
	events.flatMap(({ value, name, also }) => [value, name, also].map((form) => [plain(form), value] as const)),
);

// Notes have the path of conversations: the names of a model go before the paths of others.
const modelsByName = new Map([
	...models.map(({ path, resource }) => [plain(path), resource] as const),
	...models.flatMap(({ resource, name, singular, plural }) =>
		[resource, name, singular, plural].map((form) => [plain(form), resource] as const),
	),
]);

/**
 * Finds a model by any of its names: `EndUser`, `end users`, `/endusers`.
 * @returns the value of the model in the list of resources; undefined when it is none of them
 */
export function readModel(name: string): string | undefined {
	return modelsByName.get(plain(name));
}

/** What an event's name says: the event, and the model when it names one too. */
export interface NamedEvent {
	event: EventName;
	model?: string;
}

/** `company.updated` and `updated:company`, also with a model that the package does not know; `created/updated` is unclear. */
function readParts(name: string): NamedEvent | undefined {
	const parts = name.split(/[.:/]/);
	const found = parts.map((part) => eventsBySpelling.get(plain(part)));
	const [event, ...others] = found.filter((one) => one !== undefined);
	const model = parts[1 - found.findIndex((one) => one !== undefined)]?.trim();
	if (parts.length !== 2 || event === undefined || others.length > 0 || !model) return undefined;
	return { event, model: readModel(model) ?? model };
}

/** `Company Updated`, `created_company`: the name of an event with that of a model before or after it. */
function readJoined(name: string): NamedEvent | undefined {
	const word = plain(name);
	for (const [spelling, event] of eventsBySpelling) {
		const rests = [
			...(word.endsWith(spelling) ? [word.slice(0, -spelling.length)] : []),
			...(word.startsWith(spelling) ? [word.slice(spelling.length)] : []),
		];
		const model = rests.map((rest) => modelsByName.get(rest)).find((resource) => resource !== undefined);
		if (model !== undefined) return { event, model };
	}
	return undefined;
}

/**
 * Reads the name of an event in any of its forms: `updated`, `Created or Updated`, `company.updated`, `EndUser created`.
 * Planhat sends no event by itself; the name is what somebody typed into the body of an automation.
 * @returns undefined when it is none of Planhat's events
 */
export function readEvent(name: string): NamedEvent | undefined {
	const event = eventsBySpelling.get(plain(name));
	return event === undefined ? (readParts(name) ?? readJoined(name)) : { event };
}
