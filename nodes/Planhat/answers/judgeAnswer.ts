import type { Reason } from '../rows/row';
import type { PlanhatAnswer, PlanhatRefusal } from '../transport/answer';
import { joinedWords, planhatWords } from '../transport/words/errorText';
import { sharedBy, type Shared } from './countRest';
import { emptyLedger, isBulkAnswer, keepWords, parseBulkAnswer, type BulkAnswer, type Success } from './ledger';
import { namesOf, type Names } from './names';
import type { Outcome } from './outcome';
import { countsOfRest, readNames, type Named } from './readNames';
import { refusalCode, refusalWords } from './refusal';
import type { Knowledge, Sent, Verdict } from './verdict';

/** Words of so many errors are looked through for keys, and so many suspects are worth a request of their own. */
const mostSuspects = 10;

/** Whether trying again changes nothing and no row got through, unless the answer says so: 400, 401, 403 and the like. */
function isPlain({ failure }: PlanhatRefusal): boolean {
	return !failure.mayBeApplied && failure.kind !== 'fault';
}

function speaksOfSuccess({ created, updated, counts }: BulkAnswer): boolean {
	return created.length + updated.length > 0 || Object.values(counts).some((count) => count > 0);
}

/** The words of a refusal of all rows, from wherever in the answer they stand. */
function wordsOfRefusal({ words, refused }: Named, refusal: PlanhatRefusal): string {
	if (words.length > 0) return joinedWords(words, '; or: ');
	if (refused.size > 0) return joinedWords([...refused.values()].flat());
	return refusalWords(refusal);
}

function suspectsAmong(open: readonly number[], names: Names, words: readonly string[]): number[] {
	const isOpen = new Set(open);
	const found = new Set(words.slice(0, mostSuspects).flatMap((text) => names.inWords(text)));
	const suspects = [...found].filter((row) => isOpen.has(row)).sort((one, other) => one - other);
	return suspects.length > mostSuspects ? [] : suspects;
}

/** Fills a verdict step by step; each leaves fewer rows open. */
class Judge {
	/** By the names that the answer has, to begin with. */
	readonly certain: Map<number, Outcome>;

	readonly ledger = emptyLedger();

	private mayBe?: readonly Success[];

	constructor(
		private readonly sent: readonly Sent[],
		private readonly names: Names,
		private readonly reading: Named,
		private readonly withoutIds: boolean,
		private readonly unread: number,
	) {
		this.certain = reading.went;
	}

	verdict(why: Reason): Verdict {
		const { certain, ledger, mayBe } = this;
		const open = this.open();
		if (ledger.said.size > 0) ledger.unkept += this.unread;
		return { certain, open, suspects: suspectsAmong(open, this.names, this.reading.words), mayBe, why, ledger };
	}

	takeNames(): void {
		const { refused, words, beside } = this.reading;
		if (!this.withoutIds) this.takeIds(this.reading);
		for (const [row, said] of refused)
			this.certain.set(row, { is: 'failed', why: { code: 'refused', said: joinedWords(said) } });
		keepWords(this.ledger, [...beside, ...words]);
	}

	private takeIds({ went, ids }: Named): void {
		for (const outcome of went.values()) {
			if (!('_id' in outcome) || outcome._id === undefined) continue;
			this.ledger[outcome.is === 'created' ? 'createdIds' : 'updatedIds'].add(outcome._id);
		}
		for (const id of ids.created) if (id !== undefined) this.ledger.createdIds.add(id);
		for (const id of ids.updated) if (id !== undefined) this.ledger.updatedIds.add(id);
	}

