import type { Outcome } from '../answers/outcome';
import type { Model } from '../resources/types';
import { problemText } from '../rows/problemText';
import type { Problem } from '../readers/reading';
import type { Reason, ReasonCode } from '../rows/row';
import { canceledText } from '../transport/errors';
import { cut, longestWords, mostSentences } from '../transport/words/errorText';

/** Numbers of rows that are shown of a group. */
export const mostRowNumbers = 5;

/** Names of fields that are shown in a sentence. */
const mostNames = 20;

/** The names that people see for what Planhat matches rows by. */
const keyLabels: Readonly<Record<string, string>> = {
	_id: 'ID',
	externalId: 'External ID',
	extId: 'External ID',
	sourceId: 'Source ID',
	email: 'Email',
};

/** "a", "a or b", "a, b or c". */
export function listed(names: readonly string[], last: 'and' | 'or' = 'and'): string {
	const shown = names.length > mostNames ? [...names.slice(0, mostNames), `${names.length - mostNames} more`] : names;
	return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}

/** "1 row", "5 rows". */
export function rowsOf(count: number): string {
	return `${count} ${count === 1 ? 'row' : 'rows'}`;
}

/** "row 3", "rows 3, 7 and 9", "5000 rows, the first is row 12"; the first row is row 1. */
export function whichRows(first: readonly number[], inAll: number): string {
	const numbers = first.slice(0, mostRowNumbers).map((at) => String(at + 1));
	if (inAll > numbers.length) return `${rowsOf(inAll)}, the first is row ${numbers[0] ?? 1}`;
	return `${inAll === 1 ? 'row' : 'rows'} ${listed(numbers)}`;
}

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
	stopped: ({ said }) => said ?? 'Another row was not applied',
	cancelled: () => canceledText,
	exists: (_reason, { singular }) => `The ${singular} exists in Planhat`,
	sameInRun: (_reason, { singular }) => `Another row makes the same ${singular}`,
	noRecord: (_reason, { singular }) => `Planhat has no such ${singular}`,
	notThere: ({ said }, { singular }) =>
		`Its answer was lost${said ? ` (${said})` : ''}, and Planhat has no such ${singular}`,
};

/** The keys that a row of a model may have, in words: people's own one first. */
export function keysText({ keys }: Model): string {
	const labels = Object.entries(keyLabels).flatMap(([name, label]) =>
		name !== '_id' && keys.some((key) => key === name) ? [label] : [],
	);
	return listed(labels.length > 0 ? labels : ['ID'], 'or');
}

/** What is said where no column of the input is a key. */
export function noKeyColumnText(model: Model, columns: string): string {
	return `No column matches a key. Each row needs ${keysText(model)}; without one every run creates a new record. Your columns: ${columns}`;
}

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
	toSeeEach: "To get each row with its reason, set On Error of this node to 'Continue (using error output)'.",
	toMap:
		"Rename the column, or set Mapping Column Mode to 'Map Each Column Manually' and drag each column onto its field.",
	toCorrect: 'Correct the value, or leave the field out.',
};

/** Hints above the output. */
export const hints = {
	keyless: (count: number, model: Model) =>
		`${rowsOf(count)} ${count === 1 ? 'has' : 'have'} no key. Each row needs ${keysText(model)}; without one every run creates a new record.`,
	madeKeyless: (count: number) =>
		`${rowsOf(count)} without a key became ${count === 1 ? 'a new record' : 'new records'}, as in every run. To refuse such rows, set Rows Without a Key to 'Fail Them'.`,
	previewed: ({ create, update, unchanged, skipped, refused, ignored }: Record<string, number>) =>
		`Nothing was sent. Of the rows, ${create} would be created, ${update} updated, ${unchanged} unchanged, ${skipped} skipped, ${refused} refused and ${ignored} ignored by Planhat.`,
	madeNew: (count: number, { singular, plural }: Pick<Model, 'singular' | 'plural'>) =>
		`Create or Update made ${count} new ${count === 1 ? singular : plural}; it makes new ones at every run. To update them instead, set the option 'Match On' to a field that tells them apart.`,
	notVerified: (count: number, fields: string) =>
		`${rowsOf(count)} ${count === 1 ? 'is not in Planhat as it was' : 'are not in Planhat as they were'} sent${fields === '' ? '' : `: ${fields}`}.`,
	notReadBack: (reason: string) => `The rows were sent, and could not be read back: ${reason}`,
	said: (sentences: string) => `Planhat said, without naming a row: ${sentences}`,
	overwritten: (first: readonly number[], inAll: number) =>
		`A later row with the same key overwrote other values (${whichRows(first, inAll)}). If they are records of their own, such as a renewal, give each a key of its own.`,
	gaveWay: (first: readonly number[], inAll: number) =>
		`Rows with other values were replaced by a later row with the same key (${whichRows(first, inAll)}). To send all of them, set Duplicate Keys to 'Send in Order'.`,
};
