import type { DisplayCondition, INode, INodeProperties } from 'n8n-workflow';

import type { RowOptions, Rules } from '../columns/rules';
import { hasOwnKeys } from '../resources/model';
import type { Model } from '../resources/types';
import type { Shown } from '../run/operation';
import { speaksToModel } from '../run/parameters';
import { readWay, type Read } from './readRows';
import { readReferenceRules } from './referenceOptions';

/** What is chosen in a list of its own. */
type Chosen = 'emptyValues' | 'keylessRows' | 'unknownFields' | 'unknownValues';

/** Options about all rows of a run, by their names. */
export const rowOptions = {
	emptyValues: {
		displayName: 'Empty Values',
		name: 'emptyValues',
		type: 'options',
		default: 'leave',
		options: [
			{ name: 'Clear the Field', value: 'clear', description: 'Remove the value in Planhat' },
			{ name: 'Leave the Field', value: 'leave', description: 'Keep the value in Planhat' },
		],
		description: 'What to do with fields whose value is empty or null. Keys are never cleared.',
	},
	keylessRows: {
		displayName: 'Rows Without a Key',
		name: 'keylessRows',
		type: 'options',
		default: 'fail',
		options: [
			{ name: 'Create New Records', value: 'create', description: 'Every run creates new records from them' },
			{ name: 'Fail Them', value: 'fail', description: 'Rows without External ID or Source ID are not sent' },
		],
		description:
			'What to do with rows that have no key. Each row needs External ID or Source ID; without one every run creates a new record. End users also match by email.',
	},
	unknownFields: {
		displayName: 'Unknown Fields',
		name: 'unknownFields',
		type: 'options',
		default: 'send',
		options: [
			{ name: 'Leave Out', value: 'ignore', description: 'Send only known fields' },
			{ name: 'Put Into Custom', value: 'custom', description: 'Send them as custom fields' },
			{ name: 'Refuse the Row', value: 'refuse', description: 'Do not send the row' },
			{
				name: 'Send As They Are',
				value: 'send',
				description: "Planhat silently ignores fields it doesn't have",
			},
		],
		description: "What to do with names that are neither a field nor a custom field, including names in 'custom'",
	},
	unknownValues: {
		displayName: 'Unknown Values',
		name: 'unknownValues',
		type: 'options',
		default: 'warn',
		options: [
			{ name: 'Fail the Row', value: 'fail' },
			{ name: 'Send', value: 'send' },
			{ name: 'Send and Warn', value: 'warn' },
		],
		description:
			"What to do with values that a field's list doesn't have, NPS scores beyond 0 to 10, and phases and types that no recent record has",
	},
} satisfies Record<Chosen, INodeProperties>;

const isSet: DisplayCondition[] = [{ _cnd: { exists: true } }];

/** Workflows from before it stood below the fields hold it in Options: it is shown there for them, and counts there. */
export const keylessRowsBefore: INodeProperties = {
	...rowOptions.keylessRows,
	displayOptions: { show: { keylessRows: isSet } },
};

/**
 * The parameter `keylessRows`, below the fields, since it decides whether a run doubles records.
 * @param models that have them: where a user can give no key, rows without one are new records
 */
export function keylessRowsProperties({ operation }: Shown, models: readonly Model[]): INodeProperties[] {
	const shownFor = (some: readonly Model[]) => ({
		show: { resource: some.map(({ resource }) => resource), operation },
		hide: { '/options.keylessRows': isSet },
	});
	const { keylessRows } = rowOptions;
	return [
		{ ...keylessRows, displayOptions: shownFor(models.filter(hasOwnKeys)) },
		{
			...keylessRows,
			default: 'create',
			displayOptions: shownFor(models.filter((model) => !hasOwnKeys(model) && model.namedBy === undefined)),
			description:
				'What to do with rows that have no ID of Planhat. Records of this type have no other key, so that such rows are new records in every run.',
		},
	];
}

function readOption<Name extends Chosen>(
	read: Read,
	name: Name,
	usual = rowOptions[name].default as RowOptions[Name],
	path = `options.${name}`,
): RowOptions[Name] {
	const { options } = rowOptions[name];
	const value = read(path, usual);
	return (options.some((option) => option.value === value) ? value : usual) as RowOptions[Name];
}

/**
 * Reads what the user decides about all rows of a run.
 * @param model of the rows: where a user can give no key, rows without one are new records unless the user says otherwise
 */
export function readRules(
	read: Read,
	writes: Rules['writes'],
	{ model, node }: { model: Pick<Model, 'keys'>; node: INode },
): Rules {
	const references = readReferenceRules(read);
	const isForModel = speaksToModel(node);
	const below = readOption(read, 'keylessRows', hasOwnKeys(model) ? 'fail' : 'create', 'keylessRows');
	// A model that misspells a name learns of it in no other way.
	const unknownFields = readOption(read, 'unknownFields', isForModel ? 'refuse' : undefined);
	return {
		writes,
		options: {
			emptyValues: readOption(read, 'emptyValues'),
			keylessRows: readOption(read, 'keylessRows', below),
			unknownFields,
			...(isForModel && unknownFields === 'refuse' && { refusesReadOnly: true as const }),
			...(isForModel && { unknownValues: 'failListed' as const }),
			...(read('options.unknownValues', '') !== '' && { unknownValues: readOption(read, 'unknownValues') }),
			...(isForModel && readWay(read) !== 'byHand' && { keepsClosed: true as const }),
			...(references !== undefined && { references }),
		},
	};
}