	/** Decides the rows that nothing names, where the numbers leave no other way. */
	takeCounts(answer: BulkAnswer): void {
		const open = this.open();
		const [keyed, keyless] = [true, false].map((isKeyed) =>
			open.filter((row) => (this.sent[row]?.keys.length ?? 0) > 0 === isKeyed),
		) as [number[], number[]];
		const isRefused = this.reading.words.length > 0;
		const rest = countsOfRest(answer, this.reading);
		const shared = sharedBy({ ...rest, keyed: keyed.length, keyless: keyless.length, isRefused });
		if (Object.keys(rest.counts).length === 3) this.mayBe = shared.mayBe;
		this.share(keyless, shared.keyless);
		this.share(keyed, shared.keyed);
		for (const [kind, count] of Object.entries(shared.applied ?? {})) this.ledger.applied[kind as Success] += count;
		// Planhat saves no end user that it cannot tie to a company, and says nothing (Planhat's documents, "Bulk upsert").
		if (shared.speaksOfNone) this.fail(keyed.filter((row) => !this.certain.has(row) && this.sent[row]?.withoutCompany));
	}

	/** Refuses all rows that are open. */
	refuse(said: string): void {
		const why: Reason = { code: 'refused', said };
		for (const row of this.open()) this.certain.set(row, { is: 'failed', why });
		this.forgetWords();
	}

	private open(): number[] {
		if (this.certain.size === this.sent.length) return [];
		return this.sent.flatMap((_row, place) => (this.certain.has(place) ? [] : [place]));
	}

	private share(rows: readonly number[], is: Shared['keyed']): void {
		if (is === 'failed') this.fail(rows);
		if (is === undefined || is === 'failed') return;
		const ids = is === 'created' || is === 'updated' ? this.reading.ids[is] : [];
		const isKnown = rows.length === 1 && ids.length === 1 && ids[0] !== undefined;
		for (const row of rows) this.certain.set(row, { is, ...(isKnown && { _id: ids[0] }) });
	}

	private fail(rows: readonly number[]): void {
		const words = joinedWords(this.reading.words, '; or: ');
		const said = words === '' ? {} : { said: words };
		const unnamed: Reason = { code: words === '' ? 'notNamed' : 'refused', ...said };
		const nobody: Reason = { code: 'noCompany', ...said };
		for (const row of rows)
			this.certain.set(row, { is: 'failed', why: this.sent[row]?.withoutCompany ? nobody : unnamed });
		if (rows.length > 0) this.forgetWords();
	}

	/** Words that rows carry as their reason are not words about no row. */
	private forgetWords(): void {
		this.ledger.said.clear();
		this.ledger.unkept = 0;
		keepWords(this.ledger, this.reading.beside);
	}
}

/** Does what `judge` does, step by step, so that the event loop can be given back in between. */
export function* judgeStepwise(
	sent: readonly Sent[],
	answer: PlanhatAnswer | PlanhatRefusal,
	{ model, said = (body) => body, withoutIds = false }: Knowledge = {},
): Generator<undefined, Verdict> {
	const isBulk = isBulkAnswer(answer.body);
	const bulk = yield* parseBulkAnswer(isBulkAnswer(answer.body) ? answer.body : {});
	const names = namesOf(sent, model);
	const reading = yield* readNames(bulk, names, said);
	const judging = new Judge(sent, names, reading, withoutIds, bulk.unread);
	judging.takeNames();
	const words = joinedWords(reading.words);
	if ('failure' in answer) {
		const isRefused = isPlain(answer) && !speaksOfSuccess(bulk);
		const refusal = wordsOfRefusal(reading, answer);
		if (isRefused) judging.refuse(refusal);
		if (isRefused || !isPlain(answer)) {
			return judging.verdict({ code: refusalCode(answer), said: refusal });
		}
	}
	if (!isBulk) return judging.verdict({ code: 'notNamed', said: planhatWords(said(answer.body)) });
	judging.takeCounts(bulk);
	return judging.verdict({ code: 'notNamed', ...(words !== '' && { said: words }) });
}

/**
 * Finds out what became of each row of a bulk request. Planhat's answer names rows by their keys, not by their order, and
 * counts the rest; the form of errors is
 * assumption bulk-error-form. So the answer is taken as arithmetic: certain is what every way of
 * reading it has in common, and all else is open. The time that it takes grows with the rows and the entries.
 */
export function judge(
	sent: readonly Sent[],
	answer: PlanhatAnswer | PlanhatRefusal,
	knowledge: Knowledge = {},
): Verdict {
	const steps = judgeStepwise(sent, answer, knowledge);
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
