import type { INodeProperties, NodeParameterValueType, ResourceMapperTypeOptions } from 'n8n-workflow';

import { hasOwnKeys } from '../resources/model';
import type { Model } from '../resources/types';
import type { MapperMode, Shown } from '../run/operation';
import type { Read } from './readRows';
import type { RowOptions, Rules } from '../columns/rules';

/** How the mapper behaves in each of its modes. */
const mapperOptions: Record<MapperMode, Partial<ResourceMapperTypeOptions>> = {
	add: { mode: 'add' },
	map: { mode: 'map' },
	upsert: { mode: 'map' },
};

const automatically: NodeParameterValueType = { mappingMode: 'autoMapInputData', value: null };

const byHand: NodeParameterValueType = { mappingMode: 'defineBelow', value: null };

function mapperProperty(
	mode: MapperMode,
	show: Shown,
	mapping: NodeParameterValueType,
	isTool?: boolean,
): INodeProperties {
	const resourceMapper = {
		resourceMapperMethod: 'getMappingColumns',
		mode: 'add',
		fieldWords: { singular: 'field', plural: 'fields' },
		// When Operation changes, n8n renames the node and draws the form anew, with every field in it unless this is off.
		addAllFields: false,
		// Stands before n8n's Retry, also where n8n asks before it has put a credential into a new node.
		noFieldsError: 'The fields are not loaded. Choose a credential that may read custom fields, then select',
		// Custom fields come and go, and another credential has others.
		refreshStaleSchemaOnOpen: true,
		supportAutoMap: true,
		...mapperOptions[mode],
	} as ResourceMapperTypeOptions;
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: mapping,
		required: true,
		displayOptions: {
			show: {
				...show,
				specifyFields: ['map'],
				...(isTool !== undefined && { '@tool': [isTool] }),
			},
		},
		typeOptions: { loadOptionsDependsOn: ['resource', 'operation'], resourceMapper },
	};
}

/** Rows that are matched come by the thousand, but not from an AI agent: it is offered no field that is not mapped by hand. */
function mapperProperties({ mode, show }: Mapper): INodeProperties[] {
	if (mode !== 'upsert') return [mapperProperty(mode, show, byHand)];
	return [mapperProperty(mode, show, automatically, false), mapperProperty(mode, show, byHand, true)];
}

/** A field mapper, and where it is shown. */
export interface Mapper {
	mode: MapperMode;
	show: Shown;
}

/** The parameters that give the fields of records: `specifyFields`, and `fields` or `json`. */
export function fieldsProperties(show: Shown, mappers: readonly Mapper[]): INodeProperties[] {
	return [
		{
			displayName: 'Specify Fields',
			name: 'specifyFields',
			type: 'options',
			default: 'map',
			displayOptions: { show },
			options: [
				{
					name: 'Map Each Field',
					value: 'map',
					description: 'Choose the value of each field, or take the fields from the input by their names',
				},
				{ name: 'Using JSON', value: 'json', description: 'Give the fields as a JSON object' },
			],
		},
		...mappers.flatMap(mapperProperties),
		{
			displayName: 'Fields (JSON)',
			name: 'json',
			type: 'json',
			default: '{}',
			required: true,
			displayOptions: { show: { ...show, specifyFields: ['json'] } },
			// The editor shows no placeholder in a JSON field.
			hint: 'For example: {"externalId": "acme-1", "custom": {"Plan": "Pro"}}',
			description:
				"The fields to set, under Planhat's own names, as JSON or as an object from an expression. Custom fields go into 'custom'. Dates can be given in any ISO form, users by their email. Create or Update, Insert and Track also take a list of such objects.",
		},
	];
}

/** Options about all rows of a run, by their names. */
export const rowOptions = {
	emptyValues: {
		displayName: 'Empty Values',
		name: 'emptyValues',
		type: 'options',
		default: 'leave',
		options: [
			{ name: 'Clear the Field', value: 'clear', description: 'Erase what Planhat holds' },
			{ name: 'Leave the Field', value: 'leave', description: 'Keep what Planhat holds' },
		],
		description: 'What to do with fields whose value is null, blank, or a text of blanks. Keys are never cleared.',
	},
	keylessRows: {
		displayName: 'Rows Without a Key',
		name: 'keylessRows',
		type: 'options',
		default: 'fail',
		options: [
			{ name: 'Create New Records', value: 'create', description: 'Each run creates new records of them' },
			{ name: 'Fail Them', value: 'fail', description: 'Do not send them' },
		],
		description:
			"What to do with rows that have no key, such as an external ID, by which Planhat could find their record. Where '_id' is the only key, they become new records without this option.",
	},
	unknownFields: {
		displayName: 'Unknown Fields',
		name: 'unknownFields',
		type: 'options',
		default: 'send',
		options: [
			{ name: 'Leave Out', value: 'ignore', description: 'Send only the fields that are known' },
			{ name: 'Put Into Custom', value: 'custom', description: 'Send them as custom fields' },
			{ name: 'Refuse the Row', value: 'refuse', description: 'Do not send the row' },
			{
				name: 'Send As They Are',
				value: 'send',
				description: 'Planhat ignores fields that it does not have, without saying so',
			},
		],
		description:
			"What to do with names that are neither a field of the resource nor a custom field, also within 'custom'",
	},
} satisfies Record<keyof RowOptions, INodeProperties>;

function readOption<Name extends keyof RowOptions>(
	read: Read,
	name: Name,
	usual = rowOptions[name].default as RowOptions[Name],
): RowOptions[Name] {
	const { options } = rowOptions[name];
	const value = read(`options.${name}`, usual);
	return (options.some((option) => option.value === value) ? value : usual) as RowOptions[Name];
}

/**
 * Reads what the user decides about all rows of a run.
 * @param model of the rows: where a user can give no key, rows without one are new records unless the user says otherwise
 */
export function readRules(read: Read, writes: Rules['writes'], model: Pick<Model, 'keys'>): Rules {
	return {
		writes,
		options: {
			emptyValues: readOption(read, 'emptyValues'),
			keylessRows: readOption(read, 'keylessRows', hasOwnKeys(model) ? undefined : 'create'),
			unknownFields: readOption(read, 'unknownFields'),
		},
	};
}
