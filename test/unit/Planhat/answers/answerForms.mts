import fc from 'fast-check';

import { failureOfAnswer, type Failure } from '../../../../nodes/Planhat/transport/failure.ts';
import type { Sent } from '../../../../nodes/Planhat/answers/verdict.ts';
import type { PlanhatAnswer, PlanhatRefusal } from '../../../../nodes/Planhat/transport/answer.ts';

export type Kind = 'created' | 'updated' | 'unchanged' | 'failed';
export const kinds: readonly Kind[] = ['created', 'updated', 'unchanged', 'failed'];
export type Went = Exclude<Kind, 'failed'>;
export const waysToGoThrough: readonly Went[] = ['created', 'updated', 'unchanged'];

/** An answer, and what it says to somebody who knows how it was made. */
export interface Said {
	sent: Sent[];
	answer: PlanhatAnswer | PlanhatRefusal;
	/** What the lists name. */
	named: Map<number, Kind>;
	/** Entries of the lists that name no row. */
	entries: { created: number; updated: number; unchanged: number };
	/** Errors that name no row. */
	errors: number;
	counts: Partial<Record<Went, number>>;
	/** Whether the answer speaks of its rows at all, and refuses them as a whole. */
	isReadable: boolean;
	isRefused: boolean;
}

interface RowForm {
	keys: ReadonlyArray<'_id' | 'sourceId' | 'externalId' | 'email'>;
	withoutCompany: boolean;
	truth: Kind;
	/** How a list or an error speaks of the row, if at all. */
	naming: 'keys' | 'turned' | 'id' | 'nothing';
	error: 'text' | 'colon' | 'object' | 'nested' | 'word' | 'nameless' | 'silent';
}

const countNames = { created: 'created', updated: 'updated', unchanged: 'nonupdates' } as const;

const rowForm = fc.record<RowForm>({
	keys: fc.constantFrom(
		[],
		['_id'],
		['sourceId'],
		['externalId'],
		['email'],
		['sourceId', 'externalId'],
		['externalId', 'email'],
	),
	withoutCompany: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.boolean()),
	truth: fc.constantFrom(...kinds),
	naming: fc.constantFrom('keys', 'turned', 'id', 'nothing'),
	error: fc.constantFrom('text', 'colon', 'object', 'nested', 'word', 'nameless', 'silent'),
});

/** How a count is given: as it is, left out, or wrong. */
const countForm = fc.constantFrom('true', 'true', 'true', 'text', 'missing', 'low', 'high', 'zero');
type CountForm = 'true' | 'text' | 'missing' | 'low' | 'high' | 'zero';

export const answerForm = fc.record({
	rows: fc.array(rowForm, { minLength: 1, maxLength: 6 }),
	counts: fc.record({ created: countForm, updated: countForm, unchanged: countForm }),
	// Without it, rows that are not named often have nothing in common.
	allAlike: fc.option(fc.constantFrom(...kinds), { nil: undefined, freq: 4 }),
	listForm: fc.constantFrom('list', 'nested', 'counted', 'missing'),
	upserted: fc.boolean(),
	status: fc.constantFrom(200, 206, 206, 400, 403, 500, 'unreadable', 'lost'),
	errorList: fc.constantFrom('createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'),
});

type AnswerForm = typeof answerForm extends fc.Arbitrary<infer Form> ? Form : never;

function valueOf(name: string, row: number): string {
	return name === 'email' ? `P${row}@x.io` : `${name === '_id' ? '5f' : 'k'}-${row}`;
}

function keysOf({ keys }: RowForm, row: number): Record<string, string> {
	return Object.fromEntries(keys.map((name) => [name, valueOf(name, row)]));
}

/** An entry of a list of successes. Emails are in no list (Planhat's documents, "Bulk upsert"). */
function entryFor(form: RowForm, row: number): { entry: object; names: boolean } {
	const { _id = `new-${row}`, sourceId, externalId } = keysOf(form, row);
	const keys = { ...(sourceId && { sourceId }), ...(externalId && { externalId }) };
	const isNamed = form.keys.includes('_id') || (form.naming !== 'id' && Object.keys(keys).length > 0);
	if (form.naming === 'id') return { entry: { _id }, names: isNamed };
	return { entry: form.naming === 'turned' ? { ...keys, extra: 1, _id } : { _id, ...keys }, names: isNamed };
}

