import type { Outcome } from '../answers/outcome';
import type { Problem } from '../readers/reading';
import type { Model } from '../resources/types';
import { problemText } from '../rows/problemText';
import type { Reason, ReasonCode } from '../rows/row';
import { canceledText } from '../transport/errors';
import { cut, longestWords, mostSentences } from '../transport/words/errorText';
import { keysText, listed } from './words';

function problemsText(problems: readonly Problem[]): string {
	const more = problems.length > mostSentences ? [`${problems.length - mostSentences} more`] : [];
	return [...problems.slice(0, mostSentences).map(problemText), ...more].join('; ');
}

function likeText({ like }: Reason): string {
	return like === undefined
		? 'It may be the same record as another row'
		: `It has the same ${like.key.name} '${like.key.value}' as row ${like.row + 1}`;
}

function fieldsOf({ problems = [] }: Reason): string {
	return listed(problems.map(({ field }) => `'${field}'`));
}

type Text = (reason: Reason, model: Model, is: Outcome['is']) => string;

const texts: Readonly<Record<ReasonCode, Text>> = {
	unreadable: ({ said }) => said ?? 'The row cannot be read',
	badValues: ({ problems = [], said }) =>
		problems.length > 0 ? problemsText(problems) : (said ?? 'A value cannot be used'),
	missingFields: (reason, { singular }) =>
		reason.said === undefined ? `A new ${singular} needs ${fieldsOf(reason)}` : `It ${reason.said}`,
	unknownFields: (reason, { singular }) => `Planhat knows no field ${fieldsOf(reason)} of a ${singular}`,
	noKey: ({ said }, model) =>
		`The row has no key. Each row needs ${keysText(model)}; without one every run creates a new record${said === undefined ? '' : `. ${said}`}`,
	nothingToSend: () => 'The row has nothing to send',
	duplicateKey: likeText,
	tooManyRounds: (reason) => `${likeText(reason)}, and a run sends at most 100 rows of one record`,
	tooLarge: () => 'The row is larger than Planhat accepts',
	noJson: ({ said }) => `The row cannot be written as JSON: ${said ?? ''}`,
	refused: ({ said }) => said ?? 'Planhat refused it and gave no reason',
	noCompany: ({ said }) =>
		`Planhat ignores end users with no company. Add companyId, or an email with the domain of a company${said === undefined ? '' : `. It said: ${said}`}`,
	notNamed: ({ said }, _model, is) =>
		is === 'failed'
			? 'Planhat accepted the request but did not count this row'
			: `Planhat accepted the request without saying what became of this row${said ? `. It said: ${said}` : ''}`,
	notDecided: ({ said }) => `Planhat did not say what became of this row${said ? `. It said: ${said}` : ''}`,
	lost: ({ said }) => `Planhat's answer was lost${said ? ` (${said})` : ''}`,
	laterRow: ({ said }) =>
		`Planhat did not say what became of this row${said ? ` (${said})` : ''}. It was not sent again, since a later row has changed the same record, or may have`,
	stopped: ({ said }) => said ?? 'Another row was not applied',
	cancelled: () => canceledText,
	exists: (_reason, { singular }) => `The ${singular} exists in Planhat`,
	sameInRun: (_reason, { singular }) => `Another row makes the same ${singular}`,
	noRecord: (_reason, { singular }) => `Planhat has no such ${singular}`,
	notThere: ({ said }, { singular }) =>
		`It was not confirmed${said ? ` (${said})` : ''}, and Planhat has no such ${singular}`,
};

/**
 * Why a row is what it is.
 * @returns one or two sentences without a stop at the end, at most 500 characters
 */
export function reasonText(reason: Reason, model: Model, is: Outcome['is']): string {
	return cut(texts[reason.code](reason, model, is), longestWords);
}

const starts: Partial<Record<Outcome['is'], string>> = {
	failed: 'was not applied',
	unknown: 'may have been applied',
	notSent: 'was not sent',
	skipped: 'was skipped',
};

/** What the error item of a row says. */
export function errorText(is: Outcome['is'], text: string, { singular }: Model): string {
	return `The ${singular} ${starts[is] ?? 'was not applied'}: ${text}`;
}

/** What a reason says where it stands without its row, such as in a summary. */
export function reasonAlone(is: Outcome['is'], text: string): string {
	return is === 'unknown' ? `${text}. The row may have been applied` : text;
}

/** What a superseded row says. */
export function supersededText(by: number): string {
	return `Row ${by + 1} has the same key and was sent in its place`;
}

/** What a group of reasons says: several values of one field, or a key of several rows. */
export function groupText(
	reason: Reason,
	model: Model,
	is: Outcome['is'],
	values: readonly string[],
	others: number,
): string {
	const [problem, ...more] = reason.problems ?? [];
	if (reason.code === 'badValues' && problem !== undefined && more.length === 0 && problem.said === undefined) {
		const given = listed(
			[...values.map((value) => `'${value}'`), ...(others > 0 ? [`${others} other values`] : [])],
			'or',
		);
		const how = problem.advice === undefined ? '' : `. ${problem.advice}`;
		return cut(`'${problem.field}' takes ${problem.wants}${given === '' ? '' : `, not ${given}`}${how}`, longestWords);
	}
	if (reason.like !== undefined && values.length + others > 1) {
		const { name, value } = reason.like.key;
		const rounds = reason.code === 'tooManyRounds' ? ', and a run sends at most 100 rows of one record' : '';
		return cut(`They have the same ${name} as another row, such as '${value}'${rounds}`, longestWords);
	}
	return reasonAlone(is, reasonText(reason, model, is));
}
