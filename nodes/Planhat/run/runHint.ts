import type { NodeExecutionHint } from 'n8n-workflow';

/** What concerns a run and no single row, in sentences. */
export interface RunHints {
	/** What did not arrive as it was given, or not as it was meant: the run is no plain success. */
	lost: readonly string[];
	told: readonly string[];
}

function withStop(sentence: string): string {
	return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/**
 * Puts all that is to be said of a run into one text above the output, what was lost first.
 * @returns undefined where there is nothing to say
 */
export function runHint({ lost, told }: RunHints): NodeExecutionHint | undefined {
	const sentences = [...new Set([...lost, ...told])];
	const [only, ...others] = sentences;
	if (only === undefined) return undefined;
	const message = others.length === 0 ? only : sentences.map(withStop).join(' ');
	return { message, location: 'outputPane', type: lost.length > 0 ? 'warning' : 'info' };
}

/** The hints of several parts of a run. */
export function joinedHints(parts: readonly RunHints[]): RunHints {
	return { lost: parts.flatMap(({ lost }) => lost), told: parts.flatMap(({ told }) => told) };
}
