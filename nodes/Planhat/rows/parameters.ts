import type { INodeProperties, NodeParameterValueType, ResourceMapperTypeOptions } from 'n8n-workflow';

import type { MapperMode, Shown } from '../run/operation';

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
					description: 'Set each field by hand, or match input columns to fields by name',
				},
				{ name: 'Using JSON', value: 'json', description: 'Set the fields with a JSON object' },
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
				"The fields to set, by their API names, as JSON or as an object from an expression. Put custom fields in 'custom'. Dates can have any ISO format, and users can be emails. Create or Update, Insert and Track also accept a list of objects.",
		},
	];
}
