import type { INodeProperties } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { defaultMaxWait } from '../transport/transport';

/**
 * The collection `options`, shared by all operations.
 * @param models of the registry
 */
export function optionsProperty(models: readonly Model[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { resource: models.map(({ resource }) => resource) } },
		options: [
			{
				displayName: 'Fields to Return',
				name: 'select',
				type: 'string',
				default: '',
				displayOptions: {
					show: {
						'/operation': ['getAll'],
						'/resource': models.filter(({ sortable }) => sortable).map(({ resource }) => resource),
					},
				},
				placeholder: 'e.g. name,phase,custom',
				description: "Planhat's own names of the fields, separated by commas. The ID always comes along.",
			},
			{
				displayName: 'Longest Wait',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: defaultMaxWait,
				description:
					'How many seconds one request may wait and try again while Planhat refuses it or cannot be reached. Waiting for the calls per minute of the credential does not count.',
			},
		],
	};
}
