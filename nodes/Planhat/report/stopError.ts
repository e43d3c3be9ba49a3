import { isLoss, type Outcome } from '../answers/outcome';
import type { Row } from '../rows/row';
import { speaksToModel } from '../run/parameters';
import { apiError, canceledText, inputError, type NodeError } from '../transport/errors';
import { joinedWords, mostSentences } from '../transport/words/errorText';
import { placeInTable } from './blankFields';
import { groupReasons, tallyOf, type ReasonGroup } from './reasons';
import type { ReportedRows } from './reported';
import { advice, nothingSentText, tallyText } from './lossWords';
import { errorText, reasonText } from './reasonWords';
import { rowsOf, whichRows } from './words';

/** Reasons that Planhat's answer, or the lack of one, has given. */
const fromPlanhat: ReadonlySet<string> = new Set([
	'refused',
	'noCompany',
	'notNamed',
	'notDecided',
	'lost',
	'laterRow',
	'notThere',
]);

function isReason(outcome: Outcome): boolean {
	return outcome.is === 'failed' || outcome.is === 'unknown';
}

function reasonsText(groups: readonly ReasonGroup[], more: number, all: readonly Row[]): string {
	const places = (first: readonly number[]) => [...new Set(first.map((at) => placeInTable(all, at)))];
	const shown = groups.map(({ reason, rows, first }) => `${reason} (${whichRows(places(first), rows)})`);
	return shown.join('; ') + (more > 0 ? `; and ${more} more ${more === 1 ? 'reason' : 'reasons'}` : '');
}

function messageOf(reported: ReportedRows, isSent: boolean, unmatched: string | undefined): string {
	const { outcomes, model, isCancelled, unnamed = 0 } = reported;
	const [only, ...others] = outcomes;
	if (unmatched === undefined && only !== undefined && others.length === 0 && 'why' in only)
		return errorText(only.is, reasonText(only.why, model, only.is), model);
	const tally = tallyOf(outcomes);
	tally.applied -= unnamed;
	tally.failed += unnamed;
	const { groups, more } = groupReasons(outcomes, model, isReason, mostSentences);
	const named = groups.length > 0 ? [reasonsText(groups, more, reported.rows)] : [];
	const words = unnamed > 0 ? [`${joinedWords(reported.ledger.said)} (${rowsOf(unnamed)})`] : [];
	const told = [...named, ...words].map((text, index) => (index === 0 ? `: ${text}` : `; ${text}`)).join('');
	if (!isSent && !isCancelled && unmatched !== undefined) return `No rows were sent. ${unmatched}`;
	if (isCancelled) return `${canceledText}: ${tallyText(tally)}${told}`;
	return `${isSent ? tallyText(tally) : nothingSentText(tally.failed, outcomes.length)}${told}`;
}

/** Where no row can be sent as it is, there are none to let through. */
function adviceFor({ outcomes, node, model }: ReportedRows, isPlanhats: boolean): string {
	if (outcomes.length === 1) return isPlanhats ? '' : advice.toCorrect;
	if (speaksToModel(node)) return isPlanhats ? '' : advice.toSendAgain;
	const isApplied = outcomes.some((outcome) => !isLoss(outcome) || outcome.is === 'unknown');
	if (isApplied && model.keys.length === 0) return advice.toSendRest;
	return outcomes.every(({ is }) => is === 'failed') ? advice.toSeeEach : advice.toContinue;
}

/**
 * What a run ends with when it was canceled, or when a row was not applied and On Error is Stop: how many rows were applied,
 * how many were not, and why. Only an error of Planhat's carries a code of Planhat's.
 * @param said sentences about the run that no hint can show, such as columns that fitted nothing
 * @param unmatched what is said where no column is a field that is required
 * @returns undefined where all is well
 */
export function stopError(
	reported: ReportedRows,
	said: readonly string[] = [],
	unmatched?: string,
): NodeError | undefined {
	const { outcomes, node, isCancelled, rows, unnamed = 0 } = reported;
	if (!isCancelled && unnamed === 0 && !outcomes.some(isLoss)) return undefined;
	const first = outcomes.findIndex(isReason);
	const outcome = outcomes[first];
	const isPlanhats =
		unnamed > 0 || outcomes.some((one) => isReason(one) && 'why' in one && fromPlanhat.has(one.why.code));
	const isSent = isPlanhats || outcomes.some((one) => !isLoss(one) && one.is !== 'superseded');
	const message = messageOf(reported, isSent, unmatched);
	const isUnmatched = !isSent && unmatched !== undefined;
	const next = isUnmatched ? advice.toMap : adviceFor(reported, isPlanhats);
	const description = [isCancelled ? '' : next, ...said].filter(Boolean).join(' ');
	const error = isPlanhats
		? apiError(
				node,
				'206',
				{ message, description },
				{ outcome: outcome?.is === 'unknown' ? 'unknown' : 'failed', keys: {} },
			)
		: inputError(node, message, description);
	if (first >= 0) error.context.itemIndex = rows[first]?.item;
	return error;
}
