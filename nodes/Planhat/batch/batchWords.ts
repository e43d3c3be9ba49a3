import type { Batch } from './outcomes';
import { readUnknownFields } from '../rows/parameters';
import type { UnknownFields } from '../rows/writeRow';
import { apiError } from '../transport/errors';
import { countOutcomes, countRows, isLost, outcomeAt, placesOf, reasonsOf, sum, unknownFieldsOf } from './batchCounts';
import { isLoss } from './batches';

/** Reasons shown in an error or a summary. */
const mostReasons = 3;

function shown(batches: readonly Batch[]): string {
	const reasons = reasonsOf(batches, (outcome) => isLoss(outcome) && outcome.outcome !== 'notSent');
	const first = reasons
		.slice(0, mostReasons)
		.map(({ reason, rows }) => `${reason} (${rows} ${rows === 1 ? 'row' : 'rows'})`);
	return first.join('; ') + (reasons.length > mostReasons ? `; and ${reasons.length - mostReasons} more reasons` : '');
}

function wereOf(count: number): string {
	return `${count} ${count === 1 ? 'was' : 'were'}`;
}

/**
 * Says for On Error = Stop how many rows were applied and how many were not.
 * @throws NodeApiError when any row was not applied
 */
export function throwLosses(batches: readonly Batch[]): void {
	const counts = countOutcomes(batches);
	const unnamed = sum(batches, (batch) => batch.unnamed.rows);
	const { created, updated, unchanged, superseded, unknown, notSent } = counts;
	const failed = counts.failed + unnamed;
	const [first] = batches;
	if (first === undefined || failed + unknown + notSent === 0) return;
	const applied = created + updated + unchanged - unnamed;
	const parts = [
		`${applied} of ${countRows(batches)} rows were applied`,
		failed > 0 ? `${wereOf(failed)} refused` : '',
		unknown > 0 ? `${unknown} may have been applied` : '',
		superseded > 0 ? `${wereOf(superseded)} left out for a later row with the same key` : '',
		notSent > 0 ? `${wereOf(notSent)} not sent` : '',
	];
	const lost = [...placesOf(batches)].find(
		(place) => isLost(place) && outcomeAt(place.batch, place.position).outcome !== 'notSent',
	);
	const error = apiError(
		first.run.node,
		'206',
		{
			message: `${parts.filter(Boolean).join(', ')}: ${shown(batches)}`,
			description:
				"Set On Error of this node to 'Continue (using error output)' to let the good rows through and handle the others, each with its reason.",
		},
		{ outcome: unknown > 0 ? 'unknown' : 'failed', keys: {} },
	);
	error.context.itemIndex = lost?.batch.rows[lost.position]?.item;
	throw error;
}

const whatHappens: Record<UnknownFields, string> = {
	send: 'Planhat knows no such field of a * and drops it without a word',
	custom: 'These are no standard fields of a * and were sent as custom fields',
	ignore: 'These are no standard fields of a * and were left out',
	refuse: 'These are no standard fields of a *, and rows that have them were refused',
};

/** Shows what concerns the whole run and no single row. */
export function hintAt(batches: readonly Batch[], unmatchedErrors: readonly string[] = []): void {
	const [first] = batches;
	if (first === undefined) return;
	const { run } = first;
	const unknown = unknownFieldsOf(batches);
	const names = unknown.slice(0, 20).join(', ');
	const what = whatHappens[readUnknownFields((name, fallback) => run.parameter(name, 0, fallback))];
	if (unknown.length > 0)
		run.hint(`${what.replace('*', run.model.singular)}: ${names}. See the option 'Unknown Fields'.`);
	const unnamed = batches.flatMap((batch) => [...batch.unnamed.words]);
	for (const words of new Set([...unmatchedErrors, ...unnamed]))
		run.hint(`Planhat said, without naming a row: ${words}`);
}
