import type { INodeProperties } from 'n8n-workflow';

import { selectOption } from '../output/parameters';
import type { Model } from '../resources/types';
import { rowOptions } from '../rows/parameters';
import { defaultMaxWait } from '../run/openRun';

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
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 5000 },
				default: 5000,
				displayOptions: { show: { '/operation': ['upsert'] } },
				description: 'How many rows go into one request. Planhat takes 5,000 at most.',
			},
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/operation': ['upsert'] } },
				description:
					'Whether to send nothing and show the plan instead: rows, requests, bytes, and what is not in order',
			},
			{
				displayName: 'Duplicate Keys',
				name: 'duplicateKeys',
				type: 'options',
				default: 'sendInOrder',
				displayOptions: { show: { '/operation': ['upsert'] } },
				options: [
					{
						name: 'Send in Order',
						value: 'sendInOrder',
						description: 'One request after the other, each with one row of a record, as if they were sent row by row',
					},
					{ name: 'Fail Them', value: 'fail', description: 'Refuse all rows that share a key' },
					{ name: 'Send the Last One', value: 'sendLast', description: 'Leave out the earlier rows with the same key' },
				],
				description: 'What to do with rows of one run that have the same key',
			},
			rowOptions.emptyValues,
			{
				displayName: 'Endpoint',
				name: 'endpoint',
				type: 'options',
				default: 'auto',
				displayOptions: { show: { '/operation': ['track'] } },
				options: [
					{
						name: 'Automatic',
						value: 'auto',
						description: 'One activity goes to the live endpoint, more go to the bulk endpoint',
					},
					{ name: 'Bulk', value: 'bulk', description: 'All activities in as few requests as possible' },
					{ name: 'Live', value: 'live', description: 'One request for each activity' },
				],
				description: 'Where the activities go',
			},
			selectOption(models),
			{
				displayName: 'Longest Wait',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: defaultMaxWait,
				description:
					'How many seconds one request may wait and try again while Planhat refuses it or cannot be reached. Waiting for the calls per minute of the credential does not count.',
			},
			{
				displayName: 'Report',
				name: 'report',
				type: 'options',
				default: 'perRow',
				displayOptions: { show: { '/operation': ['upsert'] } },
				options: [
					{ name: 'One Item per Row', value: 'perRow', description: 'What became of each row' },
					{ name: 'Summary', value: 'summary', description: 'One item with counts, IDs and reasons' },
				],
				description:
					'What the node puts out. Rows that were not applied leave by the error output one by one in any case.',
			},
			rowOptions.keylessRows,
			rowOptions.unknownFields,
		],
	};
}
