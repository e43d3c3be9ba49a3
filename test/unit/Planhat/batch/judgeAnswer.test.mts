import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { isBulkAnswer, matchOutcomes } from '../../../../nodes/Planhat/batch/judgeAnswer.ts';
import type { RowKeys } from '../../../../nodes/Planhat/rows/keys.ts';

const keyNames = ['_id', 'sourceId', 'externalId', 'email'];

function keysOf(row: IDataObject): RowKeys {
	return keyNames.flatMap((name) => (row[name] === undefined ? [] : [[name, String(row[name])] as const]));
}

function match(rows: IDataObject[], answer: IDataObject) {
	const { results, undecided, unmatchedErrors } = matchOutcomes(rows.map(keysOf), answer);
	const outcomes = rows.map((_row, position) => results.get(position)?.outcome ?? 'undecided');
	expect(undecided).toEqual(rows.flatMap((_row, position) => (results.has(position) ? [] : [position])));
	return { results, outcomes, unmatchedErrors };
}

const [a, b, c] = [{ externalId: 'acme-1' }, { externalId: 'acme-2' }, { externalId: 'acme-3' }];

/** The official sample of a timesheet (Planhat's documents, "Bulk upsert"). */
const timesheetAnswer = {
	created: 1,
	createdErrors: [],
	insertsKeys: [{ _id: '67d08140557181002fd170dd' }],
	updated: 1,
	updatedErrors: [],
	updatesKeys: [{ _id: '67aca36fa8ba08053dee2ebf' }],
	nonupdates: 1,
	modified: ['67aca36fa8ba08053dee2ebf'],
	upsertedIds: ['67d08140557181002fd170dd'],
	permissionErrors: [],
	validationErrors: [],
};

/** Answers as others have recorded or guessed them, with the requests that they belong to (Planhat's documents, "Bulk upsert"). */
const samples: Record<string, { rows: IDataObject[]; answer: IDataObject }> = {
	allCreated200: {
		rows: [
			{
				externalId: 'test-002',
				name: 'Test Company 2',
			},
			{
				externalId: 'test-003',
				name: 'Test Company 3',
			},
		],
		answer: {
			created: 2,
			createdErrors: [],
			insertsKeys: [
				{
					_id: '623a1906b4c82d7a1ac76224',
					externalId: 'test-002',
				},
				{
					_id: '623a1906b4c82d7a1ac76225',
					externalId: 'test-003',
				},
			],
			updated: 0,
			updatedErrors: [],
			updatesKeys: [],
			nonupdates: 0,
			modified: [],
			upsertedIds: ['623a1906b4c82d7a1ac76224', '623a1906b4c82d7a1ac76225'],
			permissionErrors: [],
		},
	},
	mixed200: {
		rows: [
			{
				assignedId: '66eb28a6ef8857a5097fbce3',
				assignedModel: 'User',
			},
			{
				_id: '67aca36fa8ba08053dee2ebf',
				status: 'returned',
			},
			{
				_id: '67bf484af303d806b63d9a49',
				status: 'submitted',
			},
		],
		answer: {
			created: 1,
			createdErrors: [],
			insertsKeys: [
				{
					_id: '67d08140557181002fd170dd',
				},
			],
			updated: 1,
			updatedErrors: [],
			updatesKeys: [
				{
					_id: '67aca36fa8ba08053dee2ebf',
				},
			],
			nonupdates: 1,
			modified: ['67aca36fa8ba08053dee2ebf'],
			upsertedIds: ['67d08140557181002fd170dd'],
			permissionErrors: [],
			validationErrors: [],
		},
	},
	partial206: {
		rows: [
			{
				email: 'ok@example.com',
				companyId: '61006bc89a3e0b702ed8ea49',
			},
			{
				externalId: 'u-1',
				email: 'dup@example.com',
			},
		],
		answer: {
			created: 1,
			createdErrors: [],
			insertsKeys: [
				{
					_id: '610aa1f0e03cf31e13ea2020',
				},
			],
			updated: 0,
			updatedErrors: ['externalId,email duplicated'],
			updatesKeys: [],
			nonupdates: 0,
			modified: [],
			upsertedIds: ['610aa1f0e03cf31e13ea2020'],
			permissionErrors: [],
		},
	},
	partial206ObjectErrors: {
		rows: [
			{
				email: 'ok@example.com',
				companyId: '61006bc89a3e0b702ed8ea49',
			},
			{
				firstName: 'NoKey',
			},
		],
		answer: {
			created: 1,
			createdErrors: [
				{
					message: 'email is required',
					item: {
						firstName: 'NoKey',
					},
				},
			],
			insertsKeys: [
				{
					_id: '610aa1f0e03cf31e13ea2021',
				},
			],
			updated: 0,
			updatedErrors: [],
			updatesKeys: [],
			nonupdates: 0,
			modified: [],
			upsertedIds: ['610aa1f0e03cf31e13ea2021'],
			permissionErrors: [],
		},
	},
	allFailed400: {
		rows: [
			{
				externalId: 'x-1',
			},
		],
		answer: {
			created: 0,
			createdErrors: ['name is required'],
			insertsKeys: [],
			updated: 0,
			updatedErrors: [],
			updatesKeys: [],
			nonupdates: 0,
			modified: [],
			upsertedIds: [],
			permissionErrors: [],
		},
	},
	noPermission403: {
		rows: [
			{
				name: 'A',
			},
		],
		answer: {
			created: 0,
			createdErrors: [],
			insertsKeys: [],
			updated: 0,
			updatedErrors: [],
			updatesKeys: [],
			nonupdates: 0,
			modified: [],
			upsertedIds: [],
			permissionErrors: ['Missing permission: Company create'],
		},
	},
};

