import type { INodeProperties } from 'n8n-workflow';

import { models } from '../../resources';
import { readBatchSwitch } from '../../run/batchSwitch';
import type { BatchRun } from '../../run/context';
import { inputError } from '../../transport/errors';
import type { MatchRule } from '../matchOptions';

const show = { '/resource': models.filter(({ period }) => period !== undefined).map(({ resource }) => resource) };

const keyPerPeriod: INodeProperties = {
	displayName: 'Key per Period',
	name: 'keyPerPeriod',
	type: 'boolean',
	default: false,
	displayOptions: { show },
	description:
		"Whether to add the start day to the external ID, so that a renewal doesn't overwrite the license before it",
};

const closePrevious: INodeProperties = {
	displayName: 'Close Previous',
	name: 'closePrevious',
	type: 'boolean',
	default: false,
	displayOptions: { show },
	description: "Whether to end the license before a renewal and set it to renewed. Needs 'Key per Period'.",
};

/** The options about records that follow one another. */
export const periodOptions: readonly INodeProperties[] = [keyPerPeriod, closePrevious];

/** What a run does about periods. */
export interface PeriodRules {
	isKeyed: boolean;
	closes: boolean;
}

/**
 * Reads what a run does about periods.
 * @throws NodeOperationError where options cannot be used together
 */
export async function readPeriodRules(run: BatchRun, match: MatchRule | undefined): Promise<PeriodRules> {
	if (run.model.period === undefined) return { isKeyed: false, closes: false };
	const isKeyed = await readBatchSwitch(run, keyPerPeriod.name, keyPerPeriod.displayName);
	const closes = await readBatchSwitch(run, closePrevious.name, closePrevious.displayName);
	if (closes && !isKeyed)
		throw inputError(
			run.node,
			"'Close Previous' needs 'Key per Period'",
			"Turn on 'Key per Period' too: without it a renewal overwrites the record that would be closed.",
		);
	if (isKeyed && match !== undefined)
		throw inputError(
			run.node,
			"'Key per Period' and 'Match On' cannot be used together",
			"Remove one of the options. 'Key per Period' finds records by their external ID.",
		);
	return { isKeyed, closes };
}
