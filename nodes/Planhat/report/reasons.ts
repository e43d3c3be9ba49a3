import type { Outcome } from '../answers/outcome';
import type { Model } from '../resources/types';
import type { Position, Reason } from '../rows/row';
import { mostSentences } from '../transport/words/errorText';
import { type Tally } from './lossWords';
import { groupText } from './reasonWords';
import { mostRowNumbers } from './words';

/** Rows that were not applied for one reason. */
export interface ReasonGroup {
	/** In words, with examples of the values. */
	reason: string;
	rows: number;
	/** Positions of the first of them. */
	first: Position[];
}

/** So many groups are told apart; a run whose rows each have a reason of their own has as many as rows. */
const mostGroups = 100_000;

interface Group {
	is: Outcome['is'];
	why: Reason;
	rows: number;
	first: Position[];
	last: Position;
	/** Values of the field, or of the key, the first of them, and how many there were. */
	values: Set<string>;
	others: number;
}

/** What makes rows fail for the same reason: field and kind, not the value. */
function kindOf(is: Outcome['is'], { code, problems = [], like, said = '' }: Reason): string {
	if (problems.length > 0)
		return [is, code, ...problems.map(({ field, wants, said: own = '' }) => `${field} ${wants} ${own}`)].join('\n');
	return [is, code, like?.key.name ?? '', said].join('\n');
}

/** A row may lack several fields and hold several values that cannot be used: each counts for itself. */
function partsOf(why: Reason): readonly Reason[] {
	const { problems = [] } = why;
	if (problems.length < 2) return [why];
	return problems.map((problem) => ({
		...why,
		problems: [problem],
		...(why.code === 'missingFields' && { said: problem.said }),
	}));
}

function valueOf({ problems = [], like }: Reason): string {
	return problems[0]?.given ?? like?.key.value ?? '';
}

function addTo(found: Map<string, Group>, is: Outcome['is'], why: Reason, at: Position): void {
	const kind = kindOf(is, why);
	const group = found.get(kind) ?? { is, why, rows: 0, first: [], last: -1, values: new Set<string>(), others: 0 };
	if (group.rows === 0 && found.size < mostGroups) found.set(kind, group);
	if (group.last !== at) {
		group.rows += 1;
		if (group.first.length < mostRowNumbers) group.first.push(at);
		group.last = at;
	}
	const value = valueOf(why);
	if (value === '' || group.values.has(value)) return;
	if (group.values.size < mostSentences) group.values.add(value);
	else group.others += 1;
}

/** Counts the outcomes; their sum is the number of rows. */
export function tallyOf(outcomes: readonly Outcome[]): Tally {
	const tally: Tally = {
		created: 0,
		updated: 0,
		unchanged: 0,
		applied: 0,
		superseded: 0,
		failed: 0,
		unknown: 0,
		notSent: 0,
		skipped: 0,
	};
	for (const { is } of outcomes) tally[is] += 1;
	return tally;
}

/**
 * Groups the reasons of rows by field and kind, the most frequent first. A row with several counts for each of them.
 * @param most so many groups are handed over in words
 * @returns the groups, and how many more there are
 */
export function groupReasons(
	outcomes: readonly Outcome[],
	model: Model,
	isWanted: (outcome: Outcome) => boolean,
	most: number,
): { groups: ReasonGroup[]; more: number } {
	const found = new Map<string, Group>();
	for (const [at, outcome] of outcomes.entries()) {
		if (!('why' in outcome) || !isWanted(outcome)) continue;
		for (const why of partsOf(outcome.why)) addTo(found, outcome.is, why, at);
	}
	const sorted = [...found.values()].sort((one, other) => other.rows - one.rows);
	const groups = sorted.slice(0, most).map(({ is, why, rows, first, values, others }) => ({
		reason: groupText(why, model, is, [...values], others),
		rows,
		first,
	}));
	return { groups, more: sorted.length - groups.length };
}