describe('matchOutcomes on known answers', () => {
	it('leaves undecided in the official sample what its counts do not decide', () => {
		const rows = [
			{ assignedId: '66eb28a6ef8857a5097fbce3' },
			{ _id: '67aca36fa8ba08053dee2ebf' },
			{ _id: '67bf484af303d806b63d9a49' },
		];
		const { outcomes, results, unmatchedErrors } = match(rows, timesheetAnswer);
		expect(outcomes).toEqual(['undecided', 'updated', 'undecided']);
		expect(results.get(1)?._id).toBe('67aca36fa8ba08053dee2ebf');
		expect(unmatchedErrors).toEqual([]);
	});

	it('decides the same sample when each part of it is asked alone', () => {
		expect(match([{}], { created: 1, insertsKeys: [{ _id: 'new' }], nonupdates: 0 }).results.get(0)).toEqual({
			outcome: 'created',
			_id: 'new',
		});
		expect(match([{ _id: 'old' }], { nonupdates: 1, insertsKeys: [] }).outcomes).toEqual(['unchanged']);
	});

	// Samples by others, and guesses from the official page of codes.
	it.each([
		['allCreated200', ['created', 'created'], 0],
		['mixed200', ['undecided', 'updated', 'undecided'], 0],
		['partial206', ['undecided', 'undecided'], 1],
		['partial206ObjectErrors', ['undecided', 'undecided'], 1],
		['allFailed400', ['failed'], 0],
		['noPermission403', ['failed'], 0],
	])('takes the sample %s', (name, outcomes, unmatched) => {
		const sample = samples[name];
		if (sample === undefined) throw new Error(`No sample ${name}`);
		const found = match(sample.rows, sample.answer);
		expect(found.outcomes).toEqual(outcomes);
		expect(found.unmatchedErrors.length).toBe(unmatched);
	});

	it('knows the answer of a bulk request by its keys', () => {
		expect(isBulkAnswer(timesheetAnswer)).toBe(true);
		expect(isBulkAnswer({ permissionErrors: [] })).toBe(true);
		for (const other of ['Too many items', undefined, null, [], { error: 'Not valid' }, 5])
			expect(isBulkAnswer(other)).toBe(false);
	});

	it('does without permissionErrors, as a recording of 2020 has it, and without everything', () => {
		expect(match([a], { created: 0, updated: 1, updatesKeys: [{ _id: 'x', ...a }] }).outcomes).toEqual(['updated']);
		expect(match([a, b], {}).outcomes).toEqual(['undecided', 'undecided']);
		expect(match([], {}).outcomes).toEqual([]);
	});
});

