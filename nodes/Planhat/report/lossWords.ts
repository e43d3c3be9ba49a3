import type { Outcome } from '../answers/outcome';
import { rowsOf } from './words';

function were(count: number): string {
	return `${count} ${count === 1 ? 'was' : 'were'}`;
}

/** How many rows ended in each way. */
export type Tally = Record<Outcome['is'], number>;

/** What became of the rows of a run that ended with a loss, without the reasons. */
export function tallyText(tally: Tally): string {
	const { failed, unknown, superseded, notSent, skipped } = tally;
	const applied = tally.created + tally.updated + tally.unchanged + tally.applied;
	const rows = applied + failed + unknown + superseded + notSent + skipped;
	const parts = [
		`${applied} of ${rowsOf(rows)} were applied`,
		failed > 0 ? `${were(failed)} refused` : '',
		unknown > 0 ? `${unknown} may have been applied` : '',
		superseded > 0 ? `${were(superseded)} left out for a later row with the same key` : '',
		skipped > 0 ? `${were(skipped)} skipped` : '',
		notSent > 0 ? `${were(notSent)} not sent` : '',
	];
	return parts.filter(Boolean).join(', ');
}

/** What a run says in which no request was made, without the reasons. */
export function nothingSentText(refused: number, rows: number): string {
	return `No rows were sent. ${refused} of ${rowsOf(rows)} are invalid`;
}

export const advice = {
	toContinue:
		"To send the valid rows, set On Error of this node to 'Continue (using error output)'. The others leave through the error output, each with its reason.",
	/** What is posted has no key, so that the same row makes another record. */
	toSendRest:
		"Send only the rows that were not applied: what is sent twice counts twice. With On Error of this node set to 'Continue (using error output)', they leave through the error output, each with its reason.",
	toSeeEach: "To get each row with its reason, set On Error of this node to 'Continue (using error output)'.",
	toMap:
		"Rename the column, or set Mapping Column Mode to 'Map Each Column Manually' and drag each column onto its field.",
	toCorrect: 'Correct the value, or leave the field out.',
	/** A model that calls a tool sets nothing of the node. */
	toSendAgain: 'Correct these rows, and send all of them again.',
};
