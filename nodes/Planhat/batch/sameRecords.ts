import type { Key, Position, Reason } from '../rows/row';
import type { KeyedRow } from '../rows/rowKeys';

/** Rows that belong together, also through a third (union-find). */
class Groups {
	private readonly parents: Int32Array;

	constructor(rows: number) {
		this.parents = new Int32Array(rows);
		for (let row = 0; row < rows; row += 1) this.parents[row] = row;
	}

	find(row: number): number {
		let root = row;
		for (let parent = this.parents[root]; parent !== undefined && parent !== root; parent = this.parents[root])
			root = parent;
		// So that the way is short the next time.
		for (let at = row; at !== root;) {
			const next = this.parents[at] ?? root;
			this.parents[at] = root;
			at = next;
		}
		return root;
	}

	/** @returns whether they were apart */
	join(one: number, other: number): boolean {
		const [first, second] = [this.find(one), this.find(other)];
		if (first !== second) this.parents[Math.max(first, second)] = Math.min(first, second);
		return first !== second;
	}
}

/** Rows with one key that counts within a company. */
interface Within {
	rows: Position[];
	forms: Set<string>;
}

/** So often is looked whether rows that were joined name several companies; then all rows with such a key are joined. */
const mostWaves = 5;

/** Rows that name a record of Planhat's by different keys. */
export interface SameHeld {
	/** The record's `_id`. */
	id: string;
	rows: readonly Position[];
}

/** Finds out which rows of a run are one record, and which may be one. */
export class SameRecords {
	/** Rows that are surely one record, since a key is the same, its company included, and those that may be one. */
	readonly sure: Groups;
	readonly maybe: Groups;

	/** Another row that has the same key, for each row that shares one. */
	readonly like = new Map<Position, NonNullable<Reason['like']>>();

	/** Each key that several rows have, once. */
	readonly shared = new Map<string, Pick<Key, 'name' | 'value'>>();

	/** The last row with a key, by the name of the key and its identity. */
	private readonly last = new Map<string, Map<string, Position>>();

	/** By key without the company. */
	private readonly within = new Map<string, Within>();

	private readonly companies = new Map<Position, string>();

	constructor(rows: number) {
		this.sure = new Groups(rows);
		this.maybe = new Groups(rows);
	}

	add(at: Position, { keys, company }: KeyedRow): void {
		if (company !== undefined) this.companies.set(at, `${company.form} ${company.value}`);
		for (const key of keys) {
			const earlier = this.earlier(at, key);
			if (earlier !== undefined) {
				this.sure.join(earlier, at);
				this.shared.set(`${key.name} ${key.identity}`, { name: key.name, value: key.value });
				this.joinMaybe(earlier, at, key);
			}
			if (key.anywhere === undefined) continue;
			const within = this.within.get(`${key.name} ${key.anywhere}`) ?? { rows: [], forms: new Set() };
			this.within.set(`${key.name} ${key.anywhere}`, within);
			within.rows.push(at);
			within.forms.add(company?.form ?? '');
		}
	}

	/** Takes in that rows are one record, whatever keys they name it by: a row may change the key by which another names it. */
	addHeld({ id, rows: [first, ...others] }: SameHeld): void {
		if (first !== undefined) for (const at of others) this.joinMaybe(first, at, { name: '_id', value: id });
	}

	/** The row before that has the same key. */
	private earlier(at: Position, { name, identity }: Key): Position | undefined {
		let rows = this.last.get(name);
		if (rows === undefined) this.last.set(name, (rows = new Map()));
		const earlier = rows.get(identity);
		rows.set(identity, at);
		return earlier;
	}

	/**
	 * Joins rows whose companies do not tell them apart: named in several forms, or of a record that a row moves from one
	 * company to another.
	 */
	*joinCompanies(): Generator<undefined, void> {
		const several = [...this.within.values()].filter(({ rows }) => rows.length > 1);
		for (const { rows, forms } of several) {
			if (forms.size > 1) this.joinAll(rows);
			yield;
		}
		for (let wave = 0, isMore = several.length > 0; isMore && wave <= mostWaves; wave += 1) {
			isMore = false;
			const moving = yield* this.moving();
			for (const { rows } of several) {
				const isJoined = wave === mostWaves || rows.some((row) => moving.has(this.maybe.find(row)));
				if (isJoined && this.joinAll(rows)) isMore = true;
				yield;
			}
		}
	}

	/** Records, by their first rows, whose rows name several companies. */
	private *moving(): Generator<undefined, Set<Position>> {
		const companies = new Map<Position, string>();
		const moving = new Set<Position>();
		for (const [row, company] of this.companies) {
			const record = this.maybe.find(row);
			const known = companies.get(record);
			if (known === undefined) companies.set(record, company);
			else if (known !== company) moving.add(record);
			yield;
		}
		return moving;
	}

	/** @returns whether any of them were apart */
	private joinAll(rows: readonly Position[]): boolean {
		const [first = 0] = rows;
		return rows.map((row) => this.maybe.join(first, row)).includes(true);
	}

	private joinMaybe(earlier: Position, at: Position, { name, value }: Pick<Key, 'name' | 'value'>): void {
		this.maybe.join(earlier, at);
		if (!this.like.has(earlier)) this.like.set(earlier, { key: { name, value }, row: at });
		if (!this.like.has(at)) this.like.set(at, { key: { name, value }, row: earlier });
	}
}
