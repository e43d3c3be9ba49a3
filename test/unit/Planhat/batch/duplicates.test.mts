import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { orderRows, type DuplicateRule } from '../../../../nodes/Planhat/batch/duplicates.ts';
import type { KeyedRow } from '../../../../nodes/Planhat/rows/rowKeys.ts';
import type { Key } from '../../../../nodes/Planhat/rows/row.ts';
import { worked } from '../../watchEventLoop.mts';

const noBreath = () => undefined;

interface Row {
	sourceId?: string;
	externalId?: string;
	email?: string;
	/** As `_id`, or by its external ID. */
	companyId?: string;
	[field: string]: string | undefined;
}

/** What a model has as keys, in Planhat's order, and which of them count within a company. */
interface Model {
	keys: readonly string[];
	within: readonly string[];
}

const company: Model = { keys: ['sourceId', 'externalId'], within: [] };
const enduser: Model = { keys: ['sourceId', 'externalId', 'email'], within: ['externalId', 'email'] };

/** What tells a row from others, as the keys of rows are read. */
function keyedRow(row: Row, model: Model): KeyedRow {
	const { companyId } = row;
	const named =
		companyId === undefined ? undefined : { form: companyId.startsWith('extid-') ? 'extid' : '_id', value: companyId };
	const keys = model.keys.flatMap((name): Key[] => {
		const value = row[name];
		if (value === undefined) return [];
		const anywhere = name === 'email' ? value.toLowerCase() : value;
		if (!model.within.includes(name)) return [{ name, value, identity: anywhere }];
		return [{ name, value, identity: `${anywhere} ${companyId ?? ''}`, anywhere }];
	});
	return { keys, ...(named && { company: named }) };
}

async function order(rows: Row[], model: Model, rule: DuplicateRule = 'sendInOrder') {
	return await orderRows((at) => keyedRow(rows[at] ?? {}, model), rows.length, rule, noBreath);
}

/** The company that a row names, whatever the form. */
function companyOf({ companyId }: Row): string | undefined {
	return companyId?.replace('extid-', '');
}

/** Applies rows one after the other as Planhat does (its documents, "Bulk upsert"). */
class Planhat {
	readonly records: Row[];

	constructor(
		private readonly model: Model,
		records: readonly Row[],
	) {
		this.records = records.map((record) => ({ ...record }));
	}

	apply(row: Row): void {
		const own = companyOf(row);
		const given: Row = { ...row, ...(own !== undefined && { companyId: own }) };
		for (const [priority, name] of this.model.keys.entries()) {
			const record = this.find(name, row);
			if (record === undefined) continue;
			// A key is changed only by a match on one of higher priority.
			const kept = this.model.keys.slice(0, priority);
			for (const [field, value] of Object.entries(given)) if (!kept.includes(field)) record[field] = value;
			return;
		}
		this.records.push(given);
	}

	/** What they hold, whatever their order. */
	contents(): string[] {
		return this.records.map((record) => JSON.stringify(Object.entries(record).sort())).sort();
	}

	private find(name: string, row: Row): Row | undefined {
		const value = row[name]?.toLowerCase();
		if (value === undefined) return undefined;
		const own = companyOf(row);
		const isWithin = this.model.within.includes(name);
		return this.records.find(
			(record) => record[name]?.toLowerCase() === value && (!isWithin || own === undefined || record.companyId === own),
		);
	}
}

function rowsOf(model: Model) {
	const key = (name: string, most: number) =>
		fc.option(
			fc.integer({ min: 1, max: most }).map((value) => `${name}${value}`),
			{ nil: undefined, freq: 2 },
		);
	const companies = fc.constantFrom(undefined, undefined, 'A', 'B', 'extid-A', 'extid-B');
	const oneForm = fc.constantFrom('A', 'B', 'C');
	return fc
		.tuple(fc.boolean(), fc.nat(5), fc.constantFrom(3, 9))
		.chain(([isOneForm, fields, most]) =>
			fc.array(
				fc.record({
					sourceId: key('s', most),
					externalId: key('e', most),
					email: model.keys.includes('email')
						? fc.option(fc.constantFrom('kim@x', 'Kim@X', 'lee@x', 'mo@x', 'al@x', 'bo@x'), { nil: undefined, freq: 2 })
						: fc.constant(undefined),
					companyId: model.within.length === 0 ? fc.constant(undefined) : isOneForm ? oneForm : companies,
					phase: fc.option(fc.constantFrom('1', '2', '3', '4'), { nil: undefined }),
					[`city${fields}`]: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
				}),
				{ maxLength: 12 },
			),
		)
		.map((rows) =>
			rows.map((row, at): Row => {
				const given = Object.entries(row).filter(([, value]) => value !== undefined);
				return { ...Object.fromEntries(given), [`touched${at % 3}`]: String(at) };
			}),
		);
}

