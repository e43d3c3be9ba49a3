import { describe, expect, it } from '@jest/globals';
import { NodeApiError, NodeOperationError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';

import { batchHints } from '../../../../nodes/Planhat/report/hints.ts';
import { emptyLedger, keepWords } from '../../../../nodes/Planhat/answers/ledger.ts';
import type { Outcome } from '../../../../nodes/Planhat/answers/outcome.ts';
import { toItems } from '../../../../nodes/Planhat/report/toItems.ts';
import { stopError } from '../../../../nodes/Planhat/report/stopError.ts';
import { planItem } from '../../../../nodes/Planhat/report/plan.ts';
import type { ReportedRows } from '../../../../nodes/Planhat/report/reported.ts';
import { summaryItem } from '../../../../nodes/Planhat/report/summary.ts';
import { reasonText } from '../../../../nodes/Planhat/report/reasonWords.ts';
import { keysText, listed, whichRows } from '../../../../nodes/Planhat/report/words.ts';
import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../../../nodes/Planhat/resources/types.ts';
import type { LeftOut } from '../../../../nodes/Planhat/columns/columnHints.ts';
import type { Reason, ReasonCode } from '../../../../nodes/Planhat/rows/row.ts';

const company = modelOf('company') as Model;
const node = { id: '1', name: 'Planhat', type: 'planhat', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

interface Options extends Partial<Pick<ReportedRows, 'ledger' | 'isCancelled' | 'model'>> {
	node?: Partial<INode>;
	/** Of which input item each row is; its own where it is left out. */
	items?: number[];
	given?: IDataObject[];
}

function report(outcomes: Outcome[], { items, given, ...options }: Options = {}): ReportedRows {
	const rows = outcomes.map((_outcome, at) => ({
		item: items?.[at] ?? at,
		given: given?.[at] ?? { externalId: `e-${at}`, name: `Company ${at}` },
	}));
	const inputs: INodeExecutionData[] = [];
	for (const row of rows)
		inputs[row.item] = { json: items === undefined ? row.given : { list: rows.map((one) => one.given) } };
	return {
		model: company,
		outcomes,
		ledger: emptyLedger(),
		isCancelled: false,
		items: inputs,
		rows,
		keysAt: (at) => {
			const value = String(rows[at]?.given.externalId ?? '');
			return value === '' ? [] : [{ name: 'externalId', value, identity: value }];
		},
		effort: { requests: 3, waited: 1_234 },
		yieldToEventLoop: () => undefined,
		...options,
		node: { ...node, ...options.node },
	};
}

/** No column went nowhere. */
const none: LeftOut = { unknown: [], readOnly: [] };

const failed = (why: Reason | string): Outcome => ({
	is: 'failed',
	why: typeof why === 'string' ? { code: 'refused', said: why } : why,
});
const created: Outcome = { is: 'created', _id: 'id-1' };
const stopped: Outcome = { is: 'notSent', why: { code: 'stopped' } };
const badScore = (given: string): Outcome =>
	failed({ code: 'badValues', problems: [{ field: 'csmScore', given, wants: 'a number such as 4' }] });

describe('the title of a row', () => {
	it('stands beside its keys, and takes the place of none', async () => {
		const titleAt = (at: number) =>
			[
				{ name: 'name', value: 'Acme' },
				{ name: 'externalId', value: 'x' },
			][at];
		const [named, keyed] = await toItems({ ...report([{ is: 'created' }, { is: 'updated' }]), titleAt });
		expect(named?.json).toEqual({ outcome: 'created', externalId: 'e-0', name: 'Acme' });
		expect(keyed?.json).toEqual({ outcome: 'updated', externalId: 'e-1' });
	});
});

describe('The items of a run', () => {
	it('are one for each row, in their order, with outcome, ID, keys and reason', async () => {
		const outcomes: Outcome[] = [
			created,
			{ is: 'unchanged', resent: true },
			{ is: 'superseded', by: 0 },
			{ is: 'applied' },
			{ is: 'skipped', why: { code: 'nothingToSend' } },
		];
		expect(await toItems(report(outcomes))).toEqual([
			{ json: { outcome: 'created', _id: 'id-1', externalId: 'e-0' }, pairedItem: { item: 0 } },
			{ json: { outcome: 'unchanged', externalId: 'e-1', resent: true }, pairedItem: { item: 1 } },
			{
				json: { outcome: 'superseded', externalId: 'e-2', reason: 'Row 1 has the same key and was sent in its place' },
				pairedItem: { item: 2 },
			},
			{ json: { outcome: 'applied', externalId: 'e-3' }, pairedItem: { item: 3 } },
			{
				json: { outcome: 'skipped', externalId: 'e-4', reason: 'The row has nothing to send' },
				pairedItem: { item: 4 },
			},
		]);
	});

	it('hold errors in the form that n8n routes, with the data of the input where there is no error output', async () => {
		const outcomes = [
			failed('No name'),
			{ is: 'unknown', why: { code: 'lost', said: 'ECONNRESET' } } as Outcome,
			stopped,
		];
		const errors = [
			{ error: 'The company was not applied: No name', details: { outcome: 'failed', keys: { externalId: 'e-0' } } },
			{
				error: "The company may have been applied: Planhat's answer was lost (ECONNRESET)",
				details: { outcome: 'unknown', keys: { externalId: 'e-1' } },
			},
			{
				error: 'The company was not sent: Another row was not applied',
				details: { outcome: 'notSent', keys: { externalId: 'e-2' } },
			},
		];
		const alone = await toItems(report(outcomes, { node: { onError: 'continueErrorOutput' } }));
		expect(alone).toEqual(errors.map((json, item) => ({ json, pairedItem: { item } })));
		const merged = await toItems(report(outcomes, { node: { onError: 'continueRegularOutput' } }));
		expect(merged.map(({ json }) => json)).toEqual(
			errors.map((json, at) => ({ externalId: `e-${at}`, name: `Company ${at}`, ...json })),
		);
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'hand back a row of a JSON list alone, not with the whole list: %s',
		async (onError) => {
			const items = await toItems(
				report([failed('No'), created, failed('No')], { items: [0, 0, 1], node: { onError } }),
			);
			expect(items[0]).toEqual({
				json: {
					error: 'The company was not applied: No',
					details: { outcome: 'failed', keys: { externalId: 'e-0' }, row: { externalId: 'e-0', name: 'Company 0' } },
				},
				// By a number: n8n merges the input into items that are linked by an object.
				pairedItem: 0,
			});
			expect(items[2]?.json.details).toEqual({ outcome: 'failed', keys: { externalId: 'e-2' } });
			expect(items[2]?.pairedItem).toEqual({ item: 1 });
		},
	);

	it('keep their order, and put a good one first only where n8n would send everything again', async () => {
		const outcomes = [failed('No'), failed('No'), created];
		const order = async (retryOnFail: boolean) =>
			(await toItems(report(outcomes, { node: { retryOnFail } }))).map(({ pairedItem }) => pairedItem);
		expect(await order(false)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(await order(true)).toEqual([{ item: 2 }, { item: 0 }, { item: 1 }]);
	});

	it('are those of rows that were not applied, where a summary stands for the others', async () => {
		const before: INodeExecutionData = { json: { rows: 3 } };
		const items = await toItems(report([created, failed('No'), created]), () => undefined, [before]);
		expect([items.length, items[0], items[1]?.pairedItem]).toEqual([2, before, { item: 1 }]);
	});

	it('take at most 1 kB a row, also where each of 5,000 is refused in 500 characters of its own', async () => {
		const outcomes = Array.from({ length: 5_000 }, (_row, at) => failed(`${at} `.padEnd(500, 'x')));
		const reported = report(outcomes, { node: { onError: 'continueErrorOutput' } });
		const summary = summaryItem(reported, none);
		const items = await toItems(reported);
		expect(JSON.stringify(items).length).toBeLessThan(5_000 * 1_024);
		expect(JSON.stringify(summary.json).length).toBeLessThan(100 * 1_024);
		expect(summary.json.moreReasons).toBe(4_900);
		expect(stopError(reported)?.message.length).toBeLessThan(2_000);
		expect(await batchHints(reported)).toEqual([]);
	});
});

describe('The reasons', () => {
	const texts: Record<ReasonCode, [Reason, string]> = {
		unreadable: [
			{ code: 'unreadable', said: "'Fields (JSON)' is not a JSON object" },
			"'Fields (JSON)' is not a JSON object",
		],
		badValues: [
			{ code: 'badValues', problems: [{ field: 'csmScore', given: 'abc', wants: 'a number such as 4' }] },
			"'csmScore' takes a number such as 4, not 'abc'",
		],
		missingFields: [
			{ code: 'missingFields', problems: [{ field: 'name', given: '', wants: '' }] },
			"A new company needs 'name'",
		],
		unknownFields: [
			{ code: 'unknownFields', problems: [{ field: 'fase', given: '', wants: '' }] },
			"Planhat knows no field 'fase' of a company",
		],
		noKey: [
			{ code: 'noKey' },
			'The row has no key. Each row needs External ID or Source ID; without one every run creates a new record',
		],
		nothingToSend: [{ code: 'nothingToSend' }, 'The row has nothing to send'],
		duplicateKey: [
			{ code: 'duplicateKey', like: { key: { name: 'externalId', value: 'a' }, row: 2 } },
			"It has the same externalId 'a' as row 3",
		],
		tooManyRounds: [
			{ code: 'tooManyRounds', like: { key: { name: 'externalId', value: 'a' }, row: 2 } },
			"It has the same externalId 'a' as row 3, and a run sends at most 100 rows of one record",
		],
		tooLarge: [{ code: 'tooLarge' }, 'The row is larger than Planhat accepts'],
		noJson: [{ code: 'noJson', said: 'a loop' }, 'The row cannot be written as JSON: a loop'],
		refused: [{ code: 'refused', said: 'No name' }, 'No name'],
		noCompany: [
			{ code: 'noCompany' },
			'Planhat ignores end users with no company. Add companyId, or an email with the domain of a company',
		],
		notNamed: [{ code: 'notNamed' }, 'Planhat accepted the request but did not count this row'],
		notDecided: [{ code: 'notDecided', said: 'No' }, 'Planhat did not say what became of this row. It said: No'],
		lost: [{ code: 'lost', said: 'ECONNRESET' }, "Planhat's answer was lost (ECONNRESET)"],
		laterRow: [
			{ code: 'laterRow', said: 'No' },
			'Planhat did not say what became of this row (No). It was not sent again, since a later row has changed the same record, or may have',
		],
		stopped: [{ code: 'stopped' }, 'Another row was not applied'],
		cancelled: [{ code: 'cancelled' }, 'The execution was canceled'],
		exists: [{ code: 'exists' }, 'The company exists in Planhat'],
		sameInRun: [{ code: 'sameInRun' }, 'Another row makes the same company'],
		noRecord: [{ code: 'noRecord' }, 'Planhat has no such company'],
		notThere: [{ code: 'notThere', said: 'reset' }, 'It was not confirmed (reset), and Planhat has no such company'],
	};

	it.each(Object.entries(texts))('say in words: %s', (_code, [reason, text]) => {
		expect(reasonText(reason, company, 'failed')).toBe(text);
	});

	it('say of rows that nobody knows about what came, and that they may have been applied', () => {
		const outcomes: Outcome[] = [{ is: 'unknown', why: { code: 'notNamed', said: 'OK' } }, created];
		expect(reasonText({ code: 'notNamed', said: 'OK' }, company, 'unknown')).toBe(
			'Planhat accepted the request without saying what became of this row. It said: OK',
		);
		expect(summaryItem(report(outcomes), none).json.reasons).toEqual([
			{ reason: expect.stringMatching(/\. The row may have been applied$/), rows: 1, which: 'row 1' },
		]);
	});

	it('show three problems of a row, and at most 500 characters', () => {
		const problem = (index: number) => ({ field: `f${index}`, given: 'x'.repeat(300), wants: 'a number' });
		const text = reasonText({ code: 'badValues', problems: [1, 2, 3, 4, 5].map(problem) }, company, 'failed');
		expect(text.length).toBe(500);
		const short = [1, 2, 3, 4, 5].map((index) => ({ ...problem(index), given: 'x' }));
		expect(reasonText({ code: 'badValues', problems: short }, company, 'failed')).toMatch(
			/'f3' takes a number, not 'x'; 2 more$/,
		);
	});

	it('of a row that lacks several fields, and holds several bad values, are told one by one', () => {
		const lacking = (...names: string[]): Outcome =>
			failed({
				code: 'missingFields',
				problems: names.map((field) => ({ field, given: '', wants: 'a value', said: `lacks ${field}` })),
				said: `lacks ${names.join(', ')}`,
			});
		const bad = (...fields: string[]): Outcome =>
			failed({ code: 'badValues', problems: fields.map((field) => ({ field, given: 'x', wants: 'a number' })) });
		const outcomes = [
			lacking('name'),
			lacking('name', 'email'),
			lacking('email', 'name'),
			bad('a', 'b'),
			bad('b', 'b'),
		];
		expect(summaryItem(report(outcomes), none).json.reasons).toEqual([
			{ reason: 'It lacks name', rows: 3, which: 'rows 1, 2 and 3' },
			{ reason: 'It lacks email', rows: 2, which: 'rows 2 and 3' },
			{ reason: "'b' takes a number, not 'x'", rows: 2, which: 'rows 4 and 5' },
			{ reason: "'a' takes a number, not 'x'", rows: 1, which: 'row 4' },
		]);
		const error = stopError(report(outcomes));
		expect(error?.message).toBe(
			"No rows were sent. 5 of 5 rows are invalid: It lacks name (rows 1, 2 and 3); It lacks email (rows 2 and 3); 'b' takes a number, not 'x' (rows 4 and 5); and 1 more reason",
		);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).not.toHaveProperty('httpCode');
	});

	it('are grouped by field and kind, with values and row numbers', () => {
		const outcomes = [
			badScore('a'),
			failed('No'),
			badScore('b'),
			badScore('c'),
			badScore('d'),
			badScore('e'),
			badScore('a'),
			failed('No'),
		];
		expect(summaryItem(report(outcomes), none).json.reasons).toEqual([
			{
				reason: "'csmScore' takes a number such as 4, not 'a', 'b', 'c' or 2 other values",
				rows: 6,
				which: '6 rows, the first is row 1',
			},
			{ reason: 'No', rows: 2, which: 'rows 2 and 8' },
		]);
	});

	it('group rows that share keys by the key', () => {
		const like = (value: string, row: number): Outcome =>
			failed({ code: 'duplicateKey', like: { key: { name: 'externalId', value }, row } });
		expect(summaryItem(report([like('a', 1), like('a', 0), like('b', 3), like('b', 2)]), none).json.reasons).toEqual([
			{ reason: "They have the same externalId as another row, such as 'a'", rows: 4, which: 'rows 1, 2, 3 and 4' },
		]);
	});
});

describe('The summary', () => {
	it('counts what the answers count, and holds IDs of theirs', () => {
		const ledger = emptyLedger();
		Object.assign(ledger.applied, { created: 5, updated: 10, unchanged: 4 });
		ledger.createdIds.add('id-1');
		keepWords(ledger, ['A', 'B']);
		const outcomes: Outcome[] = [...Array.from({ length: 20 }, (): Outcome => ({ is: 'applied' })), created, stopped];
		expect(summaryItem(report(outcomes, { ledger }), { unknown: ['fase'], readOnly: [] }).json).toEqual({
			rows: 22,
			created: 6,
			updated: 10,
			unchanged: 4,
			applied: 1,
			superseded: 0,
			failed: 0,
			unknown: 0,
			notSent: 1,
			requests: 3,
			waitedSeconds: 1.2,
			createdIds: ['id-1'],
			updatedIds: [],
			reasons: [{ reason: 'Another row was not applied', rows: 1, which: 'row 22' }],
			unknownFields: ['fase'],
			unmatchedErrors: ['A', 'B'],
		});
	});

	it('holds at most 100 of anything, and says how many more there are', () => {
		const ledger = emptyLedger();
		const ids = Array.from({ length: 5_000 }, (_id, index) => `id-${index}`);
		for (const id of ids) ledger.createdIds.add(id);
		keepWords(ledger, ids);
		const { json } = summaryItem(report([created], { ledger }), { unknown: ids, readOnly: [] });
		for (const name of ['createdIds', 'unknownFields', 'unmatchedErrors'])
			expect((json[name] as unknown[]).length).toBe(100);
		expect([json.moreCreatedIds, json.moreUnknownFields, json.moreUnmatchedErrors]).toEqual([4_900, 4_900, 4_900]);
	});

	it('is a plan in a dry run', () => {
		const reported = report([created, badScore('x'), { is: 'superseded', by: 0 }]);
		const { json, pairedItem } = planItem(reported, {
			requests: 2,
			lookups: 3,
			bytes: 300,
			rounds: 2,
			rowsToSend: 1,
			order: { shared: [{ name: 'externalId', value: 'a' }], sharedInAll: 250 },
			keyless: { first: [4], inAll: 3 },
			missing: new Map([['name', 2]]),
			leftOut: none,
		});
		expect(json).toEqual({
			dryRun: true,
			rows: 3,
			rowsToSend: 1,
			requests: 2,
			lookups: 3,
			bytes: 300,
			rounds: 2,
			superseded: 1,
			refused: 1,
			reasons: [{ reason: "'csmScore' takes a number such as 4, not 'x'", rows: 1, which: 'row 2' }],
			duplicateKeys: ['externalId a'],
			moreDuplicateKeys: 249,
			keylessRows: [5],
			moreKeylessRows: 2,
			missingFields: { name: 2 },
			unknownFields: [],
		});
		expect(pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});
});

describe('The error of a run that stops', () => {
	it('is none where all is well', () => {
		expect(stopError(report([created, { is: 'superseded', by: 0 }]))).toBeUndefined();
	});

	it('says how many rows were applied and how many were not, and why', () => {
		const outcomes = [created, created, failed('Not valid'), failed('Not valid'), failed('No name'), stopped, stopped];
		const error = stopError(report(outcomes));
		expect(error).toBeInstanceOf(NodeApiError);
		expect((error as NodeApiError).httpCode).toBe('206');
		expect(error?.message).toBe(
			'2 of 7 rows were applied, 3 were refused, 2 were not sent: Not valid (rows 3 and 4); No name (row 5)',
		);
		expect(error?.context.itemIndex).toBe(2);
	});

	it('carries no code of Planhat where Planhat was not asked', () => {
		const missing = failed({ code: 'missingFields', problems: [{ field: 'name', given: '', wants: '' }] });
		const error = stopError(report([stopped, stopped, missing]));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error?.message).toBe("No rows were sent. 1 of 3 rows are invalid: A new company needs 'name' (row 3)");
	});

	it('speaks of one row as of one', () => {
		expect(stopError(report([failed('No name')]))?.message).toBe('The company was not applied: No name');
		expect(stopError(report([badScore('x')]))?.message).toBe(
			"The company was not applied: 'csmScore' takes a number such as 4, not 'x'",
		);
		expect(stopError(report([{ is: 'unknown', why: { code: 'lost' } }]))?.message).toBe(
			"The company may have been applied: Planhat's answer was lost",
		);
	});

	it('shows three reasons', () => {
		const outcomes = ['A', 'B', 'C', 'D', 'E'].map(failed);
		expect(stopError(report(outcomes))?.message).toMatch(
			/: A \(row 1\); B \(row 2\); C \(row 3\); and 2 more reasons$/,
		);
	});

	it('says what a canceled run has done', () => {
		const canceled: Outcome = { is: 'notSent', why: { code: 'cancelled' } };
		const error = stopError(
			report([created, { is: 'unknown', why: { code: 'lost' } }, canceled], { isCancelled: true }),
		);
		expect(error?.message).toBe(
			"The execution was canceled: 1 of 3 rows were applied, 1 may have been applied, 1 was not sent: Planhat's answer was lost. The row may have been applied (row 2)",
		);
		expect(stopError(report([canceled], { isCancelled: true }))?.message).toBe(
			'The company was not sent: The execution was canceled',
		);
	});
});

describe('Hints', () => {
	it('name rows that gave way to one with other values, and none whose values went out', async () => {
		const outcomes: Outcome[] = [
			{ is: 'superseded', by: 3 },
			{ is: 'superseded', by: 3 },
			{ is: 'superseded', by: 3 },
			created,
		];
		const given: IDataObject[] = [
			{ externalId: 'a', name: 'Old' },
			{ externalId: 'a', name: 'New', zip: '', tags: ['x'] },
			{ externalId: 'a', phase: 'Live' },
			{ externalId: 'a', name: 'New', tags: ['x'] },
		];
		expect(await batchHints(report(outcomes, { given }))).toEqual([
			"Rows with other values were replaced by a later row with the same key (rows 1 and 3). To send all of them, set Duplicate Keys to 'Send in Order'.",
		]);
	});

	it('say in one sentence what Planhat said of no row', async () => {
		const ledger = emptyLedger();
		keepWords(
			ledger,
			Array.from({ length: 2_000 }, (_word, index) => `Word ${index}`),
		);
		const [hint, ...others] = await batchHints(report([created], { ledger }));
		expect(hint).toBe('Planhat said, without naming a row: Word 0; Word 1; Word 2; and 1997 more');
		expect(others).toEqual([]);
	});
});

describe('Words', () => {
	it('list names and rows', () => {
		expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'], 'or')]).toEqual([
			'',
			'a',
			'a and b',
			'a, b or c',
		]);
		expect([whichRows([2], 1), whichRows([2, 4], 2), whichRows([2, 4, 5, 6, 7], 90)]).toEqual([
			'row 3',
			'rows 3 and 5',
			'90 rows, the first is row 3',
		]);
	});

	it('name the keys of a model as people see them', () => {
		expect(['company', 'enduser', 'invoice', 'note'].map((resource) => keysText(modelOf(resource) as Model))).toEqual([
			'External ID or Source ID',
			'External ID, Source ID or Email',
			'External ID or Source ID',
			'ID',
		]);
	});
});
