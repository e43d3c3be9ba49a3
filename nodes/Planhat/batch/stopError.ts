import type { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { apiError, inputError } from '../transport/errors';
import type { Outcome } from './outcomes';
import { groupReasons, isLoss, tallyOf, type ReasonGroup } from './reasons';
import type { ReportedRows } from './report';
import { mostSentences } from './said';
import { advice, canceledText, errorText, nothingSentText, reasonText, tallyText, whichRows } from './words';

/** Reasons that Planhat's answer, or the lack of one, has given. */
const fromPlanhat: ReadonlySet<string> = new Set(['refused', 'noCompany', 'notNamed', 'notDecided', 'lost']);

function isReason(outcome: Outcome): boolean {
	return outcome.is === 'failed' || outcome.is === 'unknown';
}

function reasonsText(groups: readonly ReasonGroup[], more: number): string {
	const shown = groups.map(({ reason, rows, first }) => `${reason} (${whichRows(first, rows)})`);
	return shown.join('; ') + (more > 0 ? `; and ${more} more ${more === 1 ? 'reason' : 'reasons'}` : '');
}

function messageOf(reported: ReportedRows, isSent: boolean): string {
	const { outcomes, model, isCancelled } = reported;
	const [only, ...others] = outcomes;
	if (only !== undefined && others.length === 0 && 'why' in only)
		return errorText(only.is, reasonText(only.why, model, only.is), model);
	const tally = tallyOf(outcomes);
	const { groups, more } = groupReasons(outcomes, model, isReason, mostSentences);
	const told = groups.length > 0 ? `: ${reasonsText(groups, more)}` : '';
	if (isCancelled) return `${canceledText}: ${tallyText(tally)}${told}`;
	return `${isSent ? tallyText(tally) : nothingSentText(tally.failed, outcomes.length)}${told}`;
}

/**
 * What a run ends with when it was canceled, or when a row was not applied and On Error is Stop: how many rows were applied,
 * how many were not, and why. Only an error of Planhat's carries a code of Planhat's.
 * @param reported rows and what became of them
 * @returns undefined where all is well
 */
export function stopError(reported: ReportedRows): NodeApiError | NodeOperationError | undefined {
	const { outcomes, node, isCancelled, rows } = reported;
	if (!isCancelled && !outcomes.some(isLoss)) return undefined;
	const first = outcomes.findIndex(isReason);
	const outcome = outcomes[first];
	const isPlanhats = outcomes.some((one) => isReason(one) && 'why' in one && fromPlanhat.has(one.why.code));
	const message = messageOf(reported, isPlanhats || outcomes.some((one) => !isLoss(one) && one.is !== 'superseded'));
	const description = outcomes.length === 1 ? (isPlanhats ? '' : advice.toCorrect) : advice.toContinue;
	const error = isPlanhats
		? apiError(
				node,
				'206',
				{ message, description },
				{ outcome: outcome?.is === 'unknown' ? 'unknown' : 'failed', keys: {} },
			)
		: inputError(node, message, isCancelled ? '' : description);
	if (first >= 0) error.context.itemIndex = rows[first]?.item;
	return error;
}