function errorFor(form: RowForm, row: number): { entry: unknown; names: boolean } | undefined {
	const [name] = form.keys;
	const value = name === undefined ? '' : valueOf(name, row);
	if (form.error === 'silent') return undefined;
	if (name === undefined || form.error === 'nameless') return { entry: 'phase is not valid', names: false };
	if (form.error === 'word') return { entry: `Company '${value}' does not exist`, names: false };
	if (form.error === 'text') return { entry: `${name} "${value}" is not valid.`, names: true };
	if (form.error === 'colon') return { entry: `not valid (${name}: ${value})`, names: true };
	if (form.error === 'object') return { entry: { message: 'not valid', [name]: value }, names: true };
	return { entry: { reason: { text: 'no', data: { item: { phase: 'x', [name]: value } } } }, names: true };
}

function listOf(entries: unknown[], form: AnswerForm['listForm']): unknown {
	if (form === 'nested') return entries.map((entry) => [entry]);
	if (form === 'counted') return { ...entries };
	if (entries.length === 0 && form === 'missing') return undefined;
	return entries.length === 1 && form === 'missing' ? entries[0] : entries;
}

function countOf(form: CountForm, truth: number): { given: unknown; says: number | undefined } {
	const says = { true: truth, text: truth, missing: undefined, low: Math.max(0, truth - 1), high: truth + 2, zero: 0 }[
		form
	];
	return { given: form === 'text' ? String(says) : says, says };
}

export function refusalWith(status: number, body: unknown, failure: Partial<Failure> = {}): PlanhatRefusal {
	return {
		status,
		body,
		resent: false,
		failure: { ...failureOfAnswer(status, body), ...failure },
		error: new Error(`Planhat answered ${status}`) as PlanhatRefusal['error'],
	};
}

/** Makes an answer of a form. */
export function sayIn(form: AnswerForm): Said {
	const rows = form.rows.map((row) => ({ ...row, truth: form.allAlike ?? row.truth }));
	// Planhat changes no record by a row without a key.
	for (const row of rows) if (row.keys.length === 0 && row.truth !== 'failed') row.truth = 'created';
	const said: Said = {
		sent: rows.map((row, place) => ({
			keys: Object.entries(keysOf(row, place)).map(([name, value]) => ({ name, value, identity: value.toLowerCase() })),
			...(row.withoutCompany && { withoutCompany: true as const }),
		})),
		answer: { status: 200, body: '', resent: false },
		named: new Map(),
		entries: { created: 0, updated: 0, unchanged: 0 },
		errors: 0,
		counts: {},
		isReadable: true,
		isRefused: false,
	};
	const lists = { created: [] as unknown[], updated: [] as unknown[] };
	const errors: unknown[] = [];
	rows.forEach((row, place) => {
		if (row.truth === 'failed') {
			const error = errorFor(row, place);
			if (error === undefined) return;
			errors.push(error.entry);
			if (error.names) said.named.set(place, 'failed');
			else said.errors += 1;
		} else if (row.truth !== 'unchanged' && row.naming !== 'nothing') {
			const { entry, names } = entryFor(row, place);
			lists[row.truth].push(entry);
			if (names) said.named.set(place, row.truth);
			else said.entries[row.truth] += 1;
		}
	});
	const body: Record<string, unknown> = {
		insertsKeys: listOf(lists.created, form.listForm),
		updatesKeys: listOf(lists.updated, form.listForm),
		[form.errorList]: listOf(errors, form.listForm),
	};
	if (form.upserted) body.upsertedIds = lists.created.map((entry) => (entry as { _id: string })._id);
	for (const kind of waysToGoThrough) {
		const { given, says } = countOf(form.counts[kind], rows.filter(({ truth }) => truth === kind).length);
		if (says === undefined) continue;
		body[countNames[kind]] = given;
		said.counts[kind] = says;
	}
	const isSuccess =
		lists.created.length + lists.updated.length > 0 || Object.values(said.counts).some((count) => count > 0);
	said.isRefused = (form.status === 400 || form.status === 403) && !isSuccess;
	said.isReadable = typeof form.status === 'number' && form.status !== 500;
	if (form.status === 'unreadable') {
		said.answer = { status: 200, body: 'OK', resent: false };
		said.named.clear();
	} else if (form.status === 'lost') {
		said.answer = refusalWith(0, undefined, { kind: 'unknown', mayBeApplied: true });
		said.named.clear();
	} else if (typeof form.status === 'number') {
		said.answer = form.status >= 400 ? refusalWith(form.status, body) : { status: form.status, body, resent: false };
	}
	return said;
}
