import type { KeyedRow, RowKeys } from '../rows/rowKeys';
import type { Given, Key, Position, Refused } from '../rows/row';
import { breathing } from '../run/eventLoop';
import type { BatchRun } from '../run/context';
import { emailIdentity } from '../values/keys';
import { KnownKinds, type KeyKinds } from './keyKinds';
import { KeyOrder } from './keyOrder';
import { SameRecords, type SameHeld } from './sameRecords';

/** What happens to rows of one run that have the same key. */
export type DuplicateRule = 'sendInOrder' | 'sendLast' | 'fail';

/** Which rows go out, and in which round. */
export interface Order {
	/** Round of each row: two that may be one record, also through a third row, never share one. Counts from 0. */
	layers: Uint16Array;
	refused: Refused[];
	superseded: Array<{ at: Position; by: Position }>;
	/** Keys that several rows have, the first of them, and how many there are. */
	shared: Array<Pick<Key, 'name' | 'value'>>;
	sharedInAll: number;
}

/** A row that comes later in its record than this is not sent. */
const mostRounds = 100;

/** A row is quickly done: the work may be left after so many. */
const rowsAtOnce = 8;

/** So many of the shared keys are kept to be shown. */
const mostShown = 100;

/** The rows of a record that has several: all of them refused, or all but the last one left out. */
function settle(
	order: Order,
	records: Iterable<Position[]>,
	rule: DuplicateRule,
	{ like }: SameRecords,
): Set<Position> {
	const settled = new Set<Position>();
	for (const rows of records) {
		const by = rows.at(-1) ?? 0;
		for (const at of rows.length > 1 ? rows : []) {
			if (rule === 'fail') order.refused.push({ at, why: { code: 'duplicateKey', like: like.get(at) } });
			else if (at !== by) order.superseded.push({ at, by });
			if (rule === 'fail' || at !== by) settled.add(at);
		}
	}
	return settled;
}

/** The rows of each record, in their order. */
function* recordsOf(same: SameRecords): Generator<undefined, Position[][]> {
	const records = new Map<number, Position[]>();
	for (const at of [...same.like.keys()].sort((one, other) => one - other)) {
		const record = same.sure.find(at);
		const rows = records.get(record);
		if (rows === undefined) records.set(record, [at]);
		else rows.push(at);
		yield;
	}
	return [...records.values()];
}

interface RowWithKinds {
	at: Position;
	/** Undefined where the row has no key. */
	kinds: KeyKinds | undefined;
}

/**
 * Puts rows into rounds, those of one record one after the other.
 * @param within keys that count within a company; undefined where all rows of a record are known
 */
function* layerRows(
	order: Order,
	rows: readonly RowWithKinds[],
	same: SameRecords,
	within: ReadonlySet<string> | undefined,
): Generator<undefined, void> {
	const counts = new Uint32Array(order.layers.length);
	const next = new Uint32Array(order.layers.length);
	for (const { at } of rows) counts[same.maybe.find(at)] = (counts[same.maybe.find(at)] ?? 0) + 1;
	const usual = counts.reduce((most, count) => Math.max(most, count), 0);
	const keyOrder = within && new KeyOrder(usual, within);
	counts.fill(0);
	for (const { at, kinds } of rows) {
		const record = same.maybe.find(at);
		const count = counts[record] ?? 0;
		counts[record] = count + 1;
		if (count < mostRounds) {
			const least = next[record] ?? 0;
			const round = keyOrder !== undefined && kinds !== undefined ? keyOrder.place(kinds, least) : least;
			next[record] = round + 1;
			order.layers[at] = round;
		} else order.refused.push({ at, why: { code: 'tooManyRounds', like: same.like.get(at) } });
		if (at % rowsAtOnce === 0) yield;
	}
}