/** Records with one key each: what a record holds beside the keys of the rows cannot be seen from here. */
function recordsOf(model: Model) {
	const record = fc.constantFrom(...model.keys).chain((name) =>
		fc.record({
			[name]: name === 'email' ? fc.constantFrom('kim@x', 'lee@x') : fc.constantFrom(`${name[0]}1`, `${name[0]}2`),
			...(model.within.length > 0 && { companyId: fc.constantFrom('A', 'B') }),
		}),
	);
	const unique = (one: Row) => model.keys.map((name) => `${one[name] ?? ''}`).join() + (one.companyId ?? '');
	return fc.uniqueArray(record as fc.Arbitrary<Row>, { maxLength: 4, selector: unique });
}

describe('Rows that share a key, sent in rounds', () => {
	it.each([
		['companies', company],
		['end users, with emails, and keys within companies', enduser],
	])(
		'leave the same records as row by row: %s',
		async (_name, model) => {
			let reordered = 0;
			await fc.assert(
				fc.asyncProperty(rowsOf(model), recordsOf(model), async (rows, records) => {
					const { layers, refused, superseded } = await order(rows, model);
					expect([refused, superseded]).toEqual([[], []]);
					const [oneByOne, inRounds] = [new Planhat(model, records), new Planhat(model, records)];
					for (const row of rows) oneByOne.apply(row);
					const sent = rows
						.map((_row, at) => at)
						.sort((one, other) => (layers[one] ?? 0) - (layers[other] ?? 0) || one - other);
					for (const at of sent) inRounds.apply(rows[at] ?? {});
					expect(inRounds.contents()).toEqual(oneByOne.contents());
					if (sent.some((at, place) => at !== place)) reordered += 1;
					// In one request, no two rows share a key.
					for (let round = 0; round <= Math.max(0, ...layers); round += 1) {
						const keys = rows.flatMap((row, at) =>
							layers[at] === round ? keyedRow(row, model).keys.map(({ name, identity }) => `${name} ${identity}`) : [],
						);
						expect(new Set(keys).size).toBe(keys.length);
					}
				}),
				{ numRuns: 10_000, seed: 51 },
			);
			expect(reordered).toBeGreaterThan(1_000);
		},
		120_000,
	);

	it('go out in as many rounds as the longest chain has rows, whatever stands between them', async () => {
		const rows = [
			{ externalId: 'A', phase: '1' },
			{ externalId: 'B', phase: '1' },
			{ externalId: 'A', sourceId: 'sA', phase: '2' },
			{ externalId: 'B', phase: '2' },
			{ sourceId: 'sA', phase: '3' },
			{ name: 'without a key' },
		];
		expect([...(await order(rows, company)).layers]).toEqual([0, 0, 1, 1, 2, 0]);
	});

	it('are other records in other companies of the same form, and may be one where the form differs', async () => {
		const email = 'kim@x';
		const layersOf = async (...companies: Array<string | undefined>) => [
			...(
				await order(
					companies.map((companyId) => ({ email, companyId })),
					enduser,
				)
			).layers,
		];
		expect(await layersOf('A', 'B', 'A')).toEqual([0, 0, 1]);
		expect(await layersOf('A', 'extid-A')).toEqual([0, 1]);
		expect(await layersOf('A', 'B', undefined)).toEqual([0, 1, 2]);
	});

	it('stay in order where a row moves its record to another company', async () => {
		const rows = [
			{ sourceId: 's1', email: 'kim@x', companyId: 'A' },
			{ sourceId: 's1', companyId: 'B' },
			{ email: 'kim@x', companyId: 'B' },
		];
		expect([...(await order(rows, enduser)).layers]).toEqual([0, 1, 2]);
	});

	it('take 100 rounds at most: rows beyond them are refused, and say which row is like them', async () => {
		const rows = Array.from({ length: 150 }, (_row, at) => ({ externalId: 'A', phase: String(at) }));
		const { layers, refused } = await order(rows, company);
		expect([...layers.slice(0, 100)]).toEqual(rows.slice(0, 100).map((_row, at) => at));
		expect(refused.map(({ at }) => at)).toEqual(rows.slice(100).map((_row, at) => at + 100));
		expect(refused[0]?.why).toEqual({
			code: 'tooManyRounds',
			like: { key: { name: 'externalId', value: 'A' }, row: 99 },
		});
	});

	it('cost time in proportion, however they are chained', async () => {
		const took: number[] = [];
		for (const count of [50_000, 100_000]) {
			const keys = Array.from({ length: count }, (_row, at): KeyedRow => {
				const key = (name: string, value: number) => ({ name, value: `${value}`, identity: `${value}` });
				return { keys: [key('externalId', Math.floor(at / 2)), key('sourceId', Math.floor((at + 1) / 2))] };
			});
			const start = worked();
			await orderRows((at) => keys[at], count, 'sendInOrder', noBreath);
			took.push(worked() - start);
		}
		const [half = 0, whole = 0] = took;
		expect(whole / half).toBeLessThan(4);
	});
});