describe('Rows named by keys', () => {
	it.each(keyNames)('are found by %s', (name) => {
		const rows = [{ [name]: 'key-1' }, { [name]: 'key-2' }, { [name]: 'key-3' }];
		const { outcomes, results } = match(rows, {
			created: 1,
			insertsKeys: [{ _id: 'new-2', [name]: 'key-2' }],
			updated: 1,
			updatesKeys: [{ _id: 'new-1', [name]: 'key-1' }],
			createdErrors: [{ message: 'No', [name]: 'key-3' }],
		});
		expect(outcomes).toEqual(['updated', 'created', 'failed']);
		expect(results.get(2)).toEqual({ outcome: 'failed', reason: 'No' });
	});

	it('are found by keys that an answer holds as numbers', () => {
		const rows = [{ externalId: '17' }, { externalId: '18' }];
		const answer = { updatesKeys: [{ _id: 'x', externalId: 18 }], createdErrors: [{ reason: 'No', externalId: 17 }] };
		expect(match(rows, answer).outcomes).toEqual(['failed', 'updated']);
	});

	it('are not found where another key has the same value', () => {
		expect(match([a, b], { updatesKeys: [{ _id: 'x', sourceId: 'acme-1' }], updated: 1 }).outcomes).toEqual([
			'undecided',
			'undecided',
		]);
	});

	it('are undecided where two carry the same key', () => {
		const { outcomes, unmatchedErrors } = match([a, a, b], {
			updated: 1,
			updatesKeys: [{ _id: 'x', ...a }],
			updatedErrors: ['externalId acme-1 is wrong', { ...a, message: 'No' }],
		});
		expect(outcomes).toEqual(['undecided', 'undecided', 'undecided']);
		expect(unmatchedErrors).toEqual(['externalId acme-1 is wrong', 'No']);
	});

	it('keep the good outcome that is told of them, and the error beside it is not dropped', () => {
		const { outcomes, unmatchedErrors } = match([a], {
			updated: 1,
			updatesKeys: [{ _id: 'x', ...a }],
			updatedErrors: ['externalId acme-1: tag is not valid'],
		});
		expect(outcomes).toEqual(['updated']);
		expect(unmatchedErrors).toEqual(['externalId acme-1: tag is not valid']);
	});

	it('collect all reasons', () => {
		const { results } = match([a, b], {
			createdErrors: ['acme-1 has no name'],
			validationErrors: [{ ...a, error: 'No' }],
		});
		expect(results.get(0)).toEqual({ outcome: 'failed', reason: 'acme-1 has no name; No' });
	});
});

describe('Errors', () => {
	it.each([
		['a text with the key as a word', 'Company "acme-2" is not valid.'],
		['a text with the key in brackets', 'not valid (externalId=acme-2)'],
		['an object', { externalId: 'acme-2', message: 'No' }],
		['an object with the row in it', { message: 'No', item: { externalId: 'acme-2', name: 'B' } }],
		['an object with the row deep in it', { error: { text: 'No', data: { row: { externalId: 'acme-2' } } } }],
	])('name a row by %s', (_name, entry) => {
		expect(match([a, b, c], { createdErrors: [entry] }).outcomes).toEqual(['undecided', 'failed', 'undecided']);
	});

	it.each([
		['a key that is part of a longer word', 'acme-22 is not valid'],
		['two rows', 'acme-1 and acme-2 are the same'],
		['no row', 'externalId,email duplicated'],
		['a number', 17],
		['nothing', null],
		['a list', [['acme-9']]],
		['a blank object', {}],
	])('stay unmatched where they name %s', (_name, entry) => {
		const { outcomes, unmatchedErrors } = match([a, b, c], { createdErrors: [entry], nonupdates: 2 });
		expect(outcomes).toEqual(['undecided', 'undecided', 'undecided']);
		expect(unmatchedErrors.length).toBe(1);
	});

	// A wrong guess here does not only accuse the wrong row: the counts then call the row that failed unchanged.
	it.each([
		['1', 'Row at index 1 is not valid'],
		['is', 'name is required'],
		['5', 'csmScore must be at most 5'],
	])('are not drawn to a row whose key is the common word %j', (externalId, words) => {
		const { outcomes } = match([{ externalId }, { externalId: 'acme-2' }], { nonupdates: 1, updatedErrors: [words] });
		expect(outcomes).not.toContain('unchanged');
	});

	it('that name two rows as objects name neither', () => {
		const entry = { message: 'duplicated', duplicateOf: { externalId: 'acme-1' }, item: { externalId: 'acme-2' } };
		const { outcomes } = match([a, b], { nonupdates: 1, createdErrors: [entry] });
		expect(outcomes).toEqual(['undecided', 'undecided']);
	});
});

describe('Counts', () => {
	it.each([
		['all unchanged', { nonupdates: 3 }, 'unchanged'],
		['all created', { created: 3, insertsKeys: [{ _id: '1' }, { _id: '2' }, { _id: '3' }] }, 'created'],
		['all updated', { updated: 3 }, 'updated'],
		['all failed', { createdErrors: ['No', 'No'], permissionErrors: ['Never'] }, 'failed'],
		['numbers as texts', { nonupdates: '3' }, 'unchanged'],
	])('decide when %s', (_name, answer, outcome) => {
		const { outcomes, results, unmatchedErrors } = match([a, b, c], answer);
		expect(outcomes).toEqual([outcome, outcome, outcome]);
		expect(unmatchedErrors).toEqual([]);
		expect([...results.values()].map(({ _id }) => _id)).toEqual([undefined, undefined, undefined]);
		expect(results.get(0)?.reason).toBe(outcome === 'failed' ? 'No; or: Never' : undefined);
	});

	it.each([
		['two kinds', { nonupdates: 2, created: 1 }],
		['too few', { nonupdates: 2 }],
		['too many', { nonupdates: 4 }],
		['an error left over', { nonupdates: 3, updatedErrors: ['No'] }],
		['fewer errors than rows', { createdErrors: ['No', 'No'] }],
		['no numbers', { nonupdates: 'three', created: {}, updated: null }],
		['less than none', { nonupdates: -3 }],
	])('do not decide with %s', (_name, answer) => {
		expect(match([a, b, c], answer as IDataObject).outcomes).toEqual(['undecided', 'undecided', 'undecided']);
	});

	it('decide what the keys leave over', () => {
		const answer = { created: 1, insertsKeys: [{ _id: 'x', ...a }], nonupdates: 2 };
		expect(match([a, b, c], answer).outcomes).toEqual(['created', 'unchanged', 'unchanged']);
	});

	it('decide a single row', () => {
		expect(match([a], { updated: 1, modified: ['x'] }).results.get(0)).toEqual({ outcome: 'updated' });
		expect(match([a], { updated: 1, updatesKeys: [{ _id: 'x' }] }).results.get(0)?._id).toBe('x');
		expect(match([{}], { created: 0, createdErrors: [{ message: 'email is required' }] }).results.get(0)).toEqual({
			outcome: 'failed',
			reason: 'email is required',
		});
	});
});