function* orderStepwise(
	rowAt: (at: Position) => KeyedRow | undefined,
	count: number,
	rule: DuplicateRule,
	held: readonly SameHeld[] | undefined,
): Generator<undefined, Order> {
	const same = new SameRecords(count);
	const rows: RowWithKinds[] = [];
	const known = new KnownKinds();
	const within = new Set<string>();
	for (let at = 0; at < count; at += 1) {
		const row = rowAt(at);
		if (row !== undefined) {
			rows.push({
				at,
				kinds: known.of(
					row.keys.map(({ name }) => name),
					row.company !== undefined,
				),
			});
			for (const { name, anywhere } of row.keys) if (anywhere !== undefined) within.add(name);
			same.add(at, row);
		}
		if (at % rowsAtOnce === 0) yield;
	}
	for (const record of held ?? []) same.addHeld(record);
	yield* same.joinCompanies();
	const shared = [...same.shared.values()];
	const order: Order = {
		layers: new Uint16Array(count),
		refused: [],
		superseded: [],
		shared: shared.slice(0, mostShown),
		sharedInAll: shared.length,
	};
	const settled = settle(order, rule === 'sendInOrder' ? [] : yield* recordsOf(same), rule, same);
	const sent = rows.filter(({ at }) => !settled.has(at));
	yield* layerRows(order, sent, same, held === undefined ? within : undefined);
	return order;
}

/**
 * Puts the rows of a run into rounds. What comes of it is what sending row by row would do: of a record, or of what may be
 * one, the first row goes out in the first round, the second in the next. Only rows that are surely one record are left out
 * or refused, where the rule says so. Where the records have not been read, nobody can see what they hold beside the keys of
 * the rows: two rows that share no key and are one record all the same go by the order inside a request (assumption
 * bulk-order); one that may change the key of another goes in no earlier round. Two new rows with one key never share a request (assumption new-key-twice).
 * @param rowAt what tells a row from others; undefined for one that is not sent
 * @param held rows of one record by other keys than their own; undefined where records have not been read
 */
export async function orderRows(
	rowAt: (at: Position) => KeyedRow | undefined,
	count: number,
	rule: DuplicateRule,
	yieldToEventLoop: () => Promise<void> | undefined,
	held?: readonly SameHeld[],
): Promise<Order> {
	return await breathing(orderStepwise(rowAt, count, rule, held), yieldToEventLoop);
}

/** Whether two rows have the same key, wherever it counts. In most runs none do, and there is no more to find out. */
function* sharesKeys(keys: RowKeys, count: number, isRefused: ReadonlySet<Position>): Generator<undefined, boolean> {
	const seen = keys.names.map(() => new Set<string>());
	let isShared = false;
	const look = (name: number, value: string) => {
		const values = seen[name];
		if (values === undefined) return;
		const before = values.size;
		isShared ||= values.add(keys.names[name] === 'email' ? emailIdentity(value) : value).size === before;
	};
	for (let at = 0; at < count; at += 1) {
		if (!isRefused.has(at)) keys.keep(at, isShared ? undefined : look);
		if (at % rowsAtOnce === 0) yield;
	}
	return isShared;
}

/**
 * Puts the rows of a run into rounds.
 * @param given rows; those that are refused already share no key with anybody
 * @param held rows of one record by other keys than their own; undefined where records have not been read
 */
export async function findLayers(
	run: Pick<BatchRun, 'yieldToEventLoop'>,
	{ rows, refused }: Given,
	keys: RowKeys,
	rule: DuplicateRule,
	held?: readonly SameHeld[],
): Promise<Order> {
	const isRefused = new Set(refused.map(({ at }) => at));
	const breathe = () => run.yieldToEventLoop();
	const isShared = await breathing(sharesKeys(keys, rows.length, isRefused), breathe);
	if (!isShared && (held ?? []).length === 0)
		return { layers: new Uint16Array(rows.length), refused: [], superseded: [], shared: [], sharedInAll: 0 };
	const rowAt = (at: Position): KeyedRow | undefined => (isRefused.has(at) ? undefined : keys.read(at));
	return await orderRows(rowAt, rows.length, rule, breathe, held);
}
