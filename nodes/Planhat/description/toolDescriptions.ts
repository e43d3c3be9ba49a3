import type { INodeProperties } from 'n8n-workflow';

import { resources } from '../resources';
import type { OperationName } from '../resources/types';

const byName = 'Takes a name that is unique, an ID, a link, or a key of another system.';

/** What a model is told of a tool before it calls it: what it does, what it needs, what it gives, what to call before. */
const ofOperations: Readonly<Record<OperationName, string>> = {
	archive: `Archives one record in Planhat, so that lists leave it out. ${byName}`,
	create:
		'Creates one record in Planhat. Companies, users and end users can be given by name. Gives the ID and what was set. Search first if it may exist.',
	upsert:
		'Creates one record in Planhat, or updates the one with the same external ID, source ID or email. Lists are replaced whole. Gives the outcome and the ID.',
	delete: `Deletes one record in Planhat for good. ${byName} Gives ID and name of what was deleted. Only when the user asks for it.`,
	describe:
		'Tells the fields of a record type in Planhat: what they take, which values they have, which can only be read. Call it before you write.',
	duplicate: 'Copies one time entry in Planhat. Needs its ID.',
	get: `Reads one record in Planhat. ${byName} Without such a record it says so.`,
	getAll:
		'Lists records in Planhat. Leave a filter empty to not filter by it; companies and users can be given by name. The first record says when the list was cut.',
	getLeanList: 'Lists companies in Planhat by name and ID, 50 at most. To find one, use a search instead.',
	insert: 'Sends a value of a metric to Planhat, for one company. Gives how many values were taken.',
	search:
		'Finds up to ten records in Planhat by words of a name, or by email. Gives ID, name, company and email. Call it when you know a name only.',
	segment: 'Sends a Segment event to Planhat.',
	trigger: 'Starts an automation in Planhat with the fields that it takes.',
	track: 'Logs an activity of an end user in Planhat. Needs email or external ID, and the action.',
	update: `Changes fields of one record in Planhat. ${byName} Fields that are left empty stay as they are; lists are replaced whole. Gives ID, name and what changed.`,
};

/** The commonest pairs have words of their own. */
const ofPairs: ReadonlyArray<readonly [resource: string, operation: OperationName, text: string]> = [
	[
		'company',
		'get',
		`Reads one company in Planhat: phase, status, owner, health (0 to 10), monthly revenue (mrr), renewal date. ${byName}`,
	],
	[
		'company',
		'getAll',
		'Lists companies in Planhat with phase, status, owner, health (0 to 10), monthly revenue (mrr) and renewal date. Leave a filter empty to not filter by it. The first record says when the list was cut.',
	],
	[
		'enduser',
		'getAll',
		'Lists contacts (end users) in Planhat with email, position and last log-in. Filter by company, by its name or ID.',
	],
	[
		'note',
		'create',
		'Logs a note, such as a call, at a company in Planhat. Needs the company by name or ID, a subject and a text. Gives the ID.',
	],
	[
		'task',
		'create',
		'Creates a task in Planhat. Needs the company and a title; the owner by name or email, and days such as "Friday". Gives the ID.',
	],
];

/** The parameter that n8n hands on to a model as what the tool does; without one of ours it says the name of the operation alone. */
export function toolDescriptionProperties(): INodeProperties[] {
	const property = (text: string, show: Record<string, string[]>, hidden: string[]): INodeProperties => ({
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: text,
		required: true,
		displayOptions: {
			show: { ...show, '@tool': [true] },
			...(hidden.length > 0 && { hide: { resource: hidden } }),
		},
	});
	const operations = Object.entries(ofOperations).filter(([name]) =>
		resources.some((model) => model.operations.some((operation) => operation === name)),
	);
	return [
		...ofPairs.map(([resource, operation, text]) =>
			property(text, { resource: [resource], operation: [operation] }, []),
		),
		...operations.map(([operation, text]) =>
			property(
				text,
				{ operation: [operation] },
				ofPairs.filter((pair) => pair[1] === operation).map(([resource]) => resource),
			),
		),
	];
}
