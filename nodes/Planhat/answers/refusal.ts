import type { ReasonCode } from '../rows/row';
import type { PlanhatRefusal } from '../transport/answer';
import { largeCode } from '../transport/failure';
import { cut, longestWords, planhatWords } from '../transport/words/errorText';

/** What is said of the rows of a request that was refused as a whole, or whose answer tells nothing of them. */
export function refusalWords({ failure, error, advice }: PlanhatRefusal): string {
	const words = planhatWords(failure.words) || planhatWords(error.message);
	if (advice === undefined) return words;
	return `${cut(words, longestWords - advice.length - 2)}. ${advice}`;
}

/** After a fault, and where an answer cannot be read or is too large, something has answered, and nothing was lost. */
export function refusalCode({ failure }: PlanhatRefusal): ReasonCode {
	const isAnswered = failure.kind === 'fault' || ['ERR_UNREADABLE', largeCode].includes(failure.code);
	return failure.mayBeApplied && !isAnswered ? 'lost' : 'refused';
}
