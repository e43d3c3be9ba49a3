import { isLoss, type Outcome } from '../answers/outcome';
import type { Verdict } from '../answers/verdict';
import type { Position, Reason } from '../rows/row';
import type { Settled } from './outcomes';

const doubts = {
	/** Planhat has accepted the row, and did not say what became of it. */
	accepted: 1,
	/** An answer was lost, or Planhat had a fault: nothing that comes later tells that the row was not applied then. */
	unseen: 2,
};

/** What becomes of each row of a run. That a row may have been applied only grows: a refusal later on undoes nothing. */
export class RowOutcomes {
	private readonly outcomes: Array<Outcome | undefined>;

	/** How often each row was sent, two for more often. */
	private readonly sent: Uint8Array;

	private readonly doubt: Uint8Array;

	private readonly superseded: Array<{ at: Position; by: Position }> = [];

	constructor(rows: number) {
		this.outcomes = new Array<Outcome | undefined>(rows).fill(undefined);
		this.sent = new Uint8Array(rows);
		this.doubt = new Uint8Array(rows);
	}

	/** Notes that rows were sent, by a request that Planhat may have seen twice. */
	noteSent(rows: readonly Position[], isTwice: boolean): void {
		for (const at of rows) this.sent[at] = Math.min(2, (this.sent[at] ?? 0) + (isTwice ? 2 : 1));
	}

	/** Notes that rows may have been applied, without a word about it. */
	noteDoubt(rows: readonly Position[], doubt: keyof typeof doubts): void {
		for (const at of rows) this.doubt[at] = (this.doubt[at] ?? 0) | doubts[doubt];
	}

	wasSent(at: Position): boolean {
		return (this.sent[at] ?? 0) > 0;
	}

	/** Whether a row was sent, and no answer tells that it changed no record; of several, the first may be lost. */
	mayHaveChanged(at: Position): boolean {
		const isHarmless = ['created', 'unchanged', 'failed'].includes(this.outcomes[at]?.is ?? '');
		return this.wasSent(at) && !(isHarmless && this.sent[at] === 1);
	}

	/** Whether a row was sent, and nothing tells what became of it. */
	isOpen(at: Position): boolean {
		return this.wasSent(at) && (this.outcomes[at]?.is ?? 'unknown') === 'unknown';
	}

	/** Why a row was not applied, as far as it is known by now. */
	reasonOf(at: Position): Reason | undefined {
		const outcome = this.outcomes[at];
		return outcome !== undefined && 'why' in outcome ? outcome.why : undefined;
	}

	/** Takes what was found out before anything was sent. */
	take(settled: Settled): void {
		if ('why' in settled) this.outcomes[settled.at] = { is: 'failed', why: settled.why };
		else if (settled.outcome.is === 'superseded') this.superseded.push({ at: settled.at, by: settled.outcome.by });
		else this.outcomes[settled.at] = settled.outcome;
	}

	/**
	 * Takes what an answer says.
	 * @param speaksOfRows whether the answer refuses single rows; one that refuses all of them says nothing of what was
	 * accepted before
	 */
	settle(at: Position, outcome: Outcome, speaksOfRows = true): void {
		const doubt = this.doubt[at] ?? 0;
		const isUnsure = speaksOfRows ? (doubt & doubts.unseen) !== 0 : doubt !== 0;
		const known: Outcome = outcome.is === 'failed' && isUnsure ? { is: 'unknown', why: outcome.why } : outcome;
		const isResent = known.is !== 'superseded' && (this.sent[at] ?? 0) > 1;
		this.outcomes[at] = isResent ? { ...known, resent: true } : known;
	}

	/**
	 * Takes what an answer says of the rows of a request for certain.
	 * @param known what is known of a row, by this answer and those before
	 */
	takeCertain(
		rows: readonly Position[],
		{ all, certain }: Pick<Verdict, 'all' | 'certain'>,
		known: (outcome: Outcome) => Outcome,
		speaksOfRows: boolean,
	): void {
		if (all !== undefined) for (const at of rows) this.settle(at, known(all), speaksOfRows);
		for (const [place, outcome] of certain) this.settle(rows[place] ?? 0, known(outcome), speaksOfRows);
	}

	/** Takes what an answer leaves open. */
	takeOpen(rows: readonly Position[], { open, why }: Pick<Verdict, 'open' | 'why'>): void {
		const positions = open.map((place) => rows[place] ?? 0);
		for (const at of positions) this.settle(at, { is: 'unknown', why });
		this.noteDoubt(positions, 'accepted');
	}

	/** Whether a row of these was not applied for sure. */
	isLost(rows: Iterable<Position>): boolean {
		for (const at of rows) if (isNotApplied(this.outcomes[at])) return true;
		return false;
	}

	/**
	 * Ends the run: rows without an outcome get this one, and rows that gave way to another are what became of that one where
	 * it was not applied.
	 */
	finish(rest: 'failed' | 'notSent', why: Reason): Outcome[] {
		for (const { at, by } of this.superseded) this.outcomes[at] = { is: 'superseded', by };
		const open: Outcome = { is: rest, why };
		const ended = this.outcomes.map((outcome): Outcome => outcome ?? open);
		for (const { at, by } of this.superseded) {
			const successor = ended[by];
			if (successor !== undefined && isLoss(successor)) ended[at] = successor;
		}
		return ended;
	}
}

function isNotApplied(outcome: Outcome | undefined): boolean {
	return outcome?.is === 'failed' || outcome?.is === 'unknown';
}