describe('Rows that share no key and name one record', () => {
	const rows = [{ externalId: 'a' }, { sourceId: 's' }, { externalId: 'b' }];
	const keys = rows.map((row) => keyedRow(row, company));
	const held = [{ id: 'x', rows: [0, 1] }];

	it.each<DuplicateRule>(['sendInOrder', 'sendLast', 'fail'])(
		'go out in rounds where it is known (%s)',
		async (rule) => {
			const { layers, superseded, refused } = await orderRows((at) => keys[at], 3, rule, noBreath, held);
			expect([...layers]).toEqual([0, 1, 0]);
			expect([superseded, refused]).toEqual([[], []]);
		},
	);

	it('share one where nobody can know', async () => {
		expect([...(await orderRows((at) => keys[at], 3, 'sendInOrder', noBreath)).layers]).toEqual([0, 0, 0]);
	});
});

describe('Rows that share a key, under another rule', () => {
	const rows = [
		{ externalId: 'A', phase: '1' },
		{ externalId: 'B', phase: '1' },
		{ externalId: 'A', sourceId: 'sA', phase: '2' },
		{ sourceId: 'sA', phase: '3' },
	];

	it('give way to the last one of their record', async () => {
		const { superseded, refused, layers, shared, sharedInAll } = await order(rows, company, 'sendLast');
		expect([superseded, refused]).toEqual([
			[
				{ at: 0, by: 3 },
				{ at: 2, by: 3 },
			],
			[],
		]);
		expect([...layers]).toEqual([0, 0, 0, 0]);
		expect([shared, sharedInAll]).toEqual([
			[
				{ name: 'externalId', value: 'A' },
				{ name: 'sourceId', value: 'sA' },
			],
			2,
		]);
	});

	it('are refused, each with a row that is like it', async () => {
		const { superseded, refused } = await order(rows, company, 'fail');
		expect(superseded).toEqual([]);
		expect(refused).toEqual([
			{ at: 0, why: { code: 'duplicateKey', like: { key: { name: 'externalId', value: 'A' }, row: 2 } } },
			{ at: 2, why: { code: 'duplicateKey', like: { key: { name: 'externalId', value: 'A' }, row: 0 } } },
			{ at: 3, why: { code: 'duplicateKey', like: { key: { name: 'sourceId', value: 'sA' }, row: 2 } } },
		]);
	});

	it('are neither left out nor refused where they only may be one record', async () => {
		const people = [{ email: 'kim@x', companyId: 'A' }, { email: 'kim@x', companyId: 'B' }, { email: 'kim@x' }];
		for (const rule of ['sendLast', 'fail'] as const) {
			const { superseded, refused, layers } = await order(people, enduser, rule);
			expect([superseded, refused, [...layers]]).toEqual([[], [], [0, 1, 2]]);
		}
	});

	it('do not count where they are not sent', async () => {
		const found = await orderRows(
			(at) => (at === 3 ? undefined : keyedRow(rows[at] ?? {}, company)),
			4,
			'sendLast',
			noBreath,
		);
		expect(found.superseded).toEqual([{ at: 0, by: 2 }]);
	});
});
