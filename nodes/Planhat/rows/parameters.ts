import type { INodeProperties, NodeParameterValueType, ResourceMapperTypeOptions } from 'n8n-workflow';

import type { Model, OperationName } from '../resources/types';
import type { Read } from './readRows';
import type { UnknownFields } from './writeRow';

interface MapperMode {
	operations: OperationName[];
	options: Partial<ResourceMapperTypeOptions>;
}

/** The operations that take fields, and how the mapper behaves for each. */
const mapperModes: readonly MapperMode[] = [
	{ operations: ['create', 'insert', 'track'], options: { mode: 'add' } },
	{ operations: ['update'], options: { mode: 'map' } },
	{
		operations: ['upsert'],
		options: {
			mode: 'upsert',
			multiKeyMatch: true,
			matchingFieldsLabels: {
				title: 'Keys',
				description:
					'Planhat matches a row by the first of its keys that it has: ID, then source ID, then external ID, then email, as the resource has them',
				hint: 'Planhat always matches by the first of its own keys that a row has, whatever is chosen here. A row without any key becomes a new record.',
			},
		},
	},
];

const automatically: NodeParameterValueType = { mappingMode: 'autoMapInputData', value: null };

const byHand: NodeParameterValueType = { mappingMode: 'defineBelow', value: null };

function mapperProperty(
	models: readonly Model[],
	{ operations, options }: MapperMode,
	mapping: NodeParameterValueType,
	isTool?: boolean,
): INodeProperties {
	const having = models.filter((model) => operations.some((operation) => model.operations.includes(operation)));
	const resourceMapper = {
		resourceMapperMethod: 'getMappingColumns',
		mode: 'add',
		fieldWords: { singular: 'field', plural: 'fields' },
		// Fields that few people need are marked as removed, and can be added.
		addAllFields: true,
		supportAutoMap: true,
		...options,
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
				resource: having.map(({ resource }) => resource),
				operation: [...operations],
				specifyFields: ['map'],
				...(isTool !== undefined && { '@tool': [isTool] }),
			},
		},
		typeOptions: { loadOptionsDependsOn: ['resource'], resourceMapper },
	};
}

/** Rows come by the thousand to Create or Update, but not from an AI agent: it is offered no field that is not mapped by hand. */
function mapperProperties(models: readonly Model[], mode: MapperMode): INodeProperties[] {
	if (!mode.operations.includes('upsert')) return [mapperProperty(models, mode, byHand)];
	return [mapperProperty(models, mode, automatically, false), mapperProperty(models, mode, byHand, true)];
}

/**
 * The parameters that give the fields of records: `specifyFields`, and `fields` or `json`.
 * @param models of the registry
 */
export function fieldsProperties(models: readonly Model[]): INodeProperties[] {
	const operations = mapperModes.flatMap((mode) => mode.operations);
	const having = models.filter((model) => operations.some((operation) => model.operations.includes(operation)));
	const show = { resource: having.map(({ resource }) => resource), operation: operations };
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
		...mapperModes.flatMap((mode) => mapperProperties(models, mode)),
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

/**
 * Reads the option `unknownFields`.
 * @param read a parameter
 */
export function readUnknownFields(read: Read): UnknownFields {
	const value = read('options.unknownFields', 'send');
	return value === 'custom' || value === 'ignore' || value === 'refuse' ? value : 'send';
}