describe('matchOutcomes on anything', () => {
	const value = fc.constantFrom('k-1', 'k-2', 'k-3', 'k-4', '1', 'is', 5, '', null);
	const row = fc.dictionary(fc.constantFrom(...keyNames), fc.constantFrom('k-1', 'k-2', 'k-3', '1', 'is', '5'), {
		maxKeys: 3,
	});
	const entry = fc.oneof(
		fc.dictionary(
			fc.constantFrom(...keyNames, 'message', 'item'),
			fc.oneof(value, fc.dictionary(fc.constantFrom(...keyNames), value)),
		),
		fc.constantFrom('k-1 is not valid', 'k-2, k-3', 'name is required', '', 'index 1'),
		fc.anything({ maxDepth: 3 }),
	);
	const list = fc.oneof(
		{ weight: 5, arbitrary: fc.array(entry, { maxLength: 5 }) },
		{ weight: 1, arbitrary: fc.anything() },
	);
	const count = fc.oneof(fc.integer({ min: -1, max: 6 }), fc.constantFrom('2', null, 'x', Infinity, NaN));
	const errors = ['createdErrors', 'updatedErrors', 'permissionErrors', 'validationErrors'];
	const lists = ['insertsKeys', 'updatesKeys', 'modified', 'upsertedIds', ...errors];
	const answer = fc.record(
		{
			...Object.fromEntries(lists.map((name) => [name, list])),
			...Object.fromEntries(['created', 'updated', 'nonupdates'].map((name) => [name, count])),
		},
		{ requiredKeys: [] },
	);

	it('decides each row once or not at all, and never throws', () => {
		fc.assert(
			fc.property(fc.array(row, { maxLength: 6 }), answer, (rows, given) => {
				const { results, undecided } = matchOutcomes(rows.map(keysOf), given as IDataObject);
				const all = [...results.keys(), ...undecided].sort((one, other) => one - other);
				expect(all).toEqual(rows.map((_row, position) => position));
				for (const { outcome, reason } of results.values())
					expect(typeof reason).toBe(outcome === 'failed' ? 'string' : 'undefined');
			}),
			{ numRuns: 5_000, seed: 31 },
		);
	});

	it('calls no row good when the answer says nothing good of any', () => {
		fc.assert(
			fc.property(fc.array(row, { maxLength: 6 }), answer, (rows, given) => {
				const bad = Object.fromEntries(Object.entries(given).filter(([name]) => errors.includes(name)));
				const nothing = {
					...bad,
					created: 0,
					updated: 0,
					nonupdates: 0,
					insertsKeys: [],
					updatesKeys: [],
					modified: [],
				};
				for (const said of [bad, nothing]) {
					const { results } = matchOutcomes(rows.map(keysOf), said as IDataObject);
					expect([...results.values()].filter(({ outcome }) => outcome !== 'failed')).toEqual([]);
				}
			}),
			{ numRuns: 3_000, seed: 32 },
		);
	});

	it('drops no error: each is the reason of a row or among those without one', () => {
		const text = fc.constantFrom('k-1 is not valid', 'k-2, k-3', 'no rights', 'k-9 is gone', 'k-3 is late');
		fc.assert(
			fc.property(fc.array(row, { maxLength: 6 }), fc.array(text, { maxLength: 6 }), answer, (rows, words, given) => {
				const said = { ...given, createdErrors: words, updatedErrors: [], permissionErrors: [], validationErrors: [] };
				const { results, unmatchedErrors } = matchOutcomes(rows.map(keysOf), said as IDataObject);
				const told = [...[...results.values()].map(({ reason }) => reason ?? ''), ...unmatchedErrors].join('\n');
				for (const word of words) expect(told).toContain(word);
			}),
			{ numRuns: 2_000, seed: 33 },
		);
	});
});
